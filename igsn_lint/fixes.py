"""Fixes: the edits of breaches made in the bytes of a file, round by round until none is left."""

from __future__ import annotations

from collections import Counter
from difflib import diff_bytes, unified_diff
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint.engine import Input, concerns_us, open_document
from igsn_lint.patterns import lazy
from igsn_lint.source import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.engine import Engine
    from igsn_lint.model import Change, Document, Edit
    from igsn_lint.settle import Judged

_ROUNDS = 10
"""So often edits that overlapped others get another chance; one round is enough for nearly every file."""


class Told(NamedTuple):
    """One edit in a package, for people: the part, the place in it, and its text before and after."""

    part: str
    pointer: str
    before: str
    after: str


class Mended(NamedTuple):
    """What fixing did to one file: its new bytes, how often which rule was fixed, and how often a fix is left.

    ``unsafe`` counts the findings that only ``unsafe`` fixes would mend; ``told`` are the edits of a file without
    lines, of which no patch can be shown; ``unread`` says what was not read of it.
    """

    data: bytes
    fixed: dict[str, int]
    unsafe: int
    told: list[Told]
    unread: list[str]


def mend(item: Input, engine: Engine, *, unsafe: bool) -> Mended | None:
    """Return what the fixes make of a file, or None where it is not read or does not concern us.

    Raises OSError where the file can not be read.
    """
    data = item.open()
    fixed: dict[str, int] = {}
    told: list[Told] = []
    unread: list[str] = []
    for _ in range(_ROUNDS):
        document = _open(item, data, engine)
        if document is None:
            return None
        unread = unread or [*document.notices, *(f.message for f in document.faults if not document.source.data)]
        chosen = list(_chosen(document, engine.judge(document), unsafe=unsafe))
        # What shows in several places is written once.
        made = list(dict.fromkeys(change for _, changes in chosen for change in changes))
        new = document.rewrite(made) if made else data
        if new == data or not _readable(item, new, engine):
            break
        data = new
        for one, changes in chosen:
            fixed[one.rule.code] = fixed.get(one.rule.code, 0) + 1
            if not document.has_lines:
                told += map(partial(_told, document), one.breach.edits, changes)
    document = _open(item, data, engine)
    left = 0 if document is None or unsafe else sum(_is_unsafe(judged) for judged in engine.judge(document))
    return Mended(data, fixed, left, told, unread)


def _open(item: Input, data: bytes, engine: Engine) -> Document | None:
    document = open_document(Input(item.name, lambda: data, item.named, item.form), engine.settings)
    if document is None or not concerns_us(item, document, engine.settings):
        return None
    # A document in pieces has no offsets in the whole file.
    return document if next(iter(document.pieces()), None) is document else None


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


def _chosen(document: Document, judged: Iterable[Judged], *, unsafe: bool) -> Iterator[tuple[Judged, list[Change]]]:
    """Yield the changes of one round with the breach that each mends: whole breaches that do not overlap."""
    wanted: list[tuple[Judged, list[Change]]] = []
    for one in judged:
        edits = one.breach.edits
        if not edits or one.breach.path is not None or (_is_unsafe(one) and not unsafe):
            continue
        changes = [change for edit in edits if (change := document.change(edit)) is not None]
        if len(changes) == len(edits):
            wanted.append((one, changes))
    wanted.sort(key=lambda pair: min(pair[1]))
    asked = Counter((one.rule.code, change) for one, changes in wanted for change in changes if change.uses > 1)
    made: set[Change] = set()
    taken: dict[str, int] = {}
    for one, changes in wanted:
        ordered = sorted(changes)
        if any(change.uses > 1 and asked[one.rule.code, change] != change.uses for change in ordered):
            continue
        if made.issuperset(ordered):
            yield one, changes
            continue
        # Two insertions at one place would have no order: the second waits.
        if any(change.start <= taken.get(change.part, -1) for change in ordered):
            continue
        if any(a.part == b.part and a.end > b.start for a, b in pairwise(ordered)):
            continue
        for change in ordered:
            taken[change.part] = max(taken.get(change.part, -1), change.end)
        made.update(change for change in ordered if change.uses > 1)
        yield one, changes


def _told(document: Document, edit: Edit, change: Change) -> Told:
    """Return what an edit does to the text around it."""
    place = edit.place
    text = document.shown(place._replace(start=None, end=None))
    start, end = place.start or 0, len(text) if place.end is None else place.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    new = f"{before}{edit.text or ''}{after}"
    return Told(change.part, document.pointer(place), f"{before}{text[start:end]}{after}", new)


_AROUND = 40


def account(name: str, told: Iterable[Told]) -> str:
    """Return the edits in a package as lines to read; in a patch they are comments, which ``patch`` passes over."""
    return "".join(
        f"# {visible(name)}, {visible(one.part)}, {visible(one.pointer)}\n"
        f"#   before: {visible(one.before)}\n#   after:  {visible(one.after)}\n"
        for one in told
    )


def patch(name: str, old: bytes, new: bytes) -> bytes:
    """Return the unified diff between two states of a file, byte for byte, as ``patch -p1`` takes it."""
    # Only line feeds part lines in a patch.
    before, after = _lines(old), _lines(new)
    lines = diff_bytes(unified_diff, before, after, _head(f"a/{name}"), _head(f"b/{name}"), lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


_TO_ESCAPE = lazy(r'[\x00-\x1f\x7f"\\]')


def _head(name: str) -> bytes:
    """Return a name as it stands in the head of a patch: in the way of git, a tab ends one with blanks."""
    escaped = _TO_ESCAPE.sub(lambda match: f"\\{ord(match[0]):03o}", name)
    if escaped != name:
        return f'"{escaped}"'.encode()
    return f"{name}\t".encode() if " " in name else name.encode()


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
