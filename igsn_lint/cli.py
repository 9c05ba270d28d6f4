"""The command line: ``igsn-lint check``, ``list``, ``id``, ``explain``, ``rules``."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from igsn_lint.reporters import FORMATS
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from igsn_lint.config import Config
    from igsn_lint.discover import Found
    from igsn_lint.engine import Engine, Input, Seen
    from igsn_lint.inventory import Row
    from igsn_lint.model import Profile
    from igsn_lint.registry import Registry

_F = TypeVar("_F")
_FEW_FILES = 300
"""Below so many files nobody asks whether several processes pay."""

_PROFILES: tuple[Profile, ...] = ("register", "publish", "cite")


class _Examples(click.Command):
    """A command whose epilog is printed as it stands: examples keep their lines."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog without rewrapping it."""
        if self.epilog:
            formatter.write("\n" + self.epilog.rstrip() + "\n")


def _fail(message: str) -> None:
    """Print one line on stderr and leave with exit code 2."""
    click.echo(f"igsn-lint: {message}", err=True)
    sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="igsn-lint")
def cli() -> None:
    """Check IGSN IDs, the persistent identifiers of physical samples, in metadata files and manuscripts."""


def _named(paths: tuple[str, ...], files_from: str | None) -> list[str]:
    """Return the paths of a run: those named and those of a list; the working directory where there are none."""
    named = list(paths)
    if files_from is not None:
        named += _listed(files_from)
    elif not named:
        named = ["."]
    return named


def _config(path: str | None, named: list[str]) -> Config:
    """Return the configuration of a run; ends the program where it can not be used."""
    from igsn_lint import config

    path = path or config.find([name for name in named if name != "-"] or ["."])
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


def _found(named: list[str], config: Config, missing: list[str]) -> list[Found]:
    """Return the files of the named paths; what does not exist goes to ``missing``."""
    from igsn_lint.discover import discover

    return list(discover([path for path in named if path != "-"], missing, config.exclude, config.folder))


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
    separator = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(line.rstrip(b"\r")) for line in data.split(separator) if line.strip()]


def _registry(select: Iterable[str], ignore: Iterable[str]) -> tuple[Registry, set[str]]:
    from igsn_lint.api import enabled
    from igsn_lint.registry import Registry, UnknownRule

    registry = Registry.load()
    try:
        return registry, enabled(registry, _split(select), _split(ignore))
    except UnknownRule as error:
        _fail(str(error.args[0]))
        raise


def _split(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in value.split(",") if part.strip()]


def _outputs(formats: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Return the formats with the file that each goes to (None: standard output).

    Ends the program where a format does not exist or two go to standard output.
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
    targets = [os.path.realpath(target) for _, target in chosen if target is not None and os.path.isfile(target)]
    if len(set(targets)) < len(targets):
        _fail("two formats can not go to one file")
    if sum(target is None for _, target in chosen) > 1:
        _fail("only one format can go to standard output; write the others as NAME=FILE")
    return chosen


def _write(text: str, target: str | None) -> None:
    """Write an output: to standard output, or to a file, beside it first and renamed then.

    A device, pipe or link is written through and never replaced. Ends the program where it can not be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        if target is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        elif os.path.lexists(target) and (os.path.islink(target) or not os.path.isfile(target)):
            with open(target, "wb") as file:
                file.write(data)
        else:
            _replace(target, data)
    except BrokenPipeError:
        raise
    except (OSError, AttributeError) as error:
        # Python has no standard output at all where it was closed before the start.
        _fail(f"{target or 'standard output'}: {getattr(error, 'strerror', None) or 'can not be written'}")


def _replace(target: str, data: bytes) -> None:
    """Write a file beside ``target`` and rename it, so that nothing is left half written."""
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(beside, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            os.chmod(beside, os.stat(target).st_mode & 0o7777)
        os.replace(beside, target)
    except OSError:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


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


def _look(engine: Engine, found: list[Found], jobs: int | None) -> list[Seen]:
    """Return what looking at the files gave, over several processes where that pays."""
    if jobs == 1 or (jobs is None and len(found) < _FEW_FILES):
        from igsn_lint.api import files

        return [engine.look(files(found))]
    from igsn_lint import parallel

    return parallel.look(engine, found, jobs or parallel.default_jobs(len(found)))


@cli.command(
    cls=_Examples,
    epilog="""\
Examples:
  igsn-lint check                             all files below this folder
  igsn-lint check records/ manuscript.md      a folder and a file
  igsn-lint check --profile register new.xml  before the ID is minted
  igsn-lint check --select IL3,IL401 -f json records/
  igsn-lint check -f text -f sarif=igsn.sarif .
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
    help=f"Output: {', '.join(FORMATS)}; may be given several times.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Only these rules: codes, beginnings of codes (IL2) or names, with commas.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option("--show", multiple=True, type=click.Choice(["note"]), help="List the notes one by one in text.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="The least severity that gives exit code 1.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes; by default as many as pay.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@_with([*_PROFILE, *_SELECTION])
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    show: tuple[str, ...],
    fail_on: Any,
    jobs: int | None,
    quiet: bool,
    profile: Profile | None,
    files_from: str | None,
    stdin_filename: str | None,
    config_path: str | None,
) -> None:
    """Check files and folders and report the findings."""
    from igsn_lint.api import files
    from igsn_lint.engine import Engine
    from igsn_lint.reporters import render

    outputs = _outputs(formats)
    named = _named(paths, files_from)
    config = _config(config_path, named)
    registry, on = _registry(select or config.select, [*ignore, *config.ignore])
    missing: list[str] = []
    found = _found(named, config, missing)
    written = {os.path.realpath(target) for _, target in outputs if target is not None}
    for file in found:
        if file.named and os.path.realpath(file.path) in written:
            _fail(f"{file.name}: a file that is checked can not be the output")
    inputs = _standard_input(named, stdin_filename)
    engine = Engine(registry, config.settings(profile), on)
    report = engine.report([engine.look(inputs), *_look(engine, found, jobs)], [*inputs, *files(found)])
    for name, target in outputs:
        _write(render(name, report, registry, show=frozenset(show), quiet=quiet), target)
    for path in missing:
        click.echo(f"igsn-lint: no such file or folder: {path}", err=True)
    for path, error in report.failures:
        click.echo(f"igsn-lint: internal error in {path}: {error}; please report it", err=True)
    sys.exit(2 if missing or report.failures else report.exit_code(fail_on))


@cli.command(cls=_Examples, epilog="Example:\n  igsn-lint explain IL208\n  igsn-lint explain tag-style\n")
@click.argument("rule")
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
    """List every IGSN ID: where it stands and in which form."""
    from igsn_lint.api import files
    from igsn_lint.engine import documents
    from igsn_lint.inventory import render, rows

    named = _named(paths, files_from)
    config = _config(config_path, named)
    missing: list[str] = []
    inputs = [*_standard_input(named, stdin_filename), *files(_found(named, config, missing))]
    table: list[Row] = []
    for document, mentions in documents(inputs, config.settings(None)):
        for fault in document.faults:
            if not document.source.data:
                click.echo(f"igsn-lint: {document.source.name}: {fault.message}", err=True)
        table += rows(document, mentions, all_states=all_states)
    _write(render(form, table), None)
    for path in missing:
        click.echo(f"igsn-lint: no such file or folder: {path}", err=True)
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
@click.argument("selectors", nargs=-1, metavar="[RULES]...")
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
    registry, on = _registry(selectors, ())
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
    except Exception as error:
        # A defect of the program, told in one line: exit code 1 would mean findings.
        _fail(f"internal error: {type(error).__name__}: {error}; please report it")
