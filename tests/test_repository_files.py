"""What others build on besides the command: the pre-commit hooks and the GitHub Action; and the harness in bench/."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from igsn_lint import lint
from igsn_lint.readers import EXTENSIONS

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sys.executable).parent
BASH = shutil.which("bash")
CLEAN = "The sample is igsn:10.60516/AU1101 (https://doi.org/10.60516/AU1101).\n"
FAULTY = json.dumps(
    {
        "doi": "10.58052/SSH000SUA",
        "creators": [{"name": "White, Tim"}],
        "titles": [{"title": "Soil core 7"}],
        "publisher": "SESAR",
        "publicationYear": 2012,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Core"},
    }
)
"""A sample that is called a data set: IL402."""


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command without what git and pre-commit tell their children about another repository."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    env |= more.pop("env", {})
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False, env=env, **more
    )


# --------------------------------------------------------------------------------------------------------- pre-commit


def hooks() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for hook in found}


@pytest.mark.parametrize(
    ("command", "name"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")],
)
def test_pre_commit_takes_the_file(command: str, name: str) -> None:
    done = run(sys.executable, "-m", "pre_commit", command, ROOT / name)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize("extension", [*sorted(set(EXTENSIONS) - {""}), ".jsonl.gz", ".ndjson.gz"])
def test_hook_gets_every_kind_of_file_that_is_read(extension: str) -> None:
    pattern = re.compile(hooks()["igsn-lint"]["files"])
    assert pattern.search(f"data/a b{extension}")
    assert pattern.search(f"A{extension.upper()}")


@pytest.mark.parametrize("name", ["plot.png", "json", "a.json.gz", "axml", "a.mdx", "Makefile"])
def test_hook_leaves_other_files_alone(name: str) -> None:
    assert re.search(hooks()["igsn-lint"]["files"], name) is None


def test_hook_for_the_whole_set_runs_once_and_always() -> None:
    hook = hooks()["igsn-lint-collection"]
    assert hook["entry"] == "igsn-lint check ."
    assert (hook["pass_filenames"], hook["require_serial"], hook["always_run"]) == (False, True, True)


def test_own_hooks_download_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a git repository with what this checkout holds now, committed or not."""
    folder = tmp_path_factory.mktemp("released") / "igsn-lint"
    skipped = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*_cache", ".hypothesis", "build", "dist", "*.tmp")
    shutil.copytree(ROOT, folder, ignore=skipped)
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    """Make a folder a git repository with all its files in one commit."""
    person = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for arguments in (("init", "-q"), ("add", "-A"), (*person, "commit", "-q", "--no-verify", "-m", "All")):
        done = run("git", *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def can_install(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where pip does not get what builds the package."""
    target = tmp_path_factory.mktemp("download")
    done = run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", target, "hatchling")
    if done.returncode != 0:
        pytest.skip("pip can not reach a package index")


@pytest.mark.slow
@pytest.mark.usefixtures("can_install")
def test_pre_commit_installs_and_runs_the_hooks(released: Path, tmp_path: Path) -> None:
    repository = tmp_path / "data"
    repository.mkdir()
    (repository / "clean note.md").write_text(CLEAN, encoding="utf-8")
    (repository / "plot.png").write_bytes(b"\x89PNG\r\n\x1a\n igsn:au 1")
    commit(repository)
    env = {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}

    def tried(hook: str) -> subprocess.CompletedProcess[str]:
        return run(
            sys.executable, "-m", "pre_commit", "try-repo", released, hook, "--all-files", cwd=repository, env=env
        )

    for hook in hooks():
        done = tried(hook)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Passed" in done.stdout
    (repository / "core.json").write_text(FAULTY, encoding="utf-8")
    assert run("git", "add", "core.json", cwd=repository).returncode == 0
    for hook in hooks():
        done = tried(hook)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "core.json" in done.stdout
        assert "IL402" in done.stdout


# -------------------------------------------------------------------------------------------------------- the action

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")


def test_action_is_valid() -> None:
    done = run(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_job_for_gitlab_is_valid() -> None:
    job = ROOT / "docs" / "igsn-lint.gitlab-ci.yml"
    done = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", job)
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = [line for line in yaml.safe_load(job.read_text("utf-8"))["igsn-lint"]["script"] if "check" in line]
    written = set(re.findall(r"=(\S+)", line))
    artifacts = yaml.safe_load(job.read_text("utf-8"))["igsn-lint"]["artifacts"]
    assert written == {*artifacts["paths"], *artifacts["reports"].values()}


def test_action_puts_no_expression_into_a_shell_line() -> None:
    shell = [step for step in STEPS if "run" in step]
    assert shell
    for step in shell:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_action_pins_other_actions_to_a_commit() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    for name, comment in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", name)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_action_uses_every_input_and_says_what_it_is_for() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, declared in ACTION["inputs"].items():
        assert re.search(rf"\binputs\.{name}(?: \}}\}}| ==)", text), name
        assert declared["description"]
        assert isinstance(declared["default"], str)


def environment(step: dict[str, Any], **inputs: str) -> dict[str, str]:
    """Return what GitHub puts into the environment of a step: its ``env``, with the inputs set in."""
    values = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    env = {}
    for name, value in step["env"].items():
        match = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
        assert match is not None, f"{name}: {value}"
        env[name] = values[match[1]]
    return env


class Job:
    """A job on a runner: its folders, and the check step of the action."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temp = folder / "work space", folder / "temp"
        self.workspace.mkdir()
        self.temp.mkdir()
        self.outputs: dict[str, str] = {}

    def check(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the check step in the way GitHub does and read its outputs."""
        step = next(step for step in STEPS if step.get("id") == "check")
        output = self.temp / "output"
        output.write_text("", encoding="utf-8")
        done = run(
            *(str(BASH), "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]),
            cwd=self.workspace,
            stdin=subprocess.DEVNULL,
            env={
                **environment(step, **inputs),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
                "RUNNER_TEMP": str(self.temp),
                "PATH": os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")]),
            },
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs = dict(line.split("=", 1) for line in lines)
        assert self.outputs.get("exit-code", "1") == str(done.returncode), done.stderr
        return done

    def rules(self) -> list[str]:
        """Return the rules of the results in the SARIF file that the outputs name."""
        sarif = json.loads((self.workspace / self.outputs["sarif-file"]).read_text(encoding="utf-8"))
        return [result["ruleId"] for sarif_run in sarif["runs"] for result in sarif_run["results"]]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Give a job with a clean and a faulty file in its workspace."""
    job = Job(tmp_path)
    (job.workspace / "clean note.md").write_text(CLEAN, encoding="utf-8")
    (job.workspace / "records").mkdir()
    (job.workspace / "records" / "soil core.json").write_text(FAULTY, encoding="utf-8")
    return job


@needs_bash
def test_action_passes_a_clean_file_with_a_space_in_its_name(job: Job) -> None:
    done = job.check(paths="clean note.md")
    assert done.returncode == 0, done.stdout + done.stderr
    assert job.outputs == {
        "exit-code": "0",
        "errors": "0",
        "warnings": "0",
        "notes": "0",
        "sarif-file": str(job.temp / "igsn-lint.sarif"),
        "report-file": str(job.temp / "igsn-lint.html"),
    }
    assert job.rules() == []
    assert "0 errors" in (job.temp / "summary").read_text(encoding="utf-8")


@needs_bash
def test_action_fails_on_a_faulty_file_and_checks_everything_by_default(job: Job) -> None:
    done = job.check()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "records/soil core.json" in done.stdout
    assert "IL402" in job.rules()


@needs_bash
def test_action_takes_several_paths_one_a_line(job: Job) -> None:
    done = job.check(paths="clean note.md\r\n\n  records/soil core.json  \n")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 files" in done.stdout
    assert done.stderr == ""
    assert job.outputs["errors"] == "1"


@needs_bash
def test_action_shows_annotations_and_a_summary_where_they_are_asked_for(job: Job) -> None:
    assert re.search(r"^::error file=records/soil core.json,title=IL402", job.check().stdout, re.MULTILINE)
    (job.temp / "summary").unlink()
    done = job.check(annotations="false", summary="false")
    assert "::error" not in done.stdout
    assert not (job.temp / "summary").exists()


@needs_bash
def test_action_lets_no_file_give_commands_to_the_runner(job: Job) -> None:
    (job.workspace / "evil.md").write_text("::error::igsn IGSN: 10.60516/AU1101\n", encoding="utf-8")
    done = job.check(args="--show note", annotations="false")
    begin, end = re.findall(r"^::(?:stop-commands::)?(igsn-lint-\d+)", done.stdout, re.MULTILINE)
    assert begin == end
    assert done.stdout.index("stop-commands") < done.stdout.index("evil.md") < done.stdout.rindex(end)


@needs_bash
def test_action_takes_a_configuration_a_baseline_and_a_folder(job: Job) -> None:
    (job.workspace / "records" / "own.toml").write_text("ignore = ['IL4', 'IL3']\n", encoding="utf-8")
    assert job.check(working_directory="records", config="own.toml").returncode == 0
    made = run(SCRIPTS / "igsn-lint", "baseline", "create", cwd=job.workspace)
    assert made.returncode == 0, made.stderr
    assert job.check(baseline="igsn-lint-baseline.jsonl").returncode == 0


@needs_bash
def test_action_hands_its_inputs_on(job: Job) -> None:
    assert job.check(fail_on="never").returncode == 0
    assert "IL402" in job.rules()
    assert job.check(ignore="IL3,IL4").returncode == 0
    assert job.check(select="IL402,IL2").returncode == 1
    assert job.rules() == ["IL402"]
    assert job.check(select="IL402", profile="cite").returncode == 0
    done = job.check(paths="clean note.md", args="  --quiet\n --show note ")
    assert (done.returncode, done.stderr) == (0, "")


@needs_bash
def test_action_writes_the_sarif_file_where_it_should(job: Job) -> None:
    assert job.check(sarif_file="out put/igsn.sarif").returncode == 1
    assert job.outputs["sarif-file"] == "out put/igsn.sarif"
    assert "IL402" in job.rules()
    # Written from the working directory on, and told from the workspace on, where the next step takes it.
    assert job.check(working_directory="records", sarif_file="igsn.sarif").returncode == 1
    assert job.outputs["sarif-file"] == "records/igsn.sarif"
    assert "IL402" in job.rules()
    assert job.check(sarif_file=str(job.temp / "own.sarif")).returncode == 1
    assert job.outputs["sarif-file"] == str(job.temp / "own.sarif")


@needs_bash
def test_action_says_where_it_could_not_run(job: Job) -> None:
    stale = job.workspace / "old.sarif"
    stale.write_text("{}", encoding="utf-8")
    done = job.check(select="IL999", sarif_file="old.sarif")
    assert done.returncode == 2
    assert "IL999" in done.stderr
    assert "sarif-file" not in job.outputs
    done = job.check(paths="clean note.md\nabsent.xml")
    assert done.returncode == 2
    assert "absent.xml" in done.stderr
    assert job.rules() == []


@needs_bash
@pytest.mark.parametrize("name", [name.replace("-", "_") for name in ACTION["inputs"] if "version" not in name])
def test_action_runs_nothing_that_an_input_holds(job: Job, name: str) -> None:
    if name != "upload_sarif":
        job.check(**{name: '$(touch pwned) "; touch pwned; `touch pwned`'})
    assert not list(job.workspace.rglob("pwned"))


@needs_bash
def test_action_takes_a_path_that_looks_like_an_option_for_a_path(job: Job) -> None:
    done = job.check(paths="--fail-on=never")
    assert done.returncode == 2
    assert "no such file" in done.stderr


# --------------------------------------------------------------------------------------------------------------- bench


def test_bench_records_have_the_faults_that_were_planted_and_no_others() -> None:
    spec = importlib.util.spec_from_file_location("corpora", ROOT / "bench" / "corpora.py")
    assert spec is not None
    assert spec.loader is not None
    corpora = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpora)
    count = 6 * corpora.FAULT_EVERY
    for form, write in (("json", corpora.to_json), ("xml", corpora.to_xml)):
        report = lint((f"{number}.{form}", write(corpora.record(number))) for number in range(count))
        errors = {finding.path: finding.rule for finding in report.findings if finding.severity == "error"}
        assert errors == {
            f"{corpora.FAULT_EVERY * (i + 1) - 1}.{form}": rule
            for i, rule in enumerate(["IL301", "IL301", "IL301", "IL301", "IL402"])
        }
        assert {f.path for f in report.findings if f.severity == "warning"} <= {*errors, f"{count - 1}.{form}"}


@pytest.mark.slow
def test_bench_measures_a_case() -> None:
    done = run(sys.executable, ROOT / "bench" / "run.py", "cold-start", "--rounds", "1")
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert re.search(r"^cold-start +\d+ ms", done.stdout, re.MULTILINE)


@pytest.mark.slow
def test_bench_shows_the_dearest_functions() -> None:
    done = run(sys.executable, ROOT / "bench" / "run.py", "--profile", "cold-start")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tottime" in done.stdout
