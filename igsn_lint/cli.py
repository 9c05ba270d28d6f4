"""The command line: ``igsn-lint check``, ``fix``, ``list``, ``id``, ``explain``, ``rules`` and what belongs to them."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import click

from igsn_lint.reporters import FORMATS, INVENTORIES
from igsn_lint.source import visible
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from igsn_lint.baseline import Baseline
    from igsn_lint.config import Config
    from igsn_lint.discover import Found
    from igsn_lint.engine import Input
    from igsn_lint.inventory import Row
    from igsn_lint.model import Finding, Profile, Report
    from igsn_lint.registry import Registry

_F = TypeVar("_F")
_LISTS = frozenset({"text", "concise"})
"""The formats for people in which counts can stand in place of the findings."""

_SAYING = frozenset({"text", "json", "sarif", "html", "markdown"})
"""The formats that have a place for what was not checked; beside the others it goes to standard error."""

_PROFILES: tuple[Profile, ...] = ("register", "publish", "cite")


class _Examples(click.Command):
    """A command whose epilog is printed as it stands: examples keep their lines."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog without rewrapping it."""
        if self.epilog:
            formatter.write("\n" + self.epilog.rstrip() + "\n")


def _rules_like(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes, families and names of rules that a shell can complete; of a list its last entry."""
    from click.shell_completion import CompletionItem

    from igsn_lint.registry import Registry

    before, comma, last = incomplete.rpartition(",")
    rules = Registry.load().rules()
    words = {rule.code[:3]: "" for rule in rules} | {rule.code: rule.title for rule in rules}
    if last and not any(code.startswith(last.upper()) for code in words):
        words = {rule.name: rule.title for rule in rules}
    found = {word: title for word, title in words.items() if word.lower().startswith(last.lower())}
    return [CompletionItem(before + comma + word, help=title) for word, title in found.items()]


def _formats_like(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the formats that a shell can complete."""
    return [form for form in FORMATS if form.startswith(incomplete)]


def _tell(message: str) -> None:
    """Print one line on stderr, where it can be written."""
    with contextlib.suppress(OSError):
        click.echo(f"igsn-lint: {visible(message)}", err=True)


def _say(line: str, *, err: bool = False) -> None:
    """Print a line in UTF-8, as every output is, whatever the encoding of the stream can not write."""
    click.echo(line.encode("utf-8", "backslashreplace"), err=err)


def _fail(message: str) -> None:
    """Print one line on stderr and leave with exit code 2."""
    _tell(message)
    sys.exit(2)


class _Commands(click.Group):
    """The commands; one that is interrupted ends as shells have it, and not as if there were findings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _tell("interrupted")
            sys.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="igsn-lint")
def cli() -> None:
    """Check IGSN IDs, the persistent identifiers of physical samples, in metadata files and manuscripts."""


def _named(paths: tuple[str, ...], files_from: str | None, stdin_filename: str | None = None) -> list[str]:
    """Return the paths of a run: those named and those of a list; the working directory where there are none.

    Ends the program where standard input has a name and is not read, or is read twice.
    """
    named = list(paths)
    if stdin_filename is not None and "-" not in named:
        if named or files_from is not None:
            _fail("--stdin-filename is for standard input: name it as the path -")
        named = ["-"]
    if "-" in named and files_from == "-":
        _fail("standard input can not be the list of paths and a file")
    if files_from is not None:
        named += _listed(files_from)
    elif not named:
        named = ["."]
    return named


def _config(path: str | None, named: list[str]) -> Config:
    """Return the configuration of a run; ends the program where it can not be used."""
    from igsn_lint import config

    path = path or config.find([name for name in named if name != "-"] or ["."])
    if path is None:
        return config.Config()
    from igsn_lint.discover import shown

    path = shown(path)
    try:
        return config.load(path) if path is not None else config.Config()
    except OSError as error:
        _fail(f"{path}: {error.strerror}")
        raise
    except config.BadConfig as error:
        _fail(str(error))
        raise


def _standard_input(named: list[str], stdin_filename: str | None) -> list[Input]:
    """Return standard input, read, where ``-`` is among the paths."""
    if "-" not in named:
        return []
    from igsn_lint.discover import shown
    from igsn_lint.engine import Input

    data = _read_standard_input()
    return [Input(shown(stdin_filename) if stdin_filename else "-", lambda: data, named=True)]


def _found(named: list[str], config: Config, missing: list[str], baseline: str | None) -> list[Found]:
    """Return the files of the named paths without known findings; what does not exist goes to ``missing``."""
    from igsn_lint.baseline import NAME
    from igsn_lint.discover import discover

    # Known findings quote what they are about.
    own = {NAME, os.path.basename(baseline or NAME)}
    found = discover([path for path in named if path != "-"], missing, config["exclude"], config.folder)
    return [file for file in found if file.named or os.path.basename(file.path) not in own]


def _baseline_of(config: Config) -> str | None:
    """Return the path of the baseline that a configuration names, as it counts from the working directory."""
    value = config["baseline"]
    return os.path.relpath(os.path.join(config.folder or ".", value)) if value else None


def _listed(files_from: str) -> list[str]:
    """Return the paths that a file (or standard input) lists, one a line; NUL-separated lists are taken too."""
    try:
        if files_from == "-":
            data = _read_standard_input()
        else:
            with open(files_from, "rb") as file:
                data = file.read()
    except OSError as error:
        _fail(f"{files_from}: {error.strerror}")
        raise
    data = data.removeprefix(b"\xef\xbb\xbf")
    separator = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(line.rstrip(b"\r")) for line in data.split(separator) if line.strip()]


def _enabled(registry: Registry, select: Iterable[str], ignore: Iterable[str]) -> set[str]:
    """Return the codes that are on; ends the program where a rule does not exist."""
    from igsn_lint.api import enabled
    from igsn_lint.registry import UnknownRule

    try:
        return enabled(registry, _split(select), _split(ignore))
    except UnknownRule as error:
        _fail(str(error.args[0]))
        raise


class _Run:
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
        from igsn_lint.registry import Registry
        from igsn_lint.suppressions import Recorder, Silencer

        self.named = _named(paths, files_from, stdin_filename)
        self.config = config = _config(config_path, self.named)
        self.missing: list[str] = []
        self.baseline_path = baseline or _baseline_of(config)
        self.outputs = _outputs(formats or tuple(config["formats"]))
        written = {os.path.realpath(target) for _, target in self.outputs if target is not None}
        names = {os.path.basename(target) for target in written}
        self.found = []
        for file in _found(self.named, config, self.missing, self.baseline_path):
            name = os.path.basename(file.path)
            is_output = name in names and os.path.realpath(file.path) in written
            if is_output and file.named:
                _fail(f"{file.name}: a file that is checked can not be the output")
            # Earlier reports quote what they are about.
            if not is_output:
                self.found.append(file)
        self.given = _standard_input(self.named, stdin_filename)
        self.registry = Registry.load()
        try:
            levels = severities(config, self.registry) if config.values else {}
            settings = replace(config.settings(profile), severity=levels)
        except ValueError as error:
            _fail(str(error))
            raise
        chosen = list(select) or [*config["select"], *(config["extend-select"] if config["select"] else ())]
        self.on = _enabled(self.registry, chosen, [*ignore, *config["ignore"]])
        if not self.on:
            _fail("no rule is left: what is selected is ignored as well")
        recorded = _baseline(self.baseline_path) if self.baseline_path is not None and not recording else None
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
                whole=self._is_whole(),
            )
        inventory = any(name in INVENTORIES for name, _ in self.outputs)
        seconds = config["limits"][FILE_SECONDS]
        self.broken_off: set[str] = set()
        self.formats: Counter[str] = Counter()
        self.engine = Engine(self.registry, settings, self.on, silencer, inventory=inventory, file_seconds=seconds)

    def _is_whole(self) -> bool:
        """Return whether a folder is named that holds all that the configuration is about."""
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

        report.notices += [
            Notice(file.name, "another configuration: one holds for a run")
            for file in self.found
            if os.path.basename(file.path) == "igsn-lint.toml"
            and os.path.abspath(file.path) != os.path.abspath(self.config.path or "")
        ]
        return report

    def recorded(self) -> tuple[list[Finding], set[str], Report]:
        """Return every finding by itself, none aggregated, the files that were read, and the Report of the run."""
        report = self.report(jobs=1)
        return self.recorder.findings, {file.name for file in self.found}, report

    def tell(self, report: Report | None = None) -> bool:
        """Print what could not be done on stderr, and return whether there was such a thing."""
        for path in self.missing:
            _tell(f"no such file or folder: {path}")
        failures = report.failures if report is not None else []
        for path, error in failures:
            _tell(f"internal error in {path}: {error}; please report it")
        return bool(self.missing or failures)


def _baseline(path: str) -> Baseline:
    """Return a baseline; ends the program where it can not be used."""
    from igsn_lint import baseline

    try:
        return baseline.load(path)
    except OSError as error:
        _fail(f"{path}: {error.strerror}")
        raise
    except baseline.BadBaseline as error:
        _fail(str(error))
        raise


def _split(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in value.split(",") if part.strip()]


def _is_device(path: str) -> bool:
    """Return whether there is something at the path that is no file and no folder."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _outputs(formats: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Return the formats with the file that each goes to (None: standard output).

    Ends the program where a format does not exist, two go to one place, or a file can not be written.
    """
    chosen = []
    for value in formats or ("text",):
        name, _, target = value.partition("=")
        if name not in FORMATS:
            from difflib import get_close_matches

            near = get_close_matches(name, FORMATS, n=1)
            _fail(
                f"there is no format {name!r}"
                + (f"; did you mean {near[0]}?" if near else f" (there are {', '.join(FORMATS)})")
            )
        chosen.append((name, target or None))
    files = [target for _, target in chosen if target is not None and not _is_device(target)]
    if len({os.path.realpath(target) for target in files}) < len(files):
        _fail("two formats can not go to one file")
    for target in files:
        # Told before a long run, not after it.
        if os.path.isdir(target):
            _fail(f"{target}: it is a folder")
        folder = os.path.dirname(os.path.realpath(target))
        if not os.path.isdir(folder):
            _fail(f"{target}: its folder does not exist")
        if not os.access(folder, os.W_OK | os.X_OK):
            _fail(f"{target}: its folder can not be written to")
    if sum(target is None for _, target in chosen) > 1:
        _fail("only one format can go to standard output; write the others as NAME=FILE")
    return chosen


def _write(text: str, target: str | None) -> None:
    """Write an output: to standard output, or to a file, beside it first and renamed then.

    A device, pipe or link is written through and never replaced. Ends the program where it can not be written.
    """
    _write_bytes(text.encode("utf-8", "backslashreplace"), target)


def _write_bytes(data: bytes, target: str | None) -> None:
    try:
        if target is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        elif os.path.lexists(target) and (os.path.islink(target) or not os.path.isfile(target)):
            with open(target, "wb") as file:
                file.write(data)
        else:
            from igsn_lint.discover import replace_file

            replace_file(target, data)
    except BrokenPipeError:
        raise
    except (OSError, AttributeError) as error:
        # Python has no standard output at all where it was closed before the start.
        _fail(f"{target or 'standard output'}: {getattr(error, 'strerror', None) or 'can not be written'}")


def _read_standard_input() -> bytes:
    """Return what comes on standard input; ends the program where it is closed."""
    try:
        return sys.stdin.buffer.read()
    except (OSError, AttributeError):
        _fail("standard input can not be read")
        raise


_PROFILE: list[Any] = [
    click.option(
        "--profile",
        type=click.Choice(_PROFILES),
        help="Judge everything by one standard; by default records by publish, citations by cite.",
    ),
]
_SELECTION: list[Any] = [
    click.option(
        "--config", "config_path", metavar="FILE", help="The configuration, instead of the nearest igsn-lint.toml."
    ),
    click.option("--files-from", metavar="FILE|-", help="Read the paths from a file, one a line."),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        help="The name that stands for standard input (path -); its ending tells the format.",
    ),
]


def _with(options: list[Any]) -> Callable[[_F], _F]:
    """Return a decorator that adds several options."""

    def decorate(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@cli.command(
    cls=_Examples,
    epilog="""\
Examples:
  igsn-lint check                             all files below this folder
  igsn-lint check records/ manuscript.md      a folder and a file
  igsn-lint check --profile register new.xml  before the ID is minted
  igsn-lint check --select IL3,IL401 -f json records/
  igsn-lint check -f text -f sarif=igsn.sarif .
  igsn-lint check --statistics                which rules are broken most
  git diff --name-only | igsn-lint check --files-from -
  curl … | igsn-lint check --stdin-filename record.json -

Exit code: 0 clean, 1 findings at or above --fail-on, 2 could not run.
""",
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    shell_complete=_formats_like,
    help=f"Output: {', '.join(FORMATS)}; may be given several times.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=_rules_like,
    help="Only these rules: codes, beginnings of codes (IL2) or names, with commas.",
)
@click.option("--ignore", multiple=True, metavar="RULES", shell_complete=_rules_like, help="Not these rules.")
@click.option("--show", multiple=True, type=click.Choice(["note"]), help="List the notes one by one in text.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="The least severity that gives exit code 1.",
)
@click.option("--baseline", metavar="FILE", help="The file of known findings, which stay silent.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes; by default as many as pay.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule instead of listing them in text.")
@_with([*_PROFILE, *_SELECTION])
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    show: tuple[str, ...],
    fail_on: Any,
    baseline: str | None,
    jobs: int | None,
    quiet: bool,
    statistics: bool,
    profile: Profile | None,
    files_from: str | None,
    stdin_filename: str | None,
    config_path: str | None,
) -> None:
    """Check files and folders and report the findings."""
    from igsn_lint.reporters import render

    start = time.monotonic()
    run = _Run(
        paths,
        files_from,
        config_path,
        stdin_filename=stdin_filename,
        select=_split(select),
        ignore=_split(ignore),
        profile=profile,
        baseline=baseline,
        formats=formats,
    )
    report = run.report(jobs, quiet=quiet)
    outputs = [output for output in run.outputs if not statistics or output[0] not in _LISTS]
    for name, target in outputs:
        _write(render(name, report, run.registry, show=frozenset(show), quiet=quiet, tell=_tell), target)
    if statistics:
        from igsn_lint.reporters import statistics as counted

        table = counted.render(report, run.formats, time.monotonic() - start, quiet=quiet)
        in_place = [target for name, target in run.outputs if name in _LISTS]
        for target in in_place:
            _write(table, target)
        if not in_place:
            click.echo(table, err=True, nl=False)
    names = {name for name, _ in run.outputs}
    code = report.exit_code(fail_on)
    left_out = not code and run.config["not-checked"] == "error" and fail_on != "never" and report.notices
    said = not quiet and (statistics or not names.isdisjoint(_SAYING))
    # Concise and --quiet are short, but an exit code without a reason helps nobody.
    if not said and (left_out or not (quiet or names == {"concise"})):
        from igsn_lint.reporters.text import not_checked

        for line in not_checked(report):
            _tell(line)
    if run.tell(report):
        sys.exit(2)
    sys.exit(1 if left_out else code)


@cli.command(cls=_Examples, epilog="Example:\n  igsn-lint explain IL208\n  igsn-lint explain tag-style\n")
@click.argument("rule", shell_complete=_rules_like)
def explain(rule: str) -> None:
    """Print the page of a rule: what it demands, why, and examples."""
    from igsn_lint.registry import Registry, UnknownRule

    registry = Registry.load()
    try:
        codes = registry.select(rule)
    except UnknownRule as error:
        _fail(str(error.args[0]))
        raise
    _write("\n".join(registry.rule(code).text for code in sorted(codes)), None)


@cli.command(
    cls=_Examples,
    epilog="""\
Examples:
  igsn-lint fix --diff records/               show what would change, as a patch
  igsn-lint fix records/ manuscript.md        make the safe fixes
  igsn-lint fix --unsafe --select IL203 .     also those that need a look afterwards

Exit code: 0 done, 1 with --diff where something would change, 2 could not run.
""",
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--diff", is_flag=True, help="Change no file; print a unified patch.")
@click.option("--unsafe", is_flag=True, help="Also fixes that may change the meaning; look at what they did.")
@click.option("--select", multiple=True, metavar="RULES", shell_complete=_rules_like, help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULES", shell_complete=_rules_like, help="Not these rules.")
@_with([*_PROFILE, *_SELECTION[:2]])
def fix(
    paths: tuple[str, ...],
    diff: bool,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: Profile | None,
    config_path: str | None,
    files_from: str | None,
) -> None:
    """Mend what can be mended without asking: safe fixes, in place."""
    from igsn_lint.api import files
    from igsn_lint.discover import replace_file
    from igsn_lint.engine import leads_nowhere
    from igsn_lint.fixes import account, mend, patch

    run = _Run(paths, files_from, config_path, select=_split(select), ignore=_split(ignore), profile=profile)
    if run.given:
        _fail("standard input can not be mended: name files")
    failed = False
    fixes = changed = left = 0
    for file, item in zip(run.found, files(run.found), strict=True):
        try:
            old = item.open()
            mended = mend(item, run.engine, unsafe=unsafe)
            if mended is None:
                continue
            left += mended.unsafe
            for reason in mended.unread:
                _tell(f"not checked: {item.name}: {reason}")
            if mended.data == old:
                continue
            if diff and mended.told:
                _write(account(item.name, mended.told), None)
            elif diff:
                _write_bytes(patch(item.name, old, mended.data), None)
            else:
                replace_file(file.path, mended.data)
        except BrokenPipeError:
            raise
        except OSError as error:
            nowhere = leads_nowhere(item, error)
            _tell(f"not checked: {item.name}: {nowhere}" if nowhere else f"{item.name}: {error.strerror or error}")
            failed = failed or not nowhere
            continue
        changed += 1
        fixes += sum(mended.fixed.values())
        what = ", ".join(f"{code} {count}" for code, count in sorted(mended.fixed.items()))
        _say(f"{'would fix' if diff else 'fixed'} {visible(item.name)}: {what}", err=diff)
    places = f"{fixes} {'place' if fixes == 1 else 'places'} in {changed} {'file' if changed == 1 else 'files'}"
    _say(f"{places} {'to fix' if diff else 'fixed'}" + (f", {left} more with --unsafe" if left else ""), err=diff)
    sys.exit(2 if run.tell() or failed else int(diff and changed > 0))


@cli.command(
    "list",
    cls=_Examples,
    epilog="""\
Examples:
  igsn-lint list manuscript.md
  igsn-lint list -f csv supplement/ > samples.csv
""",
)
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--all-states", is_flag=True, help="Also what was deleted with tracked changes.")
@_with(_SELECTION)
def list_(
    paths: tuple[str, ...],
    form: str,
    all_states: bool,
    files_from: str | None,
    stdin_filename: str | None,
    config_path: str | None,
) -> None:
    """List every IGSN ID: where it stands and in which form; as CSV each sample once."""
    from igsn_lint.api import files
    from igsn_lint.engine import documents
    from igsn_lint.inventory import render, rows

    named = _named(paths, files_from, stdin_filename)
    config = _config(config_path, named)
    missing: list[str] = []
    found = _found(named, config, missing, _baseline_of(config))
    inputs = [*_standard_input(named, stdin_filename), *files(found)]
    table: list[Row] = []
    try:
        settings = config.settings(None)
    except ValueError as error:
        _fail(str(error))
        raise
    for document, mentions in documents(inputs, settings):
        for fault in document.faults:
            if not document.source.data:
                _tell(f"{document.source.name}: {fault.message}")
        table += rows(document, mentions, all_states=all_states)
    _write(render(form, table), None)
    for path in missing:
        _tell(f"no such file or folder: {path}")
    sys.exit(2 if missing else 0)


@cli.command(
    "id",
    cls=_Examples,
    epilog="Example:\n  igsn-lint id http://dx.doi.org/10.60516/AU1101 'IGSN: AU1101' 10273/AU1101\n",
)
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def id_(texts: tuple[str, ...], form: str) -> None:
    """Say what a text is: its parts, canonical and short forms, or why it is no IGSN ID."""
    from igsn_lint.inventory import describe

    described = [describe(text) for text in texts]
    if form == "json":
        import json

        _write(
            json.dumps(
                [{k: v for k, v in row.items() if k != "lines"} for row in described], ensure_ascii=False, indent=1
            )
            + "\n",
            None,
        )
    else:
        _write("\n".join("\n".join(row["lines"]) for row in described) + "\n", None)
    sys.exit(0 if all(row["valid"] for row in described) else 1)


@cli.command("rules", cls=_Examples, epilog="Examples:\n  igsn-lint rules\n  igsn-lint rules IL2 -f json\n")
@click.argument("selectors", nargs=-1, metavar="[RULES]...", shell_complete=_rules_like)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def rules_(selectors: tuple[str, ...], form: str) -> None:
    """Print the table of rules with their severity by profile."""
    from igsn_lint.registry import Registry

    registry = Registry.load()
    on = _enabled(registry, selectors, ())
    rules = [registry.rule(code) for code in sorted(on)]
    if form == "json":
        import json

        table = [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": {profile: rule.severity[profile] or "off" for profile in _PROFILES},
                "subject": rule.subject,
                "fix": rule.fix,
                "since": rule.since,
                "strength": rule.strength,
                "source": rule.source,
                "demand": rule.demand,
            }
            for rule in rules
        ]
        _write(json.dumps(table, ensure_ascii=False, indent=1) + "\n", None)
        return
    width = max((len(rule.name) for rule in rules), default=0)
    lines = [f"{'code':<6} {'name':<{width}}  {'register':<8} {'publish':<8} {'cite':<8} {'fix':<7} demand"]
    for rule in rules:
        severities = " ".join(f"{rule.severity[profile] or '-':<8}" for profile in _PROFILES)
        fix = "-" if rule.fix == "none" else rule.fix
        lines.append(f"{rule.code:<6} {rule.name:<{width}}  {severities} {fix:<7} {rule.demand}")
    _write("\n".join(lines) + "\n", None)


_FILES: list[Any] = [click.argument("paths", nargs=-1, type=click.Path(readable=False)), *_SELECTION[:2]]


@cli.command("config", cls=_Examples, epilog="Example:\n  igsn-lint config records/\n")
@_with([*_FILES])
def config_(paths: tuple[str, ...], config_path: str | None, files_from: str | None) -> None:
    """Print the configuration that is in force, and where each value comes from."""
    import json

    named = _named(paths, files_from)
    config = _config(config_path, named)
    rows = [(key, json.dumps(value, ensure_ascii=False), origin) for key, value, origin in config.shown()]
    width = max(len(key) for key, _, _ in rows)
    _write("".join(f"{key:<{width}} = {value}  # {origin}\n" for key, value, origin in rows), None)
    missing = [path for path in named if path != "-" and not os.path.lexists(path)]
    for path in missing:
        _tell(f"no such file or folder: {path}")
    sys.exit(2 if missing else 0)


@cli.command("suppressions", cls=_Examples, epilog="Example:\n  igsn-lint suppressions records/\n")
@_with([*_FILES])
def suppressions(paths: tuple[str, ...], config_path: str | None, files_from: str | None) -> None:
    """List the findings that are silenced: by a comment, the configuration or the baseline, and why."""
    run = _Run(paths, files_from, config_path)
    report = run.report()
    lines = []
    for finding in report.suppressed:
        why = finding.suppressed
        at = finding.pointer if finding.region is None else f"{finding.region.line}:{finding.region.column}"
        if why is not None:
            by = f"{why.kind}, {why.path}:{why.line}" if why.line else f"{why.kind}, {why.path}"
            reason = f": {visible(why.reason)}" if why.reason else ""
            lines.append(f"{visible(finding.path)}:{at} {finding.severity} {finding.rule} ({by}){reason}\n")
    count = len(report.suppressed)
    _write("".join([*lines, f"{count} {'finding is' if count == 1 else 'findings are'} silenced\n"]), None)
    sys.exit(2 if run.tell(report) else 0)


@cli.command(
    "baseline",
    cls=_Examples,
    epilog="""\
Examples:
  igsn-lint baseline create               all findings of this folder become known
  igsn-lint check --baseline igsn-lint-baseline.jsonl
  igsn-lint baseline update records/      known is what there is in these files now
  igsn-lint baseline prune                forget what is mended
  igsn-lint baseline show
""",
)
@click.argument("action", type=click.Choice(["create", "update", "prune", "show"]))
@click.option("--baseline", "baseline", metavar="FILE", help="The file, instead of igsn-lint-baseline.jsonl.")
@_with([*_PROFILE, *_FILES])
def baseline_(
    action: str,
    baseline: str | None,
    profile: Profile | None,
    paths: tuple[str, ...],
    config_path: str | None,
    files_from: str | None,
) -> None:
    """Keep a file of known findings, which stay silent until they change."""
    from igsn_lint import baseline as known

    run = _Run(paths, files_from, config_path, profile=profile, baseline=baseline, recording=True)
    path = run.baseline_path or os.path.join(run.config.folder or "", known.NAME)
    if action == "show":
        _write(known.table(_baseline(path)), None)
        return
    if action == "create" and os.path.exists(path):
        _fail(f"{path} exists already: baseline update brings it up to date")
    old = None if action == "create" else _baseline(path)
    findings, read, report = run.recorded()
    new = known.of(path, findings)
    if old is not None:
        asked = {code for code in run.on if run.recorder.asks(code)}
        new = known.merged(old, new, read, run.broken_off, pruning=action == "prune", on=asked)
    _write(new.text(), path)
    _say(f"{visible(path)}: {known.counted(new)}")
    sys.exit(2 if run.tell(report) else 0)


def main() -> None:
    """Run the command line; a closed pipe ends it quietly."""
    # Many small objects and hardly a cycle: looking for garbage often costs a sixth of a run over many files.
    gc.set_threshold(200_000, 50, 50)
    gc.freeze()
    try:
        cli(prog_name="igsn-lint")
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # stays open: the interpreter flushes it at exit
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename or 'standard output'}: {error.strerror or error}")
    except Exception as error:
        # A defect of the program, told in one line: exit code 1 would mean findings.
        _fail(f"internal error: {type(error).__name__}: {error}; please report it")


def run() -> None:
    """Run the command line as a process of its own, and end it.

    The system takes back what a process leaves at once; taking down each object takes a tenth of a run over one file.
    """
    code: object = None
    try:
        main()
    except SystemExit as end:
        code = end.code
    if code is None or isinstance(code, int):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()
            sys.stderr.flush()
            atexit._run_exitfuncs()
            os._exit(code or 0)
    # What can not be written is told as Python tells it.
    sys.exit(code)  # type: ignore[arg-type]  # what it ended with
