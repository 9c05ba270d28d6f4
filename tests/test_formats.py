"""The formats for pipelines and people: valid for those who read them, and nothing in a file is taken for mark-up."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from click.testing import CliRunner
from office_files import pdf

from igsn_lint.cli import cli
from igsn_lint.reporters import FORMATS
from igsn_lint.reporters.linehash import line_hashes

EVIL = 'IGSN: 10.60516/AU1101"><script>alert(1)</script> | ::error:: %0A ]]> `x` http://dx.doi.org/10.60516/AU1102\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "a, b & <c>"
    folder.mkdir()
    (folder / "evil.md").write_text(EVIL)
    (tmp_path / "many.md").write_text("".join(f"http://dx.doi.org/10.60516/AU{n}\n\n" for n in range(1000, 1019)))
    (tmp_path / "scan.bin").write_bytes(b"\0")
    return tmp_path


def report(form: str, *arguments: str) -> str:
    return CliRunner().invoke(cli, ["check", "-f", form, "--fail-on", "never", *arguments]).stdout


def findings(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report("json", *arguments))["findings"]
    return found


def test_github_shows_ten_of_a_kind_the_gravest_first_and_counts_the_rest() -> None:
    lines = report("github").splitlines()
    kinds = [re.match(r"::(error|warning|notice) ", line)[1] for line in lines]  # type: ignore[index]
    count = len(findings())
    assert kinds.count("warning") + kinds.count("notice") - 1 == 10
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    left = f"{count - len(lines) + 1} more findings not shown"
    # No other output is named: nobody may have asked for one.
    assert lines[-1] == f"::notice title=igsn-lint::{left}: GitHub takes ten errors and ten others of a step"


def test_github_escapes_what_ends_a_property_or_a_line() -> None:
    for line in report("github", "a, b & <c>").splitlines():
        head, _, data = line[2:].partition("::")
        assert "file=a%2C b & <c>/evil.md" in head
        assert "\r" not in data


def test_gitlab_is_code_quality_with_unique_fingerprints() -> None:
    issues = json.loads(report("gitlab"))
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {"lines": {"properties": {"begin": {"type": "integer", "minimum": 1}}}},
                },
            },
        },
    }
    jsonschema.validate(issues, schema)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(findings())


def test_junit_counts_what_it_holds() -> None:
    Path("silent.md").write_text("IGSN: 10.60516/AU1101 <!-- igsn-lint: ignore[IL208] house & style -->")
    root = ET.fromstring(report("junit"))
    cases = list(root.iter("testcase"))
    assert int(root.get("tests", "")) == len(cases) == len(findings())
    assert int(root.get("failures", "")) == len(list(root.iter("failure")))
    assert [skipped.get("message") for skipped in root.iter("skipped")] == ["house & style"]
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"html", "sarif"}))
def test_a_place_without_lines_is_told_once(form: str) -> None:
    Path("a.pdf").write_bytes(pdf([(72, 700, "See http://dx.doi.org/10.60516/AU1101 below.")]))
    text = report(form, "--select", "IL201", "a.pdf")
    if form == "junit":
        # As where there are lines: in the name of the case, and before what it says.
        (case,) = ET.fromstring(text).iter("testcase")
        (failure,) = case
        assert case.get("name") == "IL201 non-canonical-url [page 1]"
        assert failure.text == f"a.pdf:[page 1]: {failure.get('message')}"
    assert text.count("page 1") == (2 if form == "junit" else 1)


def test_junit_without_findings_has_one_case_that_passes() -> None:
    Path("clean.md").write_text("nothing here")
    root = ET.fromstring(report("junit", "clean.md"))
    assert [len(case) for case in root.iter("testcase")] == [0]


def test_checkstyle_is_xml_with_one_error_a_finding() -> None:
    root = ET.fromstring(report("checkstyle"))
    assert len(list(root.iter("error"))) == len(findings())
    assert {error.get("severity") for error in root.iter("error")} <= {"error", "warning", "info"}


def test_rdjson_has_columns_in_bytes() -> None:
    Path("u.md").write_text("Größe: IGSN: 10.60516/AU1101\n", encoding="utf-8")
    (row,) = json.loads(report("rdjson", "--select", "IL208", "u.md"))["diagnostics"]
    assert row["location"]["range"]["start"] == {"line": 1, "column": len("Größe: ".encode()) + 1}


def test_csv_gives_one_row_a_finding_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(report("csv"))))
    assert len(rows) == len(findings())
    assert {row["rule"] for row in rows} >= {"IL201", "IL208"}
    assert not any(value.startswith(("=", "+", "-", "@")) and len(value) > 1 for row in rows for value in row.values())


def test_csv_shows_characters_at_which_readers_of_csv_stop() -> None:
    Path("n.json").write_text('{"igsn"\0: "10.60516/AU1101"}')
    table = report("csv", "--select", "IL002", "n.json")
    assert "\0" not in table
    assert "<U+0000>" in table


def test_jsonl_gives_one_object_a_line() -> None:
    assert [json.loads(line) for line in report("jsonl").splitlines()] == findings()


def test_markdown_shows_text_of_files_as_text() -> None:
    page = report("markdown")
    table = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {6}
    assert "<script>" not in re.sub(r"(`+).*?\1", "", page)
    assert "- `scan.bin`: files of this kind" in page


def test_azure_escapes_properties() -> None:
    for line in report("azure", "a, b & <c>").splitlines():
        assert re.match(r"##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]+;code=IL\d+;[^\]]+\]", line)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    assert page.open == []
    return page


def test_html_stands_alone_and_quotes_what_it_shows() -> None:
    text = report("html")
    page = parsed(text)
    names = [name for name, _ in page.tags]
    assert "script" not in names
    assert not any({"src", "srcset", "onload", "style"} & set(attributes) for _, attributes in page.tags)
    assert not any(name in {"link", "img", "iframe"} for name in names)
    assert "@import" not in text
    assert "url(" not in text
    assert names.count("article") == len(findings())
    shown = "".join(page.text)
    assert "<script>alert(1)</script>" in shown
    assert "Dear author" in shown


def test_html_has_the_inventory_grouped_by_sample() -> None:
    Path("clean.md").write_text("[igsn:10.60516/AU1101](https://doi.org/10.60516/AU1101) and 10.60516/AU1101\n")
    page = parsed(report("html", "clean.md"))
    links = [attributes.get("href") for name, attributes in page.tags if name == "a"]
    assert "https://doi.org/10.60516/AU1101" in links
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", report("html", "clean.md"))
    assert len(rows) == 1
    assert "<td>2</td>" in rows[0]  # a link and the text that it shows are one


def test_html_counts_as_samples_what_the_list_has() -> None:
    Path("clean.md").write_text("igsn:10.60516/AU1101, igsn:10.58052/XXXXXXXXX and igsn:10.5072/ABC124\n")
    page = report("html", "clean.md")
    assert "(1 sample)" in page
    assert len(re.findall(r'<th scope="row">', page)) == 1


def test_html_says_what_was_not_checked_and_that_nothing_is_to_change() -> None:
    text = "".join(parsed(report("html", "scan.bin")).text)
    assert "There is nothing to change." in text
    assert "files of this kind (.bin) are not read" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            "alpha\nbeta\nalpha\n",
            ["8d07ce75f7b3af45:1", "ca140c3f893ffa65:1", "26f09ff008857193:1", "c129715d7a2bc9a3:1"],
        ),
        (" a l p h a \r\n\tbeta\r\nalpha\r\n", ["8d07ce75f7b3af45:1", "ca140c3f893ffa65:1", "26f09ff008857193:1"]),
    ],
)
def test_line_hash_is_the_one_that_github_computes(text: str, expected: list[str]) -> None:
    found = line_hashes(text, range(1, 1 + len(expected)))
    assert [found[line] for line in sorted(found)] == expected


def test_sarif_has_both_fingerprints_context_and_states() -> None:
    Path("silent.md").write_text("IGSN: 10.60516/AU1101 <!-- igsn-lint: ignore[IL208] house style -->")
    CliRunner().invoke(cli, ["baseline", "create", "many.md"])
    run = json.loads(report("sarif", "--baseline", "igsn-lint-baseline.jsonl", "--ignore", "IL210,IL217"))["runs"][0]
    for result in run["results"]:
        assert set(result["partialFingerprints"]) == {"igsnLint/v1", "primaryLocationLineHash"}
        physical = result["locations"][0]["physicalLocation"]
        assert physical["contextRegion"]["startLine"] == physical["region"]["startLine"]
        known = physical["artifactLocation"]["uri"] == "many.md"
        assert result["baselineState"] == ("unchanged" if known else "new")
        silenced = known or physical["artifactLocation"]["uri"] == "silent.md"
        assert bool(result.get("suppressions")) == silenced
    assert {s["kind"] for r in run["results"] for s in r.get("suppressions", ())} == {"inSource", "external"}


# ----------------------------------------------------------------------------------- in the programs that read them


@pytest.mark.slow
def test_html_in_a_browser_asks_no_server_and_tells_the_console_nothing(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium")
    page = tmp_path / "report.html"
    page.write_text(report("html"), encoding="utf-8")
    picture = tmp_path / "report.png"
    log = tmp_path / "net.json"
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += ["--disable-background-networking", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--enable-logging=stderr", "--v=0", f"--log-net-log={log}", "--window-size=1000,2000"]
    done = subprocess.run([*command, f"--screenshot={picture}", page.as_uri()], capture_output=True, timeout=120)
    assert picture.stat().st_size > 20_000
    assert b"CONSOLE" not in done.stderr
    urls = set(re.findall(r'"url":"(https?://[^"]+)"', log.read_text(errors="replace")))
    assert not any(host in url for url in urls for host in ("doi.org", "github.io", "datacite"))
