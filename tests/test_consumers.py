"""What other programs say of the SARIF log and the HTML report of many files: GitHub's rules, axe-core, a parser.

The programs come from npm: ``@microsoft/sarif-multitool-linux`` and ``axe-core``, looked for in ``node_modules`` of the
checkout or in the folder that the variable NODE_MODULES names. ``.ci/run`` installs them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from conftest import SHARED

ROOT = Path(__file__).parents[1]
NODE_MODULES = Path(os.environ.get("NODE_MODULES", ROOT / "node_modules"))

pytestmark = pytest.mark.slow


def reports(folder: Path, into: Path) -> Path:
    """Check a folder, and return where ``report.sarif`` and ``report.html`` are."""
    outputs = [f"--format={form}={into}/report.{form}" for form in ("sarif", "html")]
    command = [sys.executable, "-m", "igsn_lint", "check", ".", *outputs, "--fail-on", "never"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return into


@pytest.fixture(scope="module", params=["examples", "corpora"])
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reports over a collection are; the first has comments that silence and a baseline, too."""
    into: Path = tmp_path_factory.mktemp(request.param)
    if request.param == "corpora":
        return reports(request.getfixturevalue("corpora"), into)
    folder = into / "a, b & <c>"
    shutil.copytree(ROOT / "examples", folder)
    baseline = [sys.executable, "-m", "igsn_lint", "baseline", "create", "clean", "faulty/manuscript.md"]
    subprocess.run(baseline, cwd=folder, check=True, capture_output=True)
    (folder / "igsn-lint.toml").write_text("baseline = 'igsn-lint-baseline.jsonl'\n")
    (folder / "silent.md").write_text('IGSN: AU1101 <!-- igsn-lint: ignore[IL2] "house" & <style> -->\n')
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    return reports(folder, into)


def node_module(name: str) -> Path:
    path = NODE_MODULES / name
    if not path.is_file():
        pytest.skip(f"there is no {path} (npm install {name.rpartition('/')[0]}, or set NODE_MODULES)")
    return path


def test_sarif_is_valid_by_its_schema(reported: Path) -> None:
    schema = SHARED / "facts" / "sarif-2.1.0.schema.json"
    if not schema.is_file():
        pytest.skip("the SARIF schema (../shared/facts) is not beside this checkout")
    log = json.loads((reported / "report.sarif").read_text(encoding="utf-8"))
    errors = jsonschema_rs.Draft7Validator(json.loads(schema.read_text())).iter_errors(log)
    assert [(error.message[:200], error.instance_path) for error in errors] == []
    assert len(log["runs"][0]["results"]) > 10


def test_sarif_has_no_error_and_no_warning_by_the_rules_of_github(reported: Path) -> None:
    program = shutil.which("Sarif.Multitool") or node_module("@microsoft/sarif-multitool-linux/Sarif.Multitool")
    verdict = reported / "verdict.sarif"
    command = [str(program), "validate", str(reported / "report.sarif"), "--rule-kind", "Sarif;Ghas"]
    command += ["--output", str(verdict), "--log", "ForceOverwrite", "--level", "Error;Warning"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    # It exits with 0 whatever it finds.
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr
    (run,) = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"]
    assert [(result["ruleId"], result["message"], result["locations"]) for result in run["results"]] == []
    assert run["invocations"][0]["executionSuccessful"]
    assert not run["invocations"][0].get("toolConfigurationNotifications")


class _Page(HTMLParser):
    VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "col", "wbr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def test_html_is_well_formed_and_asks_for_nothing(reported: Path) -> None:
    text = (reported / "report.html").read_text(encoding="utf-8")
    page = _Page(text)
    assert page.open == []
    results = json.loads((reported / "report.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert sum(tag == "article" for tag, _ in page.tags) == sum("suppressions" not in result for result in results)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & {tag for tag, _ in page.tags}
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(names)) == len(names)
    links = [str(attributes["href"]) for tag, attributes in page.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(names)
    assert all(link.startswith(("#", "https://")) for link in links)
    assert not [c for c in text if ord(c) < 32 and c not in "\n\t"]


AXE = """<script>%s</script>
<script>
for (const part of document.querySelectorAll("details")) { part.open = true; }
axe.run(document, {resultTypes: ["violations"]}).then(
  (found) => found.violations.map((v) => [v.id, v.impact, v.nodes.length, v.nodes.slice(0, 3).map((n) => n.html)]),
  (error) => [String(error)],
).then((said) => { document.title = "axe:" + JSON.stringify(said) + ":axe"; document.body.remove(); });
</script>
</body>"""


def test_html_is_accessible_by_the_rules_of_axe(reported: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium")
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    page = tmp_path / "report.html"
    text = (reported / "report.html").read_text(encoding="utf-8")
    page.write_text(text.replace("</body>", AXE.replace("%s", axe)), encoding="utf-8")
    command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += ["--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1000,2000"]
    command += ["--virtual-time-budget=120000", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    _, _, rest = done.stdout.partition("axe:[")
    assert rest, done.stdout[:2000] + done.stderr[-2000:]
    violations: list[Any] = json.loads("[" + rest.partition(":axe")[0])
    assert violations == []
