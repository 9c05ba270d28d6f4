"""LaTeX: the text as it is printed, without its markup, with exact offsets.

What stands in the way of an ID is resolved: escapes, break points, groups, comments at line ends, and macros of the
file itself that print or link an ID. Nothing is executed, and no other file is read.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from igsn_lint.readers.latex.scanner import Scanner
from igsn_lint.readers.mapped import Flow, FlowDocument
from igsn_lint.readers.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from igsn_lint.model import Change, Edit, Place, Settings
    from igsn_lint.source import Source

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\^{}", **{c: f"\\{c}" for c in "_%&#${}"}}


def flows_of(source: str, start: int, end: int) -> list[Flow]:
    """Return a span of LaTeX that stands in another format as Flows."""
    scanner = Scanner(source)
    scanner.scan(start, end)
    return scanner.flows


class LatexDocument(FlowDocument):
    """A LaTeX text; origins are those of Flows."""

    format = "latex"

    def __init__(self, source: Source) -> None:
        super().__init__(source, self._flows)
        self._held, self._calls = Spans(()), Spans(())

    def _flows(self, text: str) -> Sequence[Flow]:
        scanner = Scanner(text)
        scanner.scan(0, len(text))
        self._held, self._calls = Spans(scanner.held), Spans(scanner.calls)
        return scanner.flows

    @cached_property
    def _may_link(self) -> bool:
        from igsn_lint.readers.latex.packages import may_link

        return may_link(self.source.text)

    def write(self, value: str, place: Place) -> str:
        """Return ``value`` with the escapes of LaTeX; in a URL only % and # need one."""
        if isinstance(place.origin, tuple):
            flow, start, _ = place.origin
            at = start + (place.start or 0)
            if any(a <= at < b for a, b in flow.raw):
                return value
        return "".join(_SPECIAL.get(c, c) for c in value)

    def change(self, edit: Edit) -> Change | None:
        """Return what an edit does; None where it would add to what is held, or overwrite the call of a macro."""
        change = super().change(edit)
        if change is None:
            return None
        adds = edit.target is not None or change.start == change.end
        kept = self._held if adds else self._calls
        return None if kept.touch(change.start, change.end) else change

    def link(self, shown: str, target: str) -> str | None:
        """Return ``shown`` (as it stands in the source) as a link to ``target``, or None where no macro makes one."""
        if not self._may_link:
            return None
        return "\\href{" + re.sub(r"[%#]", r"\\\g<0>", target) + "}{" + shown + "}"


def read(source: Source, form: str, settings: Settings) -> LatexDocument:
    """Return the Source as LaTeX."""
    return LatexDocument(source)
