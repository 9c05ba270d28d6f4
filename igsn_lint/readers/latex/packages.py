"""Whether a LaTeX document can have links: what its class and packages define."""

from __future__ import annotations

from igsn_lint import facts
from igsn_lint.patterns import lazy

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
    bare_classes, bare_packages = _bare("class"), _bare("package")
    classes = [names for how, names in loaded if how == "documentclass"]
    if len(classes) != 1 or not classes[0] <= bare_classes or _MAY_LOAD.search(said):
        return True
    return any(how != "documentclass" and not names <= bare_packages for how, names in loaded)


def _bare(what: str) -> frozenset[str]:
    """Return the classes or packages that are known to define no links."""
    return frozenset(name for name, kind in facts.rows("latex-packages") if kind == what)
