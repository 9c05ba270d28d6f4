"""Runs the examples of rule pages; ``python tests/pages.py`` rewrites their output and fixed fences.

Behind the file name a fence may say how its file is checked:

- ``profile=register``: everything is judged by one profile;
- ``handle-map=IE:10.58052``: the DOI prefix of a namespace of before 2023;
- ``encoding=latin-1``: the file's bytes are the text of the fence in this encoding (else UTF-8);
- ``open=EACCES``: the operating system refuses to open the file, with this error of ``errno``.

A file with the name ``igsn-lint.toml`` is the configuration of its example; what it names lies beside it.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import chdir, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from igsn_lint import config
from igsn_lint.api import enabled
from igsn_lint.engine import Engine
from igsn_lint.inputs import Input
from igsn_lint.model import Finding, Rule, Settings
from igsn_lint.registry import Registry
from igsn_lint.rules import Example, ExampleFile, examples, read_page
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from igsn_lint.model import Profile

RULES = Path(__file__).parents[1] / "rules"
CONFIGURATION = "igsn-lint.toml"


def findings(example: Example, registry: Registry, select: list[str]) -> list[Finding]:
    """Return what is found in the files of an example with the given rules on."""
    mapped = dict(pair.split(":", 1) for pair in example.options.get("handle-map", "").split(",") if pair)
    with configured(example) as settings:
        profile = example.options.get("profile")
        settings = replace(settings, profile=profile, handle_map={**settings.handle_map, **mapped})
        engine = Engine(registry, settings, enabled(registry, select, ()))
        files = [file for file in example.files if file.name != CONFIGURATION]
        return engine.run([Input(file.name, _opener(file, example.options)) for file in files]).findings


@contextmanager
def configured(example: Example) -> Iterator[Settings]:
    """Yield the settings of an example's configuration, with its files beside it, in its folder while it is used."""
    if all(file.name != CONFIGURATION for file in example.files):
        yield Settings()
        return
    with TemporaryDirectory() as folder:
        for file in example.files:
            path = Path(folder, file.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")
        # The files have names from the folder on in which igsn-lint runs.
        with chdir(folder):
            yield config.load(str(Path(folder, CONFIGURATION))).settings(None)


def _opener(file: ExampleFile, options: dict[str, str]) -> Callable[[], bytes]:
    """Return what opens an example's file: its bytes, or the error that the example asks for."""

    def read() -> bytes:
        if "open" in options:
            number = getattr(errno, options["open"])
            raise OSError(number, os.strerror(number))
        return file.text.encode(options.get("encoding", "utf-8"))

    return read


def output(example: Example, registry: Registry, rule: Rule) -> str:
    """Return the output fence that an example earns with only its page's rule on."""
    several = len(example.files) > 1
    # What silences nothing can be told only where the rules that it names are on.
    select = [] if rule.subject == "Suppression" else [rule.code]
    return "".join(
        (f"{found.path}:" if several else "")
        + (f"{found.region.line}:{found.region.column}" if found.region else f"[{found.pointer}]")
        + f" {found.severity} {found.rule} {found.message}\n"
        for found in findings(example, registry, select)
        if found.rule == rule.code
    )


def fixed(example: Example, registry: Registry, rule: Rule) -> str | None:
    """Return the example's file with the edits of all findings made, or None where there is no edit."""
    found = [f for f in findings(example, registry, [rule.code]) if f.edits]
    if not found or len(example.files) > 1:
        return None
    source = Source(example.files[0].name, example.files[0].text.encode())
    spans = sorted(
        (
            source.offset_at(e.region.line, e.region.column),
            source.offset_at(e.region.end_line, e.region.end_column),
            e.text,
        )
        for f in found
        for e in f.edits
    )
    pieces, at = [], 0
    for start, end, text in spans:
        pieces += [source.text[at:start], text]
        at = end
    return "".join([*pieces, source.text[at:]])


def rewrite(path: Path, registry: Registry) -> bool:
    """Bring the output and fixed fences of a page up to date; return whether that changed the page."""
    rule = read_page(str(path))
    text = path.read_text(encoding="utf-8")
    new = text
    for example in reversed([e for e in examples(rule) if not e.conforms]):
        lines = new.split("\n")
        at = _behind(lines, example)
        end = at
        while end < len(lines) and re.match(r"```(?:output|fixed)\b|\s*$", lines[end]):
            if lines[end].startswith("```"):
                end += next(i for i, line in enumerate(lines[end + 1 :], 1) if line.startswith("```"))
            end += 1
        fences = f"```output\n{output(example, registry, rule)}```\n"
        mended = fixed(example, registry, rule)
        if mended is not None and rule.fix != "none":
            fences += f"\n```fixed\n{mended}```\n"
        lines[at:end] = ["", *fences.split("\n")]
        new = "\n".join(lines).rstrip("\n") + "\n"
    if new != text:
        path.write_text(new, encoding="utf-8")
    return new != text


def _behind(lines: list[str], example: Example) -> int:
    """Return the number of the line behind the last file of an example."""
    at = example.line - 1
    for i in range(len(example.files)):
        while i and not lines[at].startswith("```"):
            at += 1
        mark = re.match(r"`+", lines[at])
        assert mark is not None
        at += 1
        while lines[at].rstrip() != mark[0]:
            at += 1
        at += 1
    return at


PROFILES = RULES / "profiles"

_ASKS: dict[Profile, str] = {
    "register": "before an ID is minted: its spelling can still be chosen",
    "publish": "records that are deposited or served",
    "cite": "the ID exists and can not be spelled otherwise",
}


def profile(name: Profile) -> str:
    """Return the file of a profile: the severity of each rule, in the form that the configuration takes."""
    rules = [read_page(str(path)) for path in sorted(RULES.glob("IL*.md"))]
    lines = [f"# The profile {name}: {_ASKS[name]}.", "# Made from the heads of the rule pages. To change it, copy"]
    lines += ["# lines into the table [severity] of igsn-lint.toml.", "", "[severity]"]
    lines += [f'{rule.code} = "{rule.severity[name] or "off"}"  # {rule.name}' for rule in rules]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Rewrite all pages, or those whose codes are given, and the files of the profiles."""
    registry = Registry.load()
    for name in _ASKS:
        (PROFILES / f"{name}.toml").write_text(profile(name), encoding="utf-8")
    codes = sys.argv[1:] or [path.stem for path in sorted(RULES.glob("IL*.md"))]
    for code in codes:
        if rewrite(RULES / f"{code}.md", registry):
            print(f"{code}: rewritten")


if __name__ == "__main__":
    main()
