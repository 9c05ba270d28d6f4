"""Patterns for paths: the same verdict as the library gives, without it where no path can match."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from igsn_lint.pathpatterns import PathPatterns, compiled, is_pattern

PATHS = st.lists(st.text(st.sampled_from("ab.é-"), min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)
LINES = st.text(st.sampled_from("ab.é-/*?![]\\# "), max_size=8)


@given(st.lists(LINES, max_size=3), PATHS)
@example(["a/**/b"], "a/b")
@example(["a*", "!ab"], "ab")
@example(["**"], "a")
@example(["a/"], "a/b")
@example(["[]-#]"], "a")
@example(["/b"], "a/b")
def test_the_verdict_is_that_of_the_library(lines: list[str], path: str) -> None:
    try:
        expected = compiled(lines).match_file(path)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            PathPatterns(lines)
    else:
        assert PathPatterns(lines).match(path) == expected


@given(LINES)
def test_what_is_a_pattern_the_library_takes(line: str) -> None:
    try:
        compiled([line])
    except ValueError:
        assert not is_pattern(line)
    else:
        assert is_pattern(line)


def test_the_library_is_not_imported_for_other_files() -> None:
    code = """
import sys
from igsn_lint.pathpatterns import PathPatterns, is_pattern
assert is_pattern("labels/*.csv")
assert not PathPatterns(["labels/*.csv", "drafts/"]).match("records/a.xml")
assert "pathspec" not in sys.modules
assert PathPatterns(["labels/*.csv"]).match("labels/a.csv")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
