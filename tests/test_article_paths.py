"""The path of a place in JATS, TEI and DocBook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from igsn_lint.api import lint
from igsn_lint.finder import find
from igsn_lint.model import Settings
from igsn_lint.readers import read
from igsn_lint.source import Source

if TYPE_CHECKING:
    from pathlib import Path

LINK = "http://www.w3.org/1999/xlink"
JATS = f"""<?xml version="1.0" encoding="{{encoding}}"?>
<!DOCTYPE article [<!-- <p> -->]>
<!-- Größe --><article xmlns:xlink="{LINK}"><front><article-meta/></front>
<body><p>Ö</p><p>one <italic>two</italic> IGSN: 10.58052/IE001<break/> and
<italic>IGSN: 10.58052/<bold>IE002</bold></italic> or <ext-link xlink:href="http://dx.doi.org/10.58052/IE003">it</ext-link>
</p><table><tr><th>IGSN</th></tr><tr><td>10.58052/IE004</td></tr></table><!-- igsn:10.58052/IE005 --></body></article>
"""
PATHS = {
    "IE001": "/article/body/p[2]",
    "IE002": "/article/body/p[2]/italic[2]",
    "IE003": "/article/body/p[2]/ext-link/@href",
    "IE004": "/article/body/table/tr[2]/td",
    "IE005": "/article/body",
}


def paths(name: str, data: bytes) -> dict[str, str]:
    document = read(Source(name, data), "xml", Settings())
    return {m.suffix: document.pointer(m.place()) for part in document.parts() for m in find(part, Settings())}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_paths_name_the_element_or_attribute(encoding: str) -> None:
    text = JATS.format(encoding=encoding.removesuffix("-sig"))
    assert paths("a.jats", text.encode(encoding)) == PATHS


def test_finding_has_the_path() -> None:
    found = lint(("a.jats", JATS.format(encoding="utf-8").encode()), select=["IL208"]).findings
    assert [finding.pointer for finding in found] == [PATHS["IE001"], PATHS["IE002"]]


def test_element_of_each_path_holds_the_id(corpora: Path) -> None:
    count = 0
    for path in sorted((corpora / "manuscripts" / "derived").glob("*.xml")):
        tree = etree.parse(str(path))
        for suffix, pointer in paths(path.name, path.read_bytes()).items():
            steps = re.sub(r"/(@?)([^/\[@]+)", r"/\1*[local-name()='\2']", pointer.partition("/@")[0])
            steps = re.sub(r"\*\[local-name\(\)='([^']+)'\]\[(\d+)\]", r"*[local-name()='\1'][\2]", steps)
            (element,) = tree.xpath(steps)
            assert suffix in "".join(element.itertext()) + "".join(element.attrib.values()), pointer
            count += 1
    assert count > 20
