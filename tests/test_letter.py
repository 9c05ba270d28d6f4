"""The page and the letter for editors and authors, and what other formats ask of them in words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from office_files import docx

from igsn_lint.api import lint
from igsn_lint.registry import Registry
from igsn_lint.reporters import render

REGISTRY = Registry.load()


def page(*files: tuple[str, bytes]) -> str:
    return render("html", lint(files, registry=REGISTRY, profile="cite"), REGISTRY)


def letter(*files: tuple[str, bytes]) -> list[str]:
    """The items of the letter, each in one line."""
    text = unescape(re.search(r"<pre>(.*?)</pre>", page(*files), re.DOTALL)[1])  # type: ignore[index]
    items = re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]
    return [" ".join(item.split()) for item in items]


UNLINKED = ("a.docx", docx("The core https://doi.org/10.58052/IEKWV0005 was split."))


@pytest.mark.parametrize(
    "form", ["text", "github", "gitlab", "junit", "markdown", "csv", "checkstyle", "rdjson", "azure", "html"]
)
def test_what_is_shown_and_not_linked_is_to_be_linked_and_not_to_be_written(form: str) -> None:
    text = render(form, lint([UNLINKED], profile="cite"), REGISTRY)
    plain = unescape(re.sub("<[^<>]{0,20}>|`", "", text)).lower()
    assert re.search("link (it )?to https://doi.org/10.58052/iekwv0005", plain)
    assert "write https" not in plain


def test_findings_of_one_paragraph_stand_in_the_order_of_the_text() -> None:
    text = (
        "See igsn:10.58052/IEKWV0001, http://dx.doi.org/10.58052/IEKWV0002, and https://doi.org/10.58052%2FIEKWV0003."
    )
    report = lint(("a.docx", docx("First.", text)), profile="cite", select=["IL109", "IL201", "IL210"])
    told = [(finding.rule, finding.identifier) for finding in report.findings]
    assert told == [
        ("IL210", "10.58052/IEKWV0001"),
        ("IL201", "10.58052/IEKWV0002"),
        ("IL210", "10.58052/IEKWV0002"),
        ("IL109", "10.58052/IEKWV0003"),
    ]
