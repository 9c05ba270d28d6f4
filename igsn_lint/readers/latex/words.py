"""What the tables of ``facts`` say about macros and environments of LaTeX; the head of each one explains its words."""

from __future__ import annotations

from igsn_lint import facts
from igsn_lint.patterns import lazy


def _named(table: str) -> dict[str, dict[str, str]]:
    """Return by the second column of a table its first one, with the third."""
    found: dict[str, dict[str, str]] = {}
    for name, what, arguments in facts.rows(table):
        found.setdefault(what, {})[name] = arguments
    return found


def _printed(what: str) -> dict[str, str]:
    return {_sign(macro): _sign(cell) for macro, cell, kind, _ in facts.rows("latex-symbols") if kind == what}


def _sign(cell: str) -> str:
    return facts.character(cell) if cell.startswith("U+") else cell


_MACROS, _ENVIRONMENTS = _named("latex-macros"), _named("latex-environments")

SYMBOLS, ACCENTS = _printed("symbol"), _printed("accent")
NOTHING = frozenset(_MACROS["nothing"])
KEYS = {macro: int(arguments) for macro, arguments in _MACROS["keys"].items()}
NOTES = frozenset(_MACROS["note"])
ITEMS = frozenset(_MACROS["item"])
RUN_IN = frozenset(_MACROS["run-in"])
BLOCKS = frozenset(_MACROS["block"]) | RUN_IN
RUNNING = frozenset(_MACROS["running"]) | BLOCKS | NOTES | ITEMS
DEFINING = frozenset(_MACROS["defining"])
RULES = frozenset(_MACROS["rule"])
HEAD_ENDS = frozenset(_MACROS["head-end"]) | RULES
LINE_ENDS = {"\\", "tabularnewline", "cr"}
CITING = lazy(r"[A-Za-z]*[Cc]ite[A-Za-z]*\*?")

VERBATIM = frozenset(_ENVIRONMENTS["verbatim"])
RAW = frozenset(_ENVIRONMENTS["raw"])
TABLES = {name: int(arguments) for name, arguments in _ENVIRONMENTS["table"].items()}
FLOATS = frozenset(_ENVIRONMENTS["float"])
FORMULAS = frozenset(_ENVIRONMENTS["formula"])
PICTURES = frozenset(_ENVIRONMENTS["picture"])
