"""IDs that the user names as known: files with one ID a line, or what ``igsn-lint list`` wrote; read when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from igsn_lint.identifier import Igsn, NotAnIgsn
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CSV_HEAD = ["id", "url", "times", "first"]
_DELIMITERS = ",;\t"
"""What may stand between the cells of a row: as ``igsn-lint list`` writes it, or as a spreadsheet writes it anew."""
_NOT_THERE = {"deleted", "placeholder"}
_TEXT_ROW = lazy(
    r".*?:(?:[0-9]+:[0-9]+|\[[^\]]*\]) (?P<text>.+)"
    r" \[(?P<form>url|curie|tag|doi|handle|bare), [a-z]+, [a-z]+\](?: \((?P<state>[a-z]+)\))?"
)
"""A line of what ``igsn-lint list`` prints as text: where, the ID, and in brackets what it is."""

_LONGEST_ROW = 2000
_LONGEST_ELSEWHERE = 1 << 26


class KnownIds:
    """The IDs of some files. Two are equal where they name the same files."""

    def __init__(self, paths: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of the name to show and the path to open; nothing is read yet."""
        self._paths = tuple(paths)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnownIds) and self._paths == other._paths

    def __hash__(self) -> int:
        return hash(self._paths)

    def __bool__(self) -> bool:
        return bool(self._paths)

    @cached_property
    def by_file(self) -> dict[str, frozenset[str]]:
        """The keys of the IDs in each file, by the file's name; what can not be read holds none, see ``left_out``."""
        return {name: frozenset(key for key in keys if key is not None) for name, (keys, _) in self._read.items()}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all IDs: PREFIX/SUFFIX or the bare suffix, in ASCII upper case."""
        return frozenset().union(*self.by_file.values())

    @property
    def left_out(self) -> dict[str, str]:
        """Why something of a file is not known, by the names of the files where that is so."""
        reasons = {}
        for name, (keys, error) in self._read.items():
            refused = keys.count(None)
            if error:
                reasons[name] = f"the known IDs can not be read: {error}"
            elif refused:
                are = "is" if refused == 1 else "are"
                reasons[name] = f"{refused} of {len(keys)} entries {are} no IGSN ID and not known"
        return reasons

    @cached_property
    def _read(self) -> dict[str, tuple[list[str | None], str]]:
        found: dict[str, tuple[list[str | None], str]] = {}
        for name, path in self._paths:
            try:
                with open(path, "rb") as file:
                    text = file.read().decode("utf-8-sig", "replace")
            except OSError as error:
                found[name] = [], error.strerror or str(error)
                continue
            found[name] = [_key(entry) for entry in _entries(text)], ""
        return found


class Elsewhere:
    """The files beside those of a run, where an ID may stand that the run does not have; read when asked for."""

    def __init__(self, paths: Callable[[], Iterable[str]] = tuple) -> None:
        """Take what lists the files."""
        self._paths = paths

    def of(self, keys: Iterable[str]) -> set[str]:
        """Return the keys of IDs whose suffix stands in one of the files, in upper or lower case."""
        wanted = {key: key.rpartition("/")[2].lower().encode() for key in keys}
        found: set[str] = set()
        for path in self._paths() if wanted else ():
            try:
                with open(path, "rb") as file:
                    content = file.read(_LONGEST_ELSEWHERE).lower()
            except OSError:
                continue
            found.update(key for key, suffix in wanted.items() if key not in found and suffix in content)
        return found


def _key(text: str) -> str | None:
    try:
        return Igsn.parse(text).key
    except NotAnIgsn:
        return None


def _entries(text: str) -> Iterator[str]:
    """Yield what stands for an ID: a line that is no comment, or a row of a list."""
    head = text.lstrip()
    first = head.partition("\n")[0].rstrip()
    if head.startswith("["):
        yield from _listed(_decoded(head))
    elif head.startswith("{"):
        for line in text.splitlines():
            yield from _listed([_decoded(line)] if line.strip() else [])
    elif (delimiter := _delimiter(first)) is not None:
        import csv

        ids = (row[0] for row in csv.reader(head.splitlines()[1:], delimiter=delimiter) if row)
        yield from (one if "/" in one else f"igsn:{one}" for one in ids)
    elif "suffix" in first.split(","):
        import csv

        yield from _listed(csv.DictReader(head.splitlines()))
    else:
        for line in text.splitlines():
            row = _TEXT_ROW.fullmatch(line) if len(line) <= _LONGEST_ROW else None
            if row is not None:
                if row["state"] not in _NOT_THERE:
                    yield f"igsn:{row['text']}" if row["form"] == "bare" else row["text"]
            elif line.strip() and not line.lstrip().startswith("#"):
                # A row of a table is no ID, although the parts of a DOI may have commas and semicolons.
                yield "" if {",", ";"} & set(line) else line


def _delimiter(head: str) -> str | None:
    """Return what parts the cells of the CSV that ``igsn-lint list`` writes; None where the line is no head of it."""
    return next((one for one in _DELIMITERS if head.replace('"', "").split(one) == _CSV_HEAD), None)


def _decoded(text: str) -> Any:
    """Return the decoded JSON, or the text itself where it is none: then it is no ID either."""
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _listed(rows: Any) -> Iterator[str]:
    """Yield the IDs of the rows that ``igsn-lint list`` writes; what is no such row stands for itself."""
    for row in rows if not isinstance(rows, str | dict) else [rows]:
        if not isinstance(row, dict):
            yield str(row)
        elif row.get("state") not in _NOT_THERE:
            prefix, suffix = row.get("prefix") or "", row.get("suffix") or ""
            yield f"{prefix}/{suffix}" if prefix else f"igsn:{suffix}"
