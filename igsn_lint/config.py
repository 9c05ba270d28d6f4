"""Configuration: ``igsn-lint.toml``, or ``[tool.igsn-lint]`` in ``pyproject.toml``; one a run.

``KEYS`` is the one place that says which keys there are; the JSON Schema of the configuration is made from it.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, is_doi_prefix
from igsn_lint.known import KnownIds
from igsn_lint.model import PROFILES, SEVERITIES, Complete, RequiredRelation, Settings, earliest_day, latest_day
from igsn_lint.pathpatterns import FilePatterns, is_pattern
from igsn_lint.patterns import lazy
from igsn_lint.tomllines import line_of, plainly
from igsn_lint.values import faults
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from igsn_lint.model import Matcher, Profile, Severity
    from igsn_lint.registry import Registry
    from igsn_lint.values import Steps

NAMES = ("igsn-lint.toml", "pyproject.toml")


class BadConfig(ValueError):
    """A configuration that can not be used; the message names the file, the line, the key and what is expected."""


def _on(day: Callable[[float], tuple[int, int, int]]) -> tuple[int, int, int]:
    """Return a day of now, or of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).

    Raises BadConfig where the variable is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return day(time.time())
    try:
        return day(int(epoch))
    except (ValueError, OverflowError, OSError) as error:
        raise BadConfig(f"SOURCE_DATE_EPOCH: expected seconds since 1970, not {epoch!r}") from error


def last_running_day() -> date:
    """Return the day that is not over everywhere: what lasts until a day lasts until its end in every place."""
    return date(*_on(earliest_day))


class Key(NamedTuple):
    """A key of the configuration: the JSON Schema of its value, its default, and a sentence that says what it does."""

    schema: dict[str, Any]
    default: Any
    help: str


_STRINGS = {"type": "array", "items": {"type": "string"}}
_PREFIX = {"type": "string", "pattern": r"^10\.[0-9]{4,9}$", "title": "a DOI prefix such as 10.58052"}
_NAMESPACE = {"type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z._-]*$", "title": "the beginning of IDs, such as IE"}
_HOLDS = {"enum": ["samples", "none", "example", "test"]}
_SUPPRESS = {
    "type": "object",
    "properties": {
        "path": {"type": "string", "description": "A pattern as in .gitignore for the files that are meant."},
        "rules": {**_STRINGS, "minItems": 1, "description": "Codes, beginnings of codes or names of rules."},
        "pointer": {"type": "string", "description": "Only findings at this logical path."},
        "identifier": {"type": "string", "description": "Only findings about this ID."},
        "anchor": {"type": "string", "description": "Only the finding with this anchor."},
        "reason": {"type": "string", "minLength": 1, "description": "Why."},
        "expires": {"type": "string", "format": "date", "description": "The last day on which this silences."},
    },
    "required": ["path", "rules", "reason"],
    "additionalProperties": False,
}

KNOWN_IDS = "known-ids"
"""Among what is complete this word stands for all files of known IDs."""

_GLOBS = {"anyOf": [{"type": "string"}, {**_STRINGS, "minItems": 1}]}
_CONDITIONS = ("resource-type", "subject", "prefix", "suffix", "path")
_REQUIRED_RELATION = {
    "type": "object",
    "properties": {
        "any-of": {
            "type": "array",
            "items": {"enum": [name for name, *_ in facts.rows("relations")]},
            "minItems": 1,
            "description": "Relations of which the record has one.",
        },
        "resource-type": {**_GLOBS, "description": "Patterns for the general type or the text of the type."},
        "subject": {**_GLOBS, "description": "Patterns for one of the subjects."},
        "prefix": {**_GLOBS, "description": "Patterns for the prefix of the ID."},
        "suffix": {**_GLOBS, "description": "Patterns for the suffix of the ID."},
        "path": {**_GLOBS, "description": "Patterns as in .gitignore for the file."},
    },
    "required": ["any-of"],
    "additionalProperties": False,
}


class _Limit(NamedTuple):
    """A limit of the configuration: the field of the Settings, in how many of its units it counts, and what it is."""

    name: str
    unit: int
    help: str
    maximum: int | None = None


_MB = 1 << 20
_LIMITS = {
    "file-mb": _Limit("max_bytes", _MB, "MB of a file; a larger one is not read."),
    "member-mb": _Limit("max_member", _MB, "MB of a member of an archive or office file, unpacked."),
    "ratio": _Limit("max_ratio", 1, "How many times its packed size a member may unpack to."),
    "members": _Limit("max_members", 1, "Members of an archive or office file."),
    "depth": _Limit("max_depth", 1, "Levels of archives in archives.", 10),
}
FILE_SECONDS = "file-seconds"
"""The limit that is no matter of the Settings: it holds for a run."""

_DEFAULT = Settings()
_LIMITS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{
            key: {"type": "integer", "minimum": 1, "description": limit.help}
            | ({"maximum": limit.maximum} if limit.maximum else {})
            for key, limit in _LIMITS.items()
        },
        FILE_SECONDS: {
            "type": "integer",
            "minimum": 0,
            "maximum": 86_400,
            "description": "Seconds that check takes for a file, or for one in an archive; 0 is without limit.",
        },
    },
    "additionalProperties": False,
}

KEYS: dict[str, Key] = {
    "required-version": Key({"type": "string"}, "", 'Versions of igsn-lint that may be used, such as ">=0.1,<1".'),
    "profile": Key({"enum": list(PROFILES)}, None, "Judge everything by this profile."),
    "select": Key(_STRINGS, [], "Only these rules: codes, beginnings of codes or names."),
    "extend-select": Key(_STRINGS, [], "These rules as well."),
    "ignore": Key(_STRINGS, [], "Not these rules."),
    "severity": Key(
        {"type": "object", "additionalProperties": {"enum": [*SEVERITIES, "off"]}},
        {},
        "Another severity for a rule, in every profile.",
    ),
    "per-file": Key(
        {"type": "object", "additionalProperties": _STRINGS},
        {},
        "Rules that are silent in the files that a pattern matches.",
    ),
    "suppress": Key({"type": "array", "items": _SUPPRESS}, [], "Single findings that are silenced, with the reason."),
    "require-reason": Key({"type": "boolean"}, False, "A comment that silences a finding counts only with a reason."),
    "baseline": Key({"type": "string"}, "", "The file of known findings."),
    "exclude": Key(_STRINGS, [], "Files that are left out, also where they are named: patterns as in .gitignore."),
    "prefixes": Key(
        {
            "anyOf": [
                {"type": "object", "propertyNames": _PREFIX, "additionalProperties": _HOLDS},
                {"type": "array", "items": _PREFIX},
            ]
        },
        {},
        "What DOI prefixes hold; a list means samples.",
    ),
    "handle-map": Key(
        {"type": "object", "propertyNames": _NAMESPACE, "additionalProperties": _PREFIX},
        {},
        "The DOI prefix below which a namespace of before 2023 was registered again.",
    ),
    "long-suffix": Key({"type": "integer", "minimum": 1}, 24, "The length above which IL116 speaks."),
    "xsd": Key({"type": "string"}, "", "A copy of DataCite's own XSD: XML is judged by it instead of by ours."),
    KNOWN_IDS: Key(_STRINGS, [], "Files of IDs that exist: one ID a line, or what igsn-lint list wrote."),
    "complete": Key(
        _STRINGS,
        [],
        'What is here as a whole: prefixes, patterns of files with all IDs of their prefixes, "known-ids".',
    ),
    "required-relations": Key(
        {"type": "array", "items": _REQUIRED_RELATION}, [], "Relations that records must have, by what the records are."
    ),
    "limits": Key(
        _LIMITS_SCHEMA,
        {key: getattr(_DEFAULT, limit.name) // limit.unit for key, limit in _LIMITS.items()} | {FILE_SECONDS: 60},
        "How large files, what lies in them, and the time for one may be.",
    ),
    "formats": Key(_STRINGS, [], "What check prints, as with --format."),
    "not-checked": Key(
        {"enum": ["ignore", "error"]}, "ignore", "Whether a file that could not be checked gives exit code 1."
    ),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; empty without one. ``text`` is its text, for positions."""

    path: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""

    def __getitem__(self, key: str) -> Any:
        """Return the value of a key of ``KEYS``, or its default."""
        return self.values.get(key, KEYS[key].default)

    @property
    def folder(self) -> str | None:
        """The folder of the file, from which its paths and patterns count."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else None

    def line(self, *steps: str | int) -> int:
        """Return the 1-based line in the file on which a key stands."""
        return line_of(self.text, steps)

    def settings(self, profile: Profile | None) -> Settings:
        """Return the Settings of a run; ``profile`` of the command line comes before that of the file.

        Raises BadConfig where SOURCE_DATE_EPOCH is no time.
        """
        prefixes = self["prefixes"]
        limits: dict[str, Any] = {limit.name: self["limits"][key] * limit.unit for key, limit in _LIMITS.items()}
        return Settings(
            today=_on(latest_day),
            profile=profile or self["profile"],
            prefixes=dict.fromkeys(prefixes, "samples") if isinstance(prefixes, list) else prefixes,
            handle_map=self["handle-map"],
            long_suffix=self["long-suffix"],
            xsd=os.path.join(self.folder or "", self["xsd"]) if self["xsd"] else None,
            known_ids=KnownIds((name, os.path.join(self.folder or "", name)) for name in self[KNOWN_IDS]),
            complete=_complete(self["complete"], self.folder),
            required_relations=tuple(_required_relation(row, self.folder) for row in self["required-relations"]),
            **limits,
        )

    def shown(self) -> Iterator[tuple[str, Any, str]]:
        """Yield each key with the value that is in force and where it comes from."""
        for key in KEYS:
            origin = f"{self.path}:{self.line(key)}" if key in self.values else "default"
            yield key, self[key], origin


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
            # Of a link that leads nowhere it is told; without the configuration the findings would be others.
            if (os.path.isfile(path) and configures(path)) or (name == NAMES[0] and os.path.islink(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = parent


def configures(path: str) -> bool:
    """Return whether a file of one of ``NAMES`` configures igsn-lint; in a pyproject.toml in whichever way of TOML.

    Raises OSError where it can not be read.
    """
    if os.path.basename(path) != "pyproject.toml":
        return True
    with open(path, "rb") as file:
        content = file.read()
    # Most projects do not know of us, or name us among their dependencies only.
    if b"igsn-lint" not in content:
        return False
    import tomllib

    try:
        return _table_of(tomllib.loads(content.decode("utf-8-sig"))) is not None
    except (ValueError, RecursionError):
        # What is wrong with it is told where it is loaded.
        return b"[tool.igsn-lint" in content


def _table_of(pyproject: dict[str, Any]) -> Any:
    """Return the table ``tool.igsn-lint``, or None where there is none."""
    tool = pyproject.get("tool")
    return tool.get("igsn-lint") if isinstance(tool, dict) else None


def load(path: str) -> Config:
    """Return the configuration that a file holds.

    Raises BadConfig for broken TOML, unknown keys, values of a wrong type and another version than is required,
    OSError where it can not be read.
    """
    import tomllib

    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadConfig(f"{path}:{line}: byte 0x{content[error.start]:02X} is not UTF-8") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"{path}:{plainly(str(error), text)}") from error
    if os.path.basename(path) == "pyproject.toml":
        data = _table_of(data)
        if data is None:
            raise BadConfig(f"{path}: it has no table [tool.igsn-lint]")
    elif set(data) == {"tool"}:
        raise BadConfig(f"{path}:{line_of(text, ('tool',))}: only in pyproject.toml keys stand below [tool.igsn-lint]")
    values = _plain(data)
    for steps, message in faults(values, schema(), ()):
        name = ".".join(str(step) for step in steps)
        raise BadConfig(f"{path}:{line_of(text, steps)}: {name}: {message}" if name else f"{path}: {message}")
    if "limits" in values:
        values["limits"] = {**KEYS["limits"].default, **values["limits"]}
    config = Config(path, values, text)
    if (bad := _bad_pattern(config)) is not None:
        raise BadConfig(f"{path}:{config.line(*bad[0])}: {bad[0][0]}: {bad[1]!r} is no pattern as in .gitignore")
    for i, name in enumerate(config[KNOWN_IDS]):
        if not os.path.isfile(os.path.join(config.folder or "", name)):
            raise BadConfig(f"{path}:{config.line(KNOWN_IDS, i)}: {KNOWN_IDS}: there is no file {name!r}")
    required = config["required-version"]
    if not _fits(__version__, required):
        told = f"this is igsn-lint {__version__}, required is {required}"
        if not all(map(_SPECIFIER.fullmatch, _parts(required))):
            told += ', which is not of the form ">=0.1,<1"'
        raise BadConfig(f"{path}:{config.line('required-version')}: {told}")
    if config["xsd"]:
        from igsn_lint import schemas

        try:
            schemas.user_xsd(str(config.settings(None).xsd))
        except schemas.BadSchema as error:
            raise BadConfig(f"{path}:{config.line('xsd')}: {config['xsd']} can not be used: {error}") from error
    return config


def _bad_pattern(config: Config) -> tuple[Steps, str] | None:
    """Return where a pattern for files stands that is none, and the pattern."""
    places: list[tuple[Steps, str]] = [(("exclude", i), pattern) for i, pattern in enumerate(config["exclude"])]
    places += [(("per-file", pattern), pattern) for pattern in config["per-file"]]
    places += [(("suppress", i, "path"), row["path"]) for i, row in enumerate(config["suppress"])]
    places += [(("complete", i), entry) for i, entry in enumerate(config["complete"]) if not _is_prefix(entry)]
    for i, row in enumerate(config["required-relations"]):
        places += [(("required-relations", i, "path"), pattern) for pattern in _listed(row.get("path", []))]
    return next(((steps, pattern) for steps, pattern in places if not is_pattern(pattern)), None)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _required_relation(table: dict[str, Any], folder: str | None) -> RequiredRelation:
    """Return what a table demands; ``folder`` is that of the configuration."""
    conditions: dict[str, Matcher] = {}
    for key in _CONDITIONS:
        if key in table:
            patterns = _listed(table[key])
            conditions[key] = FilePatterns(patterns, folder) if key == "path" else globs(patterns)
    return RequiredRelation(tuple(table["any-of"]), conditions)


def _is_prefix(entry: str) -> bool:
    return is_doi_prefix(entry) or entry == LEGACY_PREFIX


def _complete(entries: Iterable[str], folder: str | None) -> Complete:
    """Return what is declared complete; ``folder`` is that of the configuration."""
    prefixes = frozenset(filter(_is_prefix, entries))
    paths = [entry for entry in entries if entry not in prefixes and entry != KNOWN_IDS]
    return Complete(prefixes, FilePatterns(paths, folder) if paths else None, KNOWN_IDS in entries)


def globs(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for the texts that one of the globs (``*``, ``?``, ``[abc]``) matches whole, in any case."""
    from fnmatch import translate

    return re.compile("|".join(map(translate, patterns)), re.IGNORECASE)


def severities(config: Config, registry: Registry) -> dict[str, Severity | None]:
    """Return the severities that a configuration gives to rules, by code.

    Raises BadConfig where any key of it names a rule that does not exist, or gives one rule two severities.
    """
    named: list[tuple[tuple[str | int, ...], str]] = []
    named += [((key,), text) for key in ("select", "extend-select", "ignore") for text in config[key]]
    named += [(("severity", text), text) for text in config["severity"]]
    named += [(("per-file", pattern), text) for pattern, rules in config["per-file"].items() for text in rules]
    named += [(("suppress", i, "rules"), text) for i, row in enumerate(config["suppress"]) for text in row["rules"]]
    for steps, text in named:
        try:
            registry.select(text)
        except LookupError as error:
            raise BadConfig(f"{config.path}:{config.line(*steps)}: {steps[0]}: {error.args[0]}") from error
    levels: dict[str, tuple[str, Any]] = {}
    # What names fewer rules is meant for them.
    for text in sorted(config["severity"], key=lambda text: -len(registry.select(text))):
        level = config["severity"][text]
        codes = registry.select(text)
        for code in codes:
            other, before = levels.get(code, (text, level))
            if before != level and registry.select(other) == codes:
                line = config.line("severity", text)
                raise BadConfig(f"{config.path}:{line}: severity: {other!r} and {text!r} are the same rule")
            levels[code] = text, level
    return {code: None if level == "off" else level for code, (_, level) in levels.items()}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a configuration."""
    return {
        "type": "object",
        "properties": {name: {**key.schema, "description": key.help} for name, key in KEYS.items()},
        "additionalProperties": False,
    }


def _plain(value: Any) -> Any:
    """Return TOML values as JSON has them: dates as text."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


_SPECIFIER = lazy(r"(>=|<=|==|!=|>|<)?\s*([0-9]+(?:\.[0-9]+)*)")


def _parts(required: str) -> list[str]:
    return [part.strip() for part in required.split(",") if part.strip()]


def _fits(version: str, required: str) -> bool:
    """Return whether a version fits all specifiers; one without an operator means equal."""
    have = _numbers(version)
    for part in _parts(required):
        match = _SPECIFIER.fullmatch(part)
        if match is None:
            return False
        want = _numbers(match[2])
        verdict = {
            ">=": have >= want, "<=": have <= want, ">": have > want, "<": have < want, "!=": have != want,
        }.get(match[1] or "==", have == want)  # fmt: skip
        if not verdict:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(n) for n in re.findall(r"[0-9]+", version)[:3]]
    return tuple([*numbers, 0, 0, 0][:3])
