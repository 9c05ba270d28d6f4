"""Whether a LaTeX document can have links: what its class and packages define."""

from __future__ import annotations

from igsn_lint.patterns import lazy

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
