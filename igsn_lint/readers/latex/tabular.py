"""A table that is being read: its rows and cells, and which of them are its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.labels import is_igsn_label
from igsn_lint.readers.grid import GridCell
from igsn_lint.readers.mapped import BORDER

if TYPE_CHECKING:
    from collections.abc import Sized

    from igsn_lint.readers.mapped import Flow


class Tabular:
    """An open table: its rows, and the cell that is being read.

    ``stack`` are the groups that are open where it stands, and ``level`` says how many: a mark of a cell or row inside
    a further group is none of this table.
    """

    def __init__(self, stack: Sized, begin: int) -> None:
        self.stack, self.level, self.begin = stack, len(stack), begin
        self.rows: list[list[GridCell]] = [[]]
        self.columns = self.spanned = 1
        self._headed, self._says_igsn = 0, False

    def stands_in(self, stack: Sized) -> bool:
        """Return whether what stands directly in these groups stands directly in the table."""
        return self.stack is stack and self.level == len(stack)

    def end_cell(self, flow: Flow, at: int) -> None:
        """End the cell; ``at`` is where the source is."""
        text = flow.tail(self.begin)
        self.rows[-1].append(GridCell(self.begin, flow.length, text, self.columns, self.spanned))
        self.columns = self.spanned = 1
        flow.put(BORDER, at, at)
        self.begin = flow.length

    def end_row(self, flow: Flow, at: int) -> None:
        """End the cell and the row; one without any text is none."""
        self.end_cell(flow, at)
        if any(cell.text.strip() for cell in self.rows[-1]):
            self.rows.append([])
        else:
            self.rows[-1] = []

    def end_head(self, *, sure: bool) -> None:
        """Make the rows so far the head; a rule ends no head where one that says IGSN stands above it."""
        if sure or not self._says_igsn:
            for i in range(self._headed, len(self.rows)):
                self.rows[i] = [cell._replace(head=True) for cell in self.rows[i]]
                self._says_igsn = self._says_igsn or any(is_igsn_label(cell.text) for cell in self.rows[i])
            # The last row may still be empty.
            self._headed = len(self.rows) - 1

    def make_head(self) -> None:
        """Make all rows so far the head."""
        self.rows = [[cell._replace(head=True) for cell in row] for row in self.rows]
