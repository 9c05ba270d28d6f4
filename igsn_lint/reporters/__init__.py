"""Reporters: each turns a Report into one output format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from igsn_lint.model import Report
    from igsn_lint.registry import Registry

FORMATS = (
    "text",
    "concise",
    "json",
    "sarif",
    "html",
    "github",
    "gitlab",
    "junit",
    "markdown",
    "csv",
    "jsonl",
    "checkstyle",
    "rdjson",
    "azure",
)
"""The output formats, each a module of this package with a function ``render``."""


INVENTORIES = frozenset({"html"})
"""The formats that show every IGSN ID, not only findings."""


_LIMITED = frozenset({"sarif"})
"""The formats whose readers take only so much."""


def _nobody(remark: str) -> None:
    """Tell it to nobody."""


def render(
    form: str,
    report: Report,
    registry: Registry,
    *,
    show: frozenset[str] = frozenset(),
    quiet: bool = False,
    tell: Callable[[str], None] = _nobody,
) -> str:
    """Return the report in one of ``FORMATS``.

    ``show`` names severities that text lists one by one although it usually only counts them; ``quiet`` leaves out
    everything but errors. Formats for programs always hold everything that those take; ``tell`` gets a sentence where
    it is not everything.
    """
    module = import_module(f"igsn_lint.reporters.{form}")
    more = {"tell": tell} if form in _LIMITED else {}
    text: str = module.render(report, registry, show=show, quiet=quiet, **more)
    return text
