"""Labels of values: what a label names, and what it does not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from igsn_lint.patterns import lazy
from igsn_lint.readers.mapped import BORDER, ITEM, LONGEST_VALUE, Cell

if TYPE_CHECKING:
    from igsn_lint.readers.mapped import Flow

_DIGIT = lazy("[0-9]")
_ITEM_BEGIN = lazy(re.escape(ITEM))


class Labels:
    """Gives labels to the values that they name."""

    def __init__(self) -> None:
        self._deleted: dict[Flow, list[tuple[int, Flow, int]]] = {}

    def deleted(self, before: Flow, begin: int, flow: Flow) -> None:
        """Note that what stood at an offset of one Flow was deleted, and will follow in another one."""
        self._deleted.setdefault(before, []).append((begin, flow, flow.length))

    def name(self, flow: Flow, cell: Cell) -> None:
        """Let a label name a value: each item of a list in it, and what was deleted from it."""
        deleted = self._deleted.get(flow, [])
        first = bisect_left(deleted, cell.start, key=itemgetter(0))
        last = bisect_right(deleted, cell.end, key=itemgetter(0))
        for _, other, start in deleted[first:last]:
            if is_value(other, start) and not other.cells:
                other.cells.append(Cell(start, other.length, cell.label))
        text = flow.tail(cell.start, cell.end - cell.start)
        if last > first and _DIGIT.search(text) is None and text.strip():
            # Words that remain beside what was deleted are a remark on it.
            return
        starts = [cell.start + match.end() for match in _ITEM_BEGIN.finditer(text)]
        if starts and not cell.due:
            ends = [*(start - len(ITEM) for start in starts[1:]), cell.end]
            items = [cell._replace(start=a, end=b) for a, b in zip(starts, ends, strict=True)]
            # An item without a digit is a remark, too.
            flow.cells += [
                item for item in items if _DIGIT.search(text, item.start - cell.start, item.end - cell.start)
            ]
        else:
            flow.cells.append(cell)


def is_value(flow: Flow, start: int) -> bool:
    """Return whether what was read since ``start`` may be the value of a field: short, and without blocks."""
    return 0 < flow.length - start <= LONGEST_VALUE and BORDER not in flow.tail(start)
