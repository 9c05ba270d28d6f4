"""igsn-lint checks IGSN IDs, the persistent identifiers of physical samples, in metadata files and manuscripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from igsn_lint.version import __version__

if TYPE_CHECKING:
    from igsn_lint.api import lint
    from igsn_lint.identifier import Igsn, NotAnIgsn

__all__ = ["Igsn", "NotAnIgsn", "__version__", "lint"]

_HOME = {"lint": "igsn_lint.api", "Igsn": "igsn_lint.identifier", "NotAnIgsn": "igsn_lint.identifier"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: start-up is what a pre-commit user feels."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
