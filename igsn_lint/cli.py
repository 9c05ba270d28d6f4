"""The command line: ``igsn-lint check``, ``fix``, ``list``, ``id``, ``explain``, ``rules`` and what belongs to them."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import time
from typing import TYPE_CHECKING, Any, TypeVar

import click

from igsn_lint.console import fail, say, tell, write, write_bytes
from igsn_lint.reporters import FORMATS
from igsn_lint.run import (
    Run,
    baseline_at,
    baseline_path,
    configuration,
    enabled_codes,
    files_of,
    named_paths,
    registry,
    split,
    standard_input,
    tell_undone,
)
from igsn_lint.source import visible
from igsn_lint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from igsn_lint.inventory import Row
    from igsn_lint.model import Profile

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

    before, comma, last = incomplete.rpartition(",")
    rules = registry().rules()
    words = {rule.code[:3]: "" for rule in rules} | {rule.code: rule.title for rule in rules}
    if last and not any(code.startswith(last.upper()) for code in words):
        words = {rule.name: rule.title for rule in rules}
    found = {word: title for word, title in words.items() if word.lower().startswith(last.lower())}
    return [CompletionItem(before + comma + word, help=title) for word, title in found.items()]


def _formats_like(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the formats that a shell can complete."""
    return [form for form in FORMATS if form.startswith(incomplete)]


class _Commands(click.Group):
    """The commands; one that is interrupted ends as shells have it, and not as if there were findings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("interrupted")
            sys.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="igsn-lint")
def cli() -> None:
    """Check IGSN IDs, the persistent identifiers of physical samples, in metadata files and manuscripts."""


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
    click.option("--files-from", metavar="FILE|-", help="Read the paths from a file, one a line (or NUL-separated)."),
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
  git diff -z --name-only --diff-filter=d | igsn-lint check --files-from -
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
    run = Run(
        paths,
        files_from,
        config_path,
        stdin_filename=stdin_filename,
        select=split(select),
        ignore=split(ignore),
        profile=profile,
        baseline=baseline,
        formats=formats,
    )
    report = run.report(jobs, quiet=quiet)
    outputs = [output for output in run.outputs if not statistics or output[0] not in _LISTS]
    for name, target in outputs:
        write(render(name, report, run.registry, show=frozenset(show), quiet=quiet, tell=tell), target)
    if statistics:
        from igsn_lint.reporters import statistics as counted

        table = counted.render(report, run.formats, time.monotonic() - start, quiet=quiet)
        in_place = [target for name, target in run.outputs if name in _LISTS]
        for target in in_place:
            write(table, target)
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
            tell(line)
    if run.tell(report):
        sys.exit(2)
    sys.exit(1 if left_out else code)


@cli.command(cls=_Examples, epilog="Example:\n  igsn-lint explain IL208\n  igsn-lint explain tag-style\n")
@click.argument("rule", shell_complete=_rules_like)
def explain(rule: str) -> None:
    """Print the page of a rule: what it demands, why, and examples."""
    from igsn_lint.registry import UnknownRule

    known = registry()
    try:
        codes = known.select(rule)
    except UnknownRule as error:
        fail(str(error.args[0]))
    write("\n".join(known.rule(code).text for code in sorted(codes)), None)


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
    from igsn_lint.discover import is_writable, replace_file
    from igsn_lint.fixes import account, mend, patch
    from igsn_lint.inputs import leads_nowhere

    run = Run(paths, files_from, config_path, select=split(select), ignore=split(ignore), profile=profile)
    if run.given:
        fail("standard input can not be mended: name files")
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
                tell(f"not checked: {item.name}: {reason}")
            if mended.data == old:
                continue
            if diff and mended.told:
                write(account(item.name, mended.told), None)
            elif diff:
                write_bytes(patch(item.name, old, mended.data), None)
            elif not is_writable(file.path):
                raise OSError(None, "it is read-only and left as it is")
            elif item.open() != old:
                raise OSError(None, "it was changed meanwhile and is left as it is")
            else:
                replace_file(file.path, mended.data)
        except BrokenPipeError:
            raise
        except OSError as error:
            nowhere = leads_nowhere(item, error)
            tell(f"not checked: {item.name}: {nowhere}" if nowhere else f"{item.name}: {error.strerror or error}")
            failed = failed or not nowhere
            continue
        changed += 1
        fixes += sum(mended.fixed.values())
        what = ", ".join(f"{code} {count}" for code, count in sorted(mended.fixed.items()))
        say(f"{'would fix' if diff else 'fixed'} {visible(item.name)}: {what}", err=diff)
    places = f"{fixes} {'place' if fixes == 1 else 'places'} in {changed} {'file' if changed == 1 else 'files'}"
    say(f"{places} {'to fix' if diff else 'fixed'}" + (f", {left} more with --unsafe" if left else ""), err=diff)
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

    named = named_paths(paths, files_from, stdin_filename)
    config = configuration(config_path, named, stdin_filename)
    missing: list[str] = []
    found = files_of(named, config, missing, baseline_path(config))
    inputs = [*standard_input(named, stdin_filename, config), *files(found)]
    table: list[Row] = []
    try:
        settings = config.settings(None)
    except ValueError as error:
        fail(str(error))
    failures: list[tuple[str, str]] = []
    for document, mentions in documents(inputs, settings, failures):
        for fault in document.faults:
            if not document.source.data:
                tell(f"{document.source.name}: {fault.message}")
        table += rows(document, mentions, all_states=all_states)
    write(render(form, table), None)
    sys.exit(2 if tell_undone(missing, failures) else 0)


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

    try:
        settings = configuration(None, []).settings(None)
    except ValueError as error:
        fail(str(error))
    described = [describe(text, settings) for text in texts]
    if form == "json":
        import json

        write(
            json.dumps(
                [{k: v for k, v in row.items() if k != "lines"} for row in described], ensure_ascii=False, indent=1
            )
            + "\n",
            None,
        )
    else:
        write("\n".join("\n".join(row["lines"]) for row in described) + "\n", None)
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
    known = registry()
    on = enabled_codes(known, selectors, ())
    rules = [known.rule(code) for code in sorted(on)]
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
        write(json.dumps(table, ensure_ascii=False, indent=1) + "\n", None)
        return
    width = max((len(rule.name) for rule in rules), default=0)
    lines = [f"{'code':<6} {'name':<{width}}  {'register':<8} {'publish':<8} {'cite':<8} {'fix':<7} demand"]
    for rule in rules:
        severities = " ".join(f"{rule.severity[profile] or '-':<8}" for profile in _PROFILES)
        fix = "-" if rule.fix == "none" else rule.fix
        lines.append(f"{rule.code:<6} {rule.name:<{width}}  {severities} {fix:<7} {rule.demand}")
    write("\n".join(lines) + "\n", None)


_FILES: list[Any] = [click.argument("paths", nargs=-1, type=click.Path(readable=False)), *_SELECTION[:2]]


@cli.command("config", cls=_Examples, epilog="Example:\n  igsn-lint config records/\n")
@_with([*_FILES])
def config_(paths: tuple[str, ...], config_path: str | None, files_from: str | None) -> None:
    """Print the configuration that is in force, and where each value comes from."""
    import json

    named = named_paths(paths, files_from)
    config = configuration(config_path, named)
    rows = [(key, json.dumps(value, ensure_ascii=False), origin) for key, value, origin in config.shown()]
    width = max(len(key) for key, _, _ in rows)
    write("".join(f"{key:<{width}} = {value}  # {origin}\n" for key, value, origin in rows), None)
    missing = [path for path in named if path != "-" and not os.path.lexists(path)]
    sys.exit(2 if tell_undone(missing, ()) else 0)


@cli.command("suppressions", cls=_Examples, epilog="Example:\n  igsn-lint suppressions records/\n")
@_with([*_FILES])
def suppressions(paths: tuple[str, ...], config_path: str | None, files_from: str | None) -> None:
    """List the findings that are silenced: by a comment, the configuration or the baseline, and why."""
    run = Run(paths, files_from, config_path)
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
    write("".join([*lines, f"{count} {'finding is' if count == 1 else 'findings are'} silenced\n"]), None)
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

    run = Run(paths, files_from, config_path, profile=profile, baseline=baseline, recording=True)
    path = run.baseline_path or os.path.join(run.config.folder or "", known.NAME)
    if action == "show":
        write(known.table(baseline_at(path)), None)
        return
    if action == "create" and os.path.exists(path):
        fail(f"{path} exists already: baseline update brings it up to date")
    old = None if action == "create" else baseline_at(path)
    findings, read, report = run.recorded()
    new = known.of(path, findings)
    if old is not None:
        asked = {code for code in run.on if run.recorder.asks(code)}
        new = known.merged(old, new, read, run.broken_off, pruning=action == "prune", on=asked, whole=run.is_whole)
    write(new.text(), path)
    say(f"{visible(path)}: {known.counted(new)}")
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
        fail(f"{error.filename or _nameless()}: {error.strerror or error}")
    except Exception as error:
        # A defect of the program, told in one line: exit code 1 would mean findings.
        fail(f"internal error: {type(error).__name__}: {error}; please report it")


def _nameless() -> str:
    """Return what an error of the system is about that names no file."""
    try:
        os.getcwd()
    except OSError:
        return "the current folder"
    return "standard output"


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
        for stream in (sys.stdout, sys.stderr):
            # What could not be written was told when it was written.
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        atexit._run_exitfuncs()
        os._exit(code or 0)
    sys.exit(code)  # type: ignore[arg-type]  # what it ended with
