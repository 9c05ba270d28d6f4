"""The Python API: ``igsn_lint.lint`` for programs that live long; no global state, no printing, no change of folder."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING, cast

from igsn_lint.discover import Found, discover, is_regular, shown
from igsn_lint.engine import Engine
from igsn_lint.inputs import Input
from igsn_lint.model import PROFILES, Report, Settings
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from igsn_lint.model import Profile

Content = bytes | bytearray | memoryview | IO[bytes]
"""What a file can be given as: bytes or what is like them, or a binary file object."""

Item = str | os.PathLike[str] | tuple[str, Content]
"""What can be checked: a path (a folder is walked), or a name with its Content."""


def lint(
    items: Item | Iterable[Item],
    *,
    profile: Profile | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings: Settings | None = None,
    registry: Registry | None = None,
) -> Report:
    """Check files, folders or bytes and return the Report.

    ``items`` is one or several of: a path; a pair of a name and bytes (also a bytearray or memoryview) or a binary
    file object (its name tells the format). A tuple of paths is several. ``profile`` judges everything by one
    standard; ``select`` and ``ignore`` take codes, beginnings of codes or names of rules, as a list or as a text with
    commas. A long-lived caller loads a ``registry`` once and hands it over.

    Raises FileNotFoundError for a path that does not exist, UnknownRule for a selector that names no rule,
    ValueError for a profile that there is not, and TypeError for a pair whose second part is no content. Loading a
    registry raises BadPlugin, a ValueError, too.
    """
    registry = registry or Registry.load()
    settings = settings or Settings()
    if profile is not None:
        settings = replace(settings, profile=profile)
    if settings.profile is not None and settings.profile not in PROFILES:
        raise ValueError(f"there is no profile {settings.profile!r} (there are {', '.join(PROFILES)})")
    paths: list[str] = []
    inputs: list[Input] = []
    for item in _several(items):
        if isinstance(item, tuple):
            inputs.append(_given(item))
        else:
            paths.append(os.fspath(item))
    missing: list[str] = []
    inputs += files(discover(paths, missing))
    if missing:
        raise FileNotFoundError(f"no such file or folder: {missing[0]}")
    return Engine(registry, settings, enabled(registry, select, ignore)).run(inputs)


def enabled(registry: Registry, select: Iterable[str], ignore: Iterable[str]) -> set[str]:
    """Return the codes of the rules that are on; without ``select`` all are, and ``ignore`` has the last word.

    Raises UnknownRule for a selector that names no rule.
    """
    select, ignore = (
        [part for part in rules.split(",") if part.strip()] if isinstance(rules, str) else rules
        for rules in (select, ignore)
    )
    chosen = set().union(*(registry.select(selector) for selector in select)) or set(registry.codes)
    return chosen.difference(*(registry.select(selector) for selector in ignore))


def files(found: Iterable[Found]) -> Iterator[Input]:
    """Yield what the engine needs of each file that was found."""
    for file in found:
        # Walking takes regular files only; what is named can be anything.
        opener = partial(_open, file.path, check=file.named)
        yield Input(file.name, partial(_read, opener), file.named, opener=opener)


def _open(path: str, *, check: bool) -> IO[bytes]:
    """Return the file, opened; with ``check`` it refuses what is no regular file, which could block for ever."""
    if check and not is_regular(path):
        if os.path.isdir(path):
            # A folder comes here only where it can not be read: this raises the reason.
            os.scandir(path).close()
        raise OSError(0, "not a regular file")
    # Files are read whole or in large pieces: a buffer would be one more copy.
    return open(path, "rb", buffering=0)


def _read(opener: Callable[[], IO[bytes]]) -> bytes:
    with opener() as file:
        return file.read()


def _several(items: Item | Iterable[Item]) -> Iterable[Item]:
    """Return the items that were given; a name with its content is one, a tuple of two items is two."""
    if isinstance(items, str | os.PathLike):
        return [items]
    is_pair = isinstance(items, tuple) and len(items) == 2 and not isinstance(items[1], str | os.PathLike | tuple)
    return [cast("Item", items)] if is_pair else cast("Iterable[Item]", items)


def _given(pair: tuple[str, Content]) -> Input:
    content = pair[1] if len(pair) == 2 else None
    # A copy: what others may write to later stays as it is now.
    data = content if isinstance(content, bytes | bytearray | memoryview) else getattr(content, "read", str)()
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"a tuple is a name with its content, bytes or a binary file; this one is {pair!r:.200}")
    data = bytes(data)
    return Input(shown(pair[0]), lambda: data, named=True)
