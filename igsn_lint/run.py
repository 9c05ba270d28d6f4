"""What a command on files works with, from its arguments and the configuration."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from igsn_lint.console import fail, outputs_of, read_standard_input, tell
from igsn_lint.reporters import INVENTORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from igsn_lint.baseline import Baseline
    from igsn_lint.config import Config
    from igsn_lint.discover import Found
    from igsn_lint.inputs import Input
    from igsn_lint.model import Finding, Profile, Report
    from igsn_lint.registry import Registry


def named_paths(paths: tuple[str, ...], files_from: str | None, stdin_filename: str | None = None) -> list[str]:
    """Return the paths of a run: those named and those of a list; the working directory where there are none.

    Ends the program where standard input has a name and is not read, or is read twice.
    """
    named = list(paths)
    if stdin_filename is not None and "-" not in named:
        if named or files_from is not None:
            fail("--stdin-filename is for standard input: name it as the path -")
        named = ["-"]
    if "-" in named and files_from == "-":
        fail("standard input can not be the list of paths and a file")
    if files_from is not None:
        named += _listed(files_from)
    elif not named:
        named = ["."]
    return named


def configuration(path: str | None, named: list[str], stdin_filename: str | None = None) -> Config:
    """Return the configuration of a run; ends the program where it can not be used."""
    from igsn_lint import config

    names = [stdin_filename if name == "-" else name for name in named]
    path = path or config.find([name for name in names if name is not None] or ["."])
    if path is None:
        return config.Config()
    from igsn_lint.discover import shown

    path = shown(path)
    try:
        return config.load(path) if path is not None else config.Config()
    except OSError as error:
        fail(f"{path}: {error.strerror}")
    except config.BadConfig as error:
        fail(str(error))


def standard_input(named: list[str], stdin_filename: str | None, config: Config) -> list[Input]:
    """Return standard input, read, where ``-`` is among the paths and its name is not left out."""
    if "-" not in named:
        return []
    from igsn_lint.discover import leaves_out, shown
    from igsn_lint.inputs import Input

    data = read_standard_input()
    if stdin_filename and leaves_out(config["exclude"], stdin_filename, config.folder):
        return []
    return [Input(shown(stdin_filename) if stdin_filename else "-", lambda: data, named=True)]


def files_of(named: list[str], config: Config, missing: list[str], baseline: str | None) -> list[Found]:
    """Return the files of the named paths without those of the run itself; what does not exist goes to ``missing``."""
    from igsn_lint.baseline import NAME
    from igsn_lint.discover import discover

    # Known findings quote what they are about.
    own = {NAME, os.path.basename(baseline or NAME)}
    found = discover([path for path in named if path != "-"], missing, config["exclude"], config.folder)
    configured = os.path.abspath(config.path) if config.path else None
    return [
        file
        for file in found
        if file.named or (os.path.basename(file.path) not in own and os.path.abspath(file.path) != configured)
    ]


def baseline_path(config: Config) -> str | None:
    """Return the path of the baseline that a configuration names, as it counts from the working directory."""
    value = config["baseline"]
    return _from_here(config, value) if value else None


def _from_here(config: Config, path: str) -> str:
    """Return a path of a configuration as it counts from the working directory."""
    return path if os.path.isabs(path) else os.path.relpath(os.path.join(config.folder or ".", path))


def _configured_outputs(config: Config) -> list[tuple[str, str | None]]:
    """Return the outputs that a configuration names, or the text where it names none."""
    named = [value.partition("=") for value in config["formats"]]
    formats = [f"{name}={_from_here(config, target)}" if target else name for name, _, target in named]
    return outputs_of(tuple(formats), f"{config.path}:{config.line('formats')}: formats: " if formats else "")


def _listed(files_from: str) -> list[str]:
    """Return the paths that a file (or standard input) lists, one a line; NUL-separated lists are taken too."""
    try:
        if files_from == "-":
            data = read_standard_input()
        else:
            with open(files_from, "rb") as file:
                data = file.read()
    except OSError as error:
        fail(f"{files_from}: {error.strerror}")
    data = data.removeprefix(b"\xef\xbb\xbf")
    separator = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(line.rstrip(b"\r")) for line in data.split(separator) if line.strip()]


def registry() -> Registry:
    """Return what rules and checks there are; ends the program where a plugin can not be used."""
    from igsn_lint.registry import BadPlugin, Registry

    try:
        return Registry.load()
    except BadPlugin as error:
        fail(str(error))


def enabled_codes(registry: Registry, select: Iterable[str], ignore: Iterable[str]) -> set[str]:
    """Return the codes that are on; ends the program where a rule does not exist."""
    from igsn_lint.api import enabled
    from igsn_lint.registry import UnknownRule

    try:
        return enabled(registry, split(select), split(ignore))
    except UnknownRule as error:
        fail(str(error.args[0]))


class Run:
    """What a command on files works with: the configuration, the rules that are on, the files, and the engine.

    Making one ends the program where the command or the configuration can not be used.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        files_from: str | None,
        config_path: str | None,
        *,
        stdin_filename: str | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        profile: Profile | None = None,
        baseline: str | None = None,
        formats: tuple[str, ...] = (),
        recording: bool = False,
    ) -> None:
        from igsn_lint.config import FILE_SECONDS, last_running_day, severities
        from igsn_lint.engine import Engine
        from igsn_lint.known import Elsewhere
        from igsn_lint.suppressions import Recorder, Silencer

        self.named = named_paths(paths, files_from, stdin_filename)
        self.config = config = configuration(config_path, self.named, stdin_filename)
        self.missing: list[str] = []
        self.baseline_path = baseline or baseline_path(config)
        self.outputs = outputs_of(formats) if formats else _configured_outputs(config)
        written = {os.path.realpath(target) for _, target in self.outputs if target is not None}
        names = {os.path.basename(target) for target in written}
        self.found = []
        self._unused: list[str] = []
        for file in files_of(self.named, config, self.missing, self.baseline_path):
            name = os.path.basename(file.path)
            is_output = name in names and os.path.realpath(file.path) in written
            if is_output and file.named:
                fail(f"{file.name}: a file that is checked can not be the output")
            is_unused = self._is_another_configuration(file.path)
            if is_unused:
                self._unused.append(file.name)
            # Earlier reports quote what they are about.
            if not is_output and (file.named or not is_unused):
                self.found.append(file)
        self.given = standard_input(self.named, stdin_filename, config)
        self.registry = registry()
        try:
            levels = severities(config, self.registry) if config.values else {}
            settings = replace(config.settings(profile), severity=levels, elsewhere=Elsewhere(self._elsewhere))
        except ValueError as error:
            fail(str(error))
        chosen = list(select) or [*config["select"], *(config["extend-select"] if config["select"] else ())]
        self.on = enabled_codes(self.registry, chosen, [*ignore, *config["ignore"]])
        if not self.on:
            fail("no rule is left: what is selected is ignored as well")
        recorded = baseline_at(self.baseline_path) if self.baseline_path is not None and not recording else None
        silencer: Silencer
        if recording:
            self.recorder = silencer = Recorder(self.registry, self.on, config, settings)
        else:
            silencer = Silencer(
                self.registry,
                self.on,
                config,
                recorded,
                settings=settings,
                today=last_running_day(),
                whole=self.is_whole,
            )
        inventory = any(name in INVENTORIES for name, _ in self.outputs)
        seconds = config["limits"][FILE_SECONDS]
        self.broken_off: set[str] = set()
        self.formats: Counter[str] = Counter()
        self.engine = Engine(self.registry, settings, self.on, silencer, inventory=inventory, file_seconds=seconds)

    def _elsewhere(self) -> Iterator[str]:
        """Yield the files below the configuration that are not looked at, where no folder is: so hooks name files."""
        if self.config.folder is None or any(map(os.path.isdir, self.named)):
            return
        looked_at = {os.path.realpath(file.path) for file in self.found}
        for file in files_of([self.config.folder], self.config, [], self.baseline_path):
            if os.path.realpath(file.path) not in looked_at:
                yield file.path

    @property
    def is_whole(self) -> bool:
        """Whether a folder is named that holds all that the configuration is about."""
        base = self.config.folder or os.getcwd()
        tops = [os.path.abspath(path) for path in self.named if path != "-" and os.path.isdir(path)]
        return any(base == top or base.startswith(top.rstrip(os.sep) + os.sep) for top in tops)

    def report(self, jobs: int | None = None, *, quiet: bool = False) -> Report:
        """Return the Report of the run."""
        from igsn_lint import parallel
        from igsn_lint.api import files
        from igsn_lint.progress import Progress

        with Progress(len(self.found), quiet=quiet) as progress:
            seen = [self.engine.look(self.given), *parallel.look(self.engine, self.found, jobs, progress)]
        for piece in seen:
            self.broken_off.update(piece.broken_off)
            self.formats.update(piece.formats)
        report = self.engine.report(seen, chain(self.given, files(self.found)))
        from igsn_lint.model import Notice

        report.missing += self.missing
        report.notices += [Notice(name, "another configuration: one holds for a run") for name in self._unused]
        return report

    def _is_another_configuration(self, path: str) -> bool:
        from igsn_lint.config import NAMES, configures

        if os.path.basename(path) not in NAMES or os.path.abspath(path) == os.path.abspath(self.config.path or ""):
            return False
        with suppress(OSError):
            return configures(path)
        return False

    def recorded(self) -> tuple[list[Finding], set[str], Report]:
        """Return every finding by itself, none aggregated, the files that were read, and the Report of the run."""
        report = self.report(jobs=1)
        return self.recorder.findings, {file.name for file in self.found}, report

    def tell(self, report: Report | None = None) -> bool:
        """Print what could not be done on stderr, and return whether there was such a thing."""
        return tell_undone(self.missing, report.failures if report is not None else ())


def tell_undone(missing: Iterable[str], failures: Iterable[tuple[str, str]]) -> bool:
    """Print which paths do not exist and in which files igsn-lint broke, and return whether there are any."""
    lines = [f"no such file or folder: {path}" for path in missing]
    lines += [f"internal error in {path}: {error}; please report it" for path, error in failures]
    for line in lines:
        tell(line)
    return bool(lines)


def baseline_at(path: str) -> Baseline:
    """Return a baseline; ends the program where it can not be used."""
    from igsn_lint import baseline

    try:
        return baseline.load(path)
    except FileNotFoundError:
        fail(f"{path}: there is no such baseline; `igsn-lint baseline create` writes one")
    except OSError as error:
        fail(f"{path}: {error.strerror}")
    except baseline.BadBaseline as error:
        fail(str(error))


def split(values: Iterable[str]) -> list[str]:
    """Return the names of rules in what was given, each of which may be several with commas."""
    return [part for value in values for part in value.split(",") if part.strip()]
