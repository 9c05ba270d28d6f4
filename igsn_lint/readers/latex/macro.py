"""A macro of the file, as texts."""

from __future__ import annotations

from typing import NamedTuple

from igsn_lint.patterns import lazy

PARAMETERS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008"
"""Private characters that stand for the parameters of a macro while its body is read."""

PARAMETER = lazy("[\ue000-\ue009]")


class Macro(NamedTuple):
    """A macro of the file that prints or links an ID: what it prints around its parameters, and where it links to.

    ``parameters`` has for each the text that stands for it where it is left out, or None where it can not be.
    ``shown`` and ``target`` are texts in which a private character stands for each parameter.
    """

    parameters: tuple[str | None, ...]
    shown: str
    target: str | None = None


def needed(parameters: tuple[str | None, ...]) -> str | None:
    """Return the private character of the first parameter that can not be left out, or None."""
    return next((c for c, default in zip(PARAMETERS, parameters, strict=False) if default is None), None)
