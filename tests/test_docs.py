"""What README, CONTRIBUTING, CHANGELOG and CITATION.cff say is true: commands, snippets, links, rules, versions."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pages
import pytest
import yaml
from click.testing import CliRunner

from igsn_lint import config, model
from igsn_lint.cli import cli
from igsn_lint.engine import Engine
from igsn_lint.finder import find
from igsn_lint.inputs import Input
from igsn_lint.model import Check, Document, Settings
from igsn_lint.readers import EXTENSIONS, STREAMED
from igsn_lint.registry import Registry
from igsn_lint.rules import examples
from igsn_lint.source import Source
from igsn_lint.version import __version__

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "schemas/README.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("docs/*.md"))),
    *(path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("examples/*/README.md"))),
]
RUN = ROOT / ".ci" / "run"

_FENCE = re.compile(r"^(?P<mark>`{3,})(?P<language>\w*)[^\n]*\n(?P<body>.*?)^(?P=mark)$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)<>\s]+)>?\)")
_CODE = re.compile(r"\bIL\d{3}\b")


def fences(text: str, language: str) -> list[str]:
    """Return the bodies of the fences of a language; a fence inside a longer one is none of the page."""
    return [match["body"] for match in _FENCE.finditer(text) if match["language"] == language]


def section(text: str, title: str) -> str:
    """Return what stands below a heading of the second level; a comment in a fence is no heading."""
    blank = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)
    match = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", blank, re.MULTILINE | re.DOTALL)
    assert match is not None, f"there is no heading {title!r}"
    return text[slice(*match.span(1))]


def calls(text: str) -> list[list[str]]:
    """Return the arguments of every call of igsn-lint in the shell fences of a page."""
    found = []
    for fence in fences(text, "sh") + fences(text, "console"):
        for line in fence.replace("\\\n", " ").splitlines():
            lexer = shlex.shlex(line.removeprefix("$ "), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words: list[str] = []
            for word in [*lexer, ";"]:
                if not set(word) <= set("|&;<>()"):
                    words.append(word)
                    continue
                if words and words[0].rpartition("/")[2] == "igsn-lint":
                    found.append(words[1:])
                words = ["(behind a redirection)"] if set(word) <= {"<", ">"} else []
    return found


CALLS = [pytest.param(call, id=" ".join(call)) for name in PAGES for call in calls((ROOT / name).read_text("utf-8"))]


@pytest.mark.parametrize("arguments", CALLS)
def test_command_exists_with_its_options(arguments: list[str]) -> None:
    name, *rest = arguments
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"there is no command {name!r}"
    # Only parses: click raises for an option, a choice or a number of arguments that it does not know.
    parsed = command.make_context(name, rest)
    registry = Registry.load()
    for key in ("select", "ignore", "rule", "selectors"):
        value = parsed.params.get(key) or ()
        for selector in [value] if isinstance(value, str) else value:
            assert all(registry.select(part) for part in selector.split(","))


def test_readme_names_every_command_and_format() -> None:
    table = section(README, "Use")
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+ \| 0", table, re.MULTILINE)) == set(cli.list_commands(None))  # type: ignore[arg-type]
    from igsn_lint.reporters import FORMATS

    assert re.findall(r"^\| `(\w+)` \| [^|]+ \|$", table, re.MULTILINE)[: len(FORMATS)] == list(FORMATS)


def test_snippet_in_readme_prints_what_is_below_it() -> None:
    part = section(README, "Use").partition("### From Python")[2]
    (snippet,), (expected, *_) = fences(part, "python"), fences(part, "text")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(snippet, "README.md", "exec"), {})
    assert printed.getvalue() == expected


def test_output_in_readme_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli, ["check", "examples/faulty"])
    assert done.exit_code == 1
    shown = fences(section(README, "What it prints"), "text")[0].strip().split("\n\n")
    printed = done.stdout.strip().split("\n\n")
    assert [block for block in shown if block not in printed] == []
    assert shown[-1] == printed[-1]


def test_configuration_in_readme_is_taken_and_names_every_key(tmp_path: Path) -> None:
    (example,) = fences(README, "toml")
    file = tmp_path / "igsn-lint.toml"
    file.write_text(example, encoding="utf-8")
    # The files that the example names have to be there.
    (tmp_path / "catalogue.txt").write_text("10.99999/A1\n", encoding="utf-8")
    (tmp_path / "schemas").mkdir()
    for schema, name in (("datacite-4.7.xsd", "metadata.xsd"), ("xml.xsd", "xml.xsd")):
        shutil.copy(ROOT / "schemas" / "datacite" / schema, tmp_path / "schemas" / name)
    loaded = config.load(str(file))
    assert set(loaded.values) == set(config.KEYS)


def test_page_on_the_configuration_has_every_key_and_is_taken(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", section(page, "Keys"), re.MULTILINE) == list(config.KEYS)
    (tmp_path / "catalogue.txt").write_text("10.99999/A1\n", encoding="utf-8")
    for number, example in enumerate(fences(page, "toml")):
        file = tmp_path / f"{number}.toml"
        file.write_text(example, encoding="utf-8")
        assert config.load(str(file)).values


def test_page_of_rules_has_every_rule() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(IL\d+)\]\(\.\./rules/(IL\d+)\.md\) \| `([\w-]+)` \| (.+) \|$", page, re.MULTILINE)
    shipped = {}
    for path in sorted(ROOT.glob("rules/IL*.md")):
        shipped[path.stem] = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    registry = Registry.load()
    assert rows == [(code, code, registry.rule(code).name, title) for code, title in shipped.items()]


def test_page_of_formats_has_every_ending() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`\.[^|]+) \|", page, re.MULTILINE)
    assert {ending for cell in cells for ending in re.findall(r"`(\.[\w.]+)`", cell)} == read_endings()


def test_snippets_of_the_page_on_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / "manuscript.md").write_text("igsn:AU1101\n", encoding="utf-8")
    for snippet in fences((ROOT / "docs" / "python.md").read_text(encoding="utf-8"), "python"):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(snippet, "python.md", "exec"), {})


def test_site_has_every_page() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = [page for entry in site["nav"] for page in entry.values()]
    assert sorted(named) == sorted(path.name for path in ROOT.glob("docs/*.md"))


@pytest.mark.slow
def test_site_can_be_built(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-f", ROOT / "mkdocs.yml", "-d", tmp_path / "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "rules" / "IL208" / "index.html").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files(name: str) -> None:
    page = ROOT / name
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        target, _, heading = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        linked = page.parent / target if target else page
        assert linked.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles}, link


@pytest.mark.parametrize("name", PAGES)
def test_rules_that_a_page_names_exist(name: str) -> None:
    named = set(_CODE.findall((ROOT / name).read_text(encoding="utf-8")))
    assert named - set(Registry.load().codes) <= {"IL901"}  # The one that CONTRIBUTING makes up.


def test_readme_names_every_family_of_rules() -> None:
    known = set(Registry.load().codes)
    assert {code[:3] for code in known} == set(re.findall(r"^\| (IL\d) \|", README, re.MULTILINE))


def read_endings() -> set[str]:
    packed = {f"{ending}.gz" for ending, form in EXTENSIONS.items() if form in STREAMED}
    return (set(EXTENSIONS) - {""}) | packed


def test_endings_in_readme_are_those_that_are_read() -> None:
    rows = re.findall(r"^\| ((?:`\.[\w.]+`(?:, )?)+) \|", section(README, "What is read"), re.MULTILINE)
    assert {ending for row in rows for ending in re.findall(r"`(\.[\w.]+)`", row)} == read_endings()


def test_changelog_counts_the_rules() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = re.search(r"^- (\d+) rules: .*?(?=^- )", text, re.MULTILINE | re.DOTALL)
    assert entry is not None
    codes = set(_CODE.findall(entry[0]))
    for first, last in re.findall(r"IL(\d{3}) to IL(\d{3})", entry[0]):
        codes |= {f"IL{number:03}" for number in range(int(first), int(last) + 1)}
    known = set(Registry.load().codes)
    assert (codes, int(entry[1])) == (known, len(known))


def test_citation_has_the_version() -> None:
    citation: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", __version__)
    assert citation["license"] == "Apache-2.0"
    assert citation["authors"] == [{"name": "The igsn-lint developers"}]


def two_commands() -> list[str]:
    return [fence.strip() for fence in fences(section(README, "Two commands"), "sh")]


def test_readme_has_two_command_lines() -> None:
    assert len(two_commands()) == 2
    assert not any("\n" in command for command in two_commands())


@pytest.mark.skipif(not RUN.is_file(), reason="there is no .ci/run")
def test_ci_runs_the_two_command_lines_as_they_stand() -> None:
    script = RUN.read_text(encoding="utf-8")
    assert [command for command in two_commands() if command not in script] == []


# ------------------------------------------------------------------------------------- the worked examples to copy


def python_fence(title: str) -> dict[str, Any]:
    """Run the Python fence below a heading of CONTRIBUTING with the names that such a module imports."""
    (code,) = fences(section(CONTRIBUTING, title), "python")
    names = {name: getattr(model, name) for name in dir(model) if not name.startswith("_")}
    names["re"] = re
    exec(compile("from __future__ import annotations\n" + code, "CONTRIBUTING.md", "exec"), names)
    return names


def test_worked_rule_does_what_contributing_says(tmp_path: Path) -> None:
    part = section(CONTRIBUTING, "Adding a rule")
    (page,) = fences(part, "markdown")
    (output,) = re.findall(r"^```output\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    (tmp_path / "IL901.md").write_text(page, encoding="utf-8")
    checks = [value for value in python_fence("Adding a rule").values() if isinstance(value, Check)]
    registry = Registry(checks, [str(tmp_path)])
    rule = registry.rule("IL901")
    assert {e.conforms: pages.output(e, registry, rule) for e in examples(rule)} == {True: "", False: output}
    # A page that is written with the tests' command is complete.
    assert pages.rewrite(tmp_path / "IL901.md", registry)
    assert (tmp_path / "IL901.md").read_text(encoding="utf-8") == f"{page}\n```output\n{output}```\n"


def test_worked_format_finds_an_id_by_its_label_and_place() -> None:
    document: Document = python_fence("Adding a format")["KeyValueDocument"](
        Source("core.meta", "name: Core 7\nigsn: au–1101\n".encode())
    )
    registry = Registry.load()
    settings = Settings()
    mentions = [mention for part in document.parts() for mention in find(part, settings)]
    assert [(mention.suffix, mention.evidence) for mention in mentions] == [("au–1101", "label")]
    found = Engine(registry, settings, {"IL106"}).check(document).findings
    assert [(finding.rule, finding.region[:2]) for finding in found if finding.region] == [("IL106", (2, 9))]


def test_worked_formats_ending_is_not_taken() -> None:
    assert Engine(Registry.load(), Settings(), set()).run([Input("core.meta", lambda: b"igsn: AU1101")]).files == 0
