"""Fixes: the edits of breaches made in the bytes of a file, round by round until none is left."""

from __future__ import annotations

import os
from difflib import diff_bytes, unified_diff
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.engine import Input, concerns_us, open_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.engine import Engine
    from igsn_lint.model import Change, Document
    from igsn_lint.settle import Judged

_ROUNDS = 10
"""So often edits that overlapped others get another chance; one round is enough for nearly every file."""


class Mended(NamedTuple):
    """What fixing did to one file: its new bytes, how often which rule was fixed, and how often a fix is left.

    ``unsafe`` counts the findings that only ``unsafe`` fixes would mend.
    """

    data: bytes
    fixed: dict[str, int]
    unsafe: int


def mend(item: Input, engine: Engine, *, unsafe: bool) -> Mended | None:
    """Return what the fixes make of a file, or None where it is not read or does not concern us.

    Raises OSError where the file can not be read.
    """
    data = item.open()
    fixed: dict[str, int] = {}
    for _ in range(_ROUNDS):
        document = _open(item, data, engine)
        if document is None:
            return None
        chosen = list(_chosen(document, engine.judge(document), unsafe=unsafe))
        new = document.rewrite([change for _, changes in chosen for change in changes]) if chosen else data
        if new == data or not _readable(item, new, engine):
            break
        data = new
        for code, _ in chosen:
            fixed[code] = fixed.get(code, 0) + 1
    document = _open(item, data, engine)
    left = 0 if document is None or unsafe else sum(_is_unsafe(judged) for judged in engine.judge(document))
    return Mended(data, fixed, left)


def _open(item: Input, data: bytes, engine: Engine) -> Document | None:
    document = open_document(Input(item.name, lambda: data, item.named, item.form), engine.settings)
    return document if document is not None and concerns_us(item, document) else None


def _readable(item: Input, data: bytes, engine: Engine) -> bool:
    """Return whether a mended file can still be read: no fix is worth a broken file."""
    document = _open(item, data, engine)
    if document is None:
        return False
    for _ in document.parts():
        pass
    return not any(fault.kind in {"malformed-document", "unreadable-file"} for fault in document.faults)


def _is_unsafe(judged: Judged) -> bool:
    edits = judged.breach.edits
    return bool(edits) and not all(edit.safe for edit in edits)


def _chosen(document: Document, judged: Iterable[Judged], *, unsafe: bool) -> Iterator[tuple[str, list[Change]]]:
    """Yield the changes of one round with the rule that each breach breaks: whole breaches that do not overlap."""
    wanted: list[tuple[str, list[Change]]] = []
    for one in judged:
        edits = one.breach.edits
        if not edits or one.breach.path is not None or (_is_unsafe(one) and not unsafe):
            continue
        changes = [change for edit in edits if (change := document.change(edit)) is not None]
        if len(changes) == len(edits):
            wanted.append((one.rule.code, changes))
    wanted.sort(key=lambda pair: min(pair[1]))
    taken: dict[str, int] = {}
    for code, changes in wanted:
        ordered = sorted(changes)
        # Two insertions at one place would have no order: the second waits.
        if any(change.start <= taken.get(change.part, -1) for change in ordered):
            continue
        if any(a.part == b.part and a.end > b.start for a, b in pairwise(ordered)):
            continue
        for change in ordered:
            taken[change.part] = max(taken.get(change.part, -1), change.end)
        yield code, changes


def patch(name: str, old: bytes, new: bytes) -> bytes:
    """Return the unified diff between two states of a file, byte for byte, as ``patch -p1`` takes it."""
    # Only line feeds part lines in a patch.
    before, after = _lines(old), _lines(new)
    encoded = os.fsencode(name)
    lines = diff_bytes(unified_diff, before, after, b"a/" + encoded, b"b/" + encoded, lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
