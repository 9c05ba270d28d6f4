"""One very long value with many IDs: finding where each stands takes a time that is linear in its length."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from igsn_lint import lint
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTRY = Registry.load()


def _ids(count: int, between: str, behind: str = "") -> str:
    return between.join(f"IGSN: AU{number:05d}{behind}" for number in range(count))


VALUES: dict[str, tuple[str, Callable[[int], str]]] = {
    "JSON, escapes": ("a.json", lambda n: '{"text": "' + _ids(n, r"\n", r" \u00e9") + '"}'),
    "JSON, escaped slashes": ("a.json", lambda n: '{"text": "' + _ids(n, r"\/", " 10.60516/AU1102 ") + '"}'),
    "JSON Lines": ("a.jsonl", lambda n: '{"text": "' + _ids(n, r"\n", r" \u00e9") + '"}\n{}\n'),
    "notebook": (
        "a.ipynb",
        lambda n: '{"cells": [{"cell_type": "markdown", "source": "' + _ids(n, r"\n") + '"}], "nbformat": 4}',
    ),
    "YAML, quoted": ("a.yaml", lambda n: 'text: "' + _ids(n, r"\n", r" \u00e9") + '"\n'),
    "YAML, block": ("a.yaml", lambda n: "text: |\n  " + _ids(n, "\n  ") + "\n"),
    "YAML, folded": ("a.yaml", lambda n: "text: >\n  " + _ids(n, "\n  ") + "\n"),
    "XML, text": ("a.xml", lambda n: "<a>" + _ids(n, "&#10;", " &amp;") + "</a>"),
    "XML, attribute": ("a.xml", lambda n: '<a b="' + _ids(n, " ", " &amp;") + '"/>'),
    "XML, attributes": ("a.xml", lambda n: "<a " + " ".join(f'x{i}="IGSN: AU{i:05d}"' for i in range(n)) + "/>"),
    "HTML, text": ("a.html", lambda n: "<html><body><p>" + _ids(n, " ", " &amp;") + "</p></body></html>"),
    "HTML, attribute": ("a.html", lambda n: '<html><p title="' + _ids(n, " ", " &amp;") + '">a</p></html>'),
    "CSV, cell": ("a.csv", lambda n: 'a,b\n1,"' + _ids(n, "; ", '""') + '"\n'),
    "BibTeX": ("a.bib", lambda n: "@misc{a,\n note={" + _ids(n, ", ", r"\_") + "}}\n"),
}


@pytest.mark.parametrize("name", VALUES)
def test_places_in_a_long_value_are_found_in_linear_time(name: str) -> None:
    path, made = VALUES[name]

    def seconds(count: int) -> float:
        data = made(count).encode()
        begin = time.thread_time()
        report = lint((path, data), registry=REGISTRY)
        taken = time.thread_time() - begin
        assert report.mentions >= count
        assert report.findings or "attribute" in name
        return taken

    seconds(20)
    # What else runs on the machine only ever adds to a time.
    assert seconds(2_000) < 8 * 3 * min(seconds(250) for _ in range(3)) + 0.1
