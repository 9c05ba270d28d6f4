"""Reports of igsn-lint that lie among the files of a later run: they quote what others are about."""

from __future__ import annotations

from igsn_lint.patterns import lazy

_NAMED = r'\{\s*"name": "igsn-lint"'
_BEGINNINGS = (
    rf'\{{\s*"format_version": "\d+",\s*"tool": {_NAMED}',
    rf'\{{\s*"\$schema": "[^"]*",\s*"version": "[^"]*",\s*"runs": \[\s*\{{\s*"tool": \{{\s*"driver": {_NAMED}',
    rf'\{{\s*"source": {_NAMED}',
    r'\{"rule": "IL\d{3}", "name": ',
    r'\[\s*\{\s*"type": "issue",\s*"check_name": "IL\d{3} ',
    r"path,line,column,pointer,severity,rule,name,message,",
    r"## igsn-lint\s+\*\*\d",
    r'<\?xml[^>]*>\s*<testsuites name="igsn-lint"',
    r'<\?xml[^>]*>\s*<checkstyle[^>]*>\s*<file[^>]*>\s*<error [^>]{0,4000} source="igsn-lint\.',
    r'<!DOCTYPE html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8">\s*<meta name="generator" content="igsn-lint ',
)
"""How the reports begin, those of plain lines apart, which are not known by any word."""

_WITHOUT_NAME = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle',
    b"path,line,",
    b'{"rule": "IL',
    b'[\n {\n  "type": "issue"',
)
_BEGINS = lazy("|".join(_BEGINNINGS).encode())


def is_own_report(data: bytes) -> bool:
    """Return whether a file is a report of igsn-lint."""
    # Few begin so; the pattern would ask each file in ten ways.
    return (data.find(b"igsn-lint", 0, 300) >= 0 or data.startswith(_WITHOUT_NAME)) and _BEGINS.match(data) is not None
