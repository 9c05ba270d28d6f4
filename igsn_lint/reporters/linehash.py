"""The fingerprint of a line that GitHub's code scanning computes: a rolling hash of the hundred characters from it on.

The algorithm is that of github/codeql-action (``fingerprints``): blanks and tabs do not count, every line end is a line
feed, characters are UTF-16 units, and equal hashes of one file are numbered.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCK = 100
_BASE = 37
_MASK = 2**64 - 1
_LEAVING = pow(_BASE, _BLOCK, 2**64)
_END = 65535
_LF = 10


def line_hashes(text: str, lines: Iterable[int]) -> dict[int, str]:
    """Return the fingerprints of some lines (1-based) of a text; lines that it does not have are left out."""
    wanted = set(lines)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    units = array("H", plain.encode("utf-16-le", "surrogatepass"))
    units.append(_END)
    units.extend([0] * _BLOCK)
    window = [0] * _BLOCK
    starts: dict[int, int] = {}
    seen: dict[int, int] = {}
    found: dict[int, str] = {}
    value = number = at = 0
    line_start = True
    last = len(units) - _BLOCK
    for i, unit in enumerate(units):
        # What entered the window a block ago leaves it: the hash is that of the line that began there.
        if (begun := starts.pop(at, None)) is not None:
            seen[value] = seen.get(value, 0) + 1
            if begun in wanted:
                found[begun] = f"{value:x}:{seen[value]}"
        if i < last:
            if line_start:
                line_start = False
                number += 1
                starts[at] = number
            line_start = unit == _LF
        value = (_BASE * value + unit - _LEAVING * window[at]) & _MASK
        window[at] = unit
        at = (at + 1) % _BLOCK
    return found
