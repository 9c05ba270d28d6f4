"""Where the data folders ``rules/`` and ``schemas/`` are: inside the wheel, or beside the package in a checkout.

Plain paths and not ``importlib.resources``: its import costs more than a whole run on one clean file.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def folder(name: str) -> str:
    """Return the path of the data folder ``name``.

    Raises FileNotFoundError where the installation is incomplete.
    """
    for base in (os.path.join(_PACKAGE, "_data"), os.path.dirname(_PACKAGE)):
        path = os.path.join(base, name)
        if os.path.isdir(path):
            return path
    raise FileNotFoundError(f"igsn-lint is not installed completely: the folder {name!r} is missing")
