"""Where in a LaTeX text an edit can be made."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spans:
    """Spans of the source, asked for those that an edit touches; ends belong to them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Return whether a change from ``start`` to ``end`` reaches into a span; at its beginning it does not yet."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and start <= self._ends[last]


_BARE_CLASSES = {"article", "report", "book", "letter", "proc", "slides", "minimal", "scrartcl", "scrreprt", "scrbook",
                 "scrlttr2", "amsart", "amsbook", "amsproc", "extarticle", "extreport", "extbook"}  # fmt: skip
_BARE_PACKAGES = {
    "inputenc", "fontenc", "babel", "amsmath", "amssymb", "amsfonts", "amsthm", "graphicx", "graphics", "xcolor",
    "color", "geometry", "booktabs", "longtable", "array", "tabularx", "multirow", "natbib", "cite", "siunitx",
    "lmodern", "times", "mathptmx", "microtype", "setspace", "lineno", "caption", "subcaption", "float", "textcomp",
    "parskip", "fancyhdr", "enumitem", "csquotes", "rotating", "lscape", "pdflscape", "threeparttable", "makecell",
    "ulem", "soul", "placeins", "authblk", "helvet", "indentfirst", "wrapfig", "fullpage", "ragged2e", "xspace",
}  # fmt: skip
_LOADED = lazy(r"\\(documentclass|usepackage|RequirePackage)\s*(?:\[[^\]]{0,2000}\])?\s*\{([^{}]{0,2000})\}")
_MAY_LOAD = lazy(r"\\(?:input|include|import|subimport|subfile|InputIfFileExists|href|hyper[A-Za-z]+)(?![A-Za-z])")
_REMARK = lazy(r"(?<!\\)%[^\n]*")


def may_link(text: str) -> bool:
    r"""Return False where it is sure that \href means nothing: a whole document whose class and packages lack it."""
    begin = text.find("\\begin{document}")
    if begin < 0:
        return True
    said = _REMARK.sub("", text)
    loaded = [(match[1], {name.strip() for name in match[2].split(",")}) for match in _LOADED.finditer(said)]
    classes = [names for how, names in loaded if how == "documentclass"]
    if len(classes) != 1 or not classes[0] <= _BARE_CLASSES or _MAY_LOAD.search(said):
        return True
    return any(how != "documentclass" and not names <= _BARE_PACKAGES for how, names in loaded)
