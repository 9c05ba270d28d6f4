"""Configuration: ``igsn-lint.toml``, or ``[tool.igsn-lint]`` in ``pyproject.toml``; one a run."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from igsn_lint.model import PROFILES, Settings, latest_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from igsn_lint.model import Profile

NAMES = ("igsn-lint.toml", "pyproject.toml")

_HOLDS = ("samples", "none", "example", "test")


class BadConfig(ValueError):
    """A configuration that can not be used; the message names the file, the key and what is expected."""


def _today() -> tuple[int, int, int]:
    """Return the day of the run, or that of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).

    Raises BadConfig where the variable is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return latest_day(time.time())
    try:
        return latest_day(int(epoch))
    except (ValueError, OverflowError, OSError) as error:
        raise BadConfig(f"SOURCE_DATE_EPOCH: expected seconds since 1970, not {epoch!r}") from error


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; empty without one. ``today`` comes from the environment.

    Raises BadConfig where SOURCE_DATE_EPOCH is no time.
    """

    path: str | None = None
    profile: Profile | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    handle_map: Mapping[str, str] = field(default_factory=dict)
    long_suffix: int = 24
    today: tuple[int, int, int] = field(default_factory=_today)

    @property
    def folder(self) -> str | None:
        """The folder of the file, from which the patterns of ``exclude`` count."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else None

    def settings(self, profile: Profile | None) -> Settings:
        """Return the Settings of a run; ``profile`` of the command line comes before that of the file."""
        return Settings(
            today=self.today,
            profile=profile or self.profile,
            prefixes=self.prefixes,
            handle_map=self.handle_map,
            long_suffix=self.long_suffix,
        )


def find(paths: Iterable[str]) -> str | None:
    """Return the configuration file nearest to the common folder of the paths, looking upwards, or None."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    if not folders:
        return None
    try:
        folder = os.path.commonpath(folders)
    except ValueError:
        return None
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = parent


def _has_table(path: str) -> bool:
    with open(path, "rb") as file:
        return b"[tool.igsn-lint" in file.read()


def load(path: str) -> Config:
    """Return the configuration that a file holds.

    Raises BadConfig for broken TOML, unknown keys and values of a wrong type, OSError where it can not be read.
    """
    import tomllib

    with open(path, "rb") as file:
        try:
            data = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadConfig(f"{path}: {error}") from error
    if os.path.basename(path) == "pyproject.toml":
        data = data.get("tool", {}).get("igsn-lint", {})
    readers = {
        "profile": _profile,
        "select": _strings,
        "ignore": _strings,
        "exclude": _strings,
        "prefixes": _prefixes,
        "handle-map": _texts,
        "long-suffix": _count,
    }
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in readers:
            from difflib import get_close_matches

            near = get_close_matches(key, readers, n=1)
            raise BadConfig(f"{path}: there is no key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        try:
            values[key.replace("-", "_")] = readers[key](value)
        except TypeError as error:
            raise BadConfig(f"{path}: {key}: {error}") from error
    return Config(path=path, **values)


def _profile(value: Any) -> str:
    if value not in PROFILES:
        raise TypeError(f"expected one of {', '.join(PROFILES)}")
    return str(value)


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise TypeError("expected a list of texts")
    return tuple(value)


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
        raise TypeError("expected a table of texts")
    return dict(value)


def _prefixes(value: Any) -> dict[str, str]:
    if isinstance(value, list):
        return dict.fromkeys(_strings(value), "samples")
    table = _texts(value)
    if not set(table.values()) <= set(_HOLDS):
        raise TypeError(f"a prefix holds one of {', '.join(_HOLDS)}")
    return table


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError("expected a whole number above 0")
    return value
