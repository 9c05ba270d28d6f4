"""The scheme ``igsn`` for Invenio's idutils (entry point ``idutils.custom_schemes``)."""

from __future__ import annotations

from typing import Any

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Igsn, NotAnIgsn, upper


def igsn() -> dict[str, Any]:
    """Return the scheme's configuration as idutils asks for it."""
    return {
        "validator": is_igsn,
        "normalizer": normalize,
        # A sample's DOI is also a DOI, a Handle and often a URL; where it is an IGSN ID, that is the better answer.
        "filter": ["doi", "handle", "url"],
        "url_generator": to_url,
    }


def is_igsn(value: str) -> bool:
    """Return whether ``value`` says by itself that it is an IGSN ID: by its tag, prefix, resolver or landing page.

    A bare code (``AU1101``) and a DOI of unknown prefix do not: idutils would otherwise call every DOI an IGSN ID.
    """
    try:
        parsed = Igsn.parse(value)
    except NotAnIgsn:
        return False
    if parsed.form in {"curie", "tag"} or parsed.prefix == LEGACY_PREFIX:
        return True
    if parsed.prefix is None:
        return parsed.form == "url"
    return parsed.prefix in facts.sample_prefixes()


def normalize(value: str) -> str:
    """Return the ID as ``igsn:PREFIX/SUFFIX`` or ``igsn:SUFFIX`` in upper case; a value that is none stays as it is."""
    try:
        return f"igsn:{Igsn.parse(value).key}"
    except NotAnIgsn:
        return value


def to_url(scheme: str, normalized_pid: str) -> str | None:
    """Return the URL that leads to the sample, or None where ``normalized_pid`` is no IGSN ID."""
    try:
        parsed = Igsn.parse(normalized_pid)
    except NotAnIgsn:
        return None
    return parsed.canonical or f"https://hdl.handle.net/{LEGACY_PREFIX}/{upper(parsed.suffix)}"
