"""Long and compressed files of JSON Lines: the same findings as in one go, in bounded memory, whatever the bytes."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igsn_lint import parallel
from igsn_lint.api import files, lint
from igsn_lint.discover import discover
from igsn_lint.engine import Engine
from igsn_lint.model import Settings
from igsn_lint.progress import Progress
from igsn_lint.readers import jsonlines
from igsn_lint.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from igsn_lint.model import Profile, Report

REGISTRY = Registry.load()


def line(number: int, **extra: Any) -> str:
    return json.dumps(
        {
            "doi": f"10.58052/SSH{number:06}",
            "creators": [{"name": "White, Tim"}],
            "titles": [{"title": f"Soil core {number}, Köln"}],
            "publisher": {"name": "SESAR"},
            "publicationYear": 2012,
            "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core"},
            **extra,
        },
        ensure_ascii=False,
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "WHOLE", 3000)
    monkeypatch.setattr(jsonlines, "PIECE", 1000)


def seen(report: Report) -> list[tuple[Any, ...]]:
    return [
        (f.rule, f.region, f.pointer, f.text, f.message, f.count, [(r.region, r.text) for r in f.related], f.edits)
        for f in report.findings
    ]


def faulty(count: int) -> str:
    lines = []
    for i in range(count):
        if i % 7 == 3:
            lines.append(line(i, doi=f"10.58052/SSH–{i:06}"))
        elif i % 11 == 4:
            lines.append("{broken")
        elif i % 13 == 5:
            lines += ["", line(i).replace('"titles"', '"creators": [], "titles"')]
        else:
            lines.append(line(i))
    lines.append(line(1, publicationYear=2013))
    return "\n".join(lines)


@pytest.mark.parametrize("profile", [None, "cite"])
@pytest.mark.usefixtures("small")
def test_the_pieces_of_a_long_file_can_be_shared_out_over_processes(tmp_path: Path, profile: Profile | None) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([faulty(150), *(line(i, dates=[{"date": "June 2022"}]) for i in range(50))]))
    engine = Engine(REGISTRY, Settings(profile=profile), set(REGISTRY.codes))
    found = list(discover([str(tmp_path)], []))

    def report(jobs: int) -> Report:
        return engine.report(parallel.look(engine, found, jobs, Progress(0)), files(found))

    alone, shared = report(1), report(3)
    assert len(alone.findings) > 10
    assert max(finding.count for finding in alone.findings) > 20
    assert shared == alone
    assert shared.records == alone.records > 100


@pytest.mark.parametrize("feed", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_file_in_pieces_has_the_findings_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feed: str, bom: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((bom + faulty(90)).replace("\n", feed).encode())
    whole = lint(path)
    monkeypatch.setattr(jsonlines, "WHOLE", 3000)
    monkeypatch.setattr(jsonlines, "PIECE", 1000)
    pieces = lint(path)
    assert {f.rule for f in whole.findings} >= {"IL002", "IL004", "IL106", "IL601"}
    assert seen(pieces) == seen(whole)
    assert (pieces.records, pieces.mentions, pieces.files) == (whole.records, whole.mentions, 1)


@pytest.mark.usefixtures("small")
def test_a_compressed_file_has_the_findings_of_the_plain_one_and_no_edits(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(faulty(60), encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [found[:7] for found in seen(lint(packed))] == [found[:7] for found in seen(lint(plain))]
    assert not any(f.edits for f in lint(packed).findings)


def test_a_short_compressed_file_is_read_like_a_long_one(tmp_path: Path) -> None:
    packed = tmp_path / "a.ndjson.gz"
    packed.write_bytes(gzip.compress(line(1, doi="10.58052/SSH–1").encode()))
    (found,) = [f for f in lint(packed).findings if f.rule == "IL106"]
    assert found.edits == ()
    assert found.replacement


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.95])
def test_a_file_that_is_cut_off_is_one_finding_and_what_came_before_is_checked(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "a.jsonl.gz"
    data = gzip.compress(
        "\n".join(line(i * 7919 % 997, sizes=[str(i**9)], doi=f"10.58052/–{i}") for i in range(400)).encode()
    )
    path.write_bytes(data[: int(len(data) * kept)])
    report = lint(path, select=["IL001", "IL002", "IL106"])
    assert [f.message for f in report.findings if f.rule == "IL001"] == [
        "the compressed file is cut off: it ends before its end mark"
    ]
    assert kept < 0.1 or any(f.rule == "IL106" for f in report.findings)


def test_damaged_compressed_data_are_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    data = bytearray(gzip.compress(faulty(60).encode()))
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)
    assert [f.rule for f in lint(path, select=["IL0"]).findings].count("IL001") == 1


def test_a_file_that_grows_without_measure_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(line(1).encode() + b"\n")
        for _ in range(80):
            file.write(b" " * 2**20 + b"\n")
    start = time.process_time()
    assert [f.rule for f in lint(path, select=["IL0"]).findings] == ["IL005"]
    assert time.process_time() - start < 10


def test_a_line_beyond_the_limit_is_one_finding_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonlines, "WHOLE", 3000)
    monkeypatch.setattr(jsonlines, "PIECE", 1000)
    monkeypatch.setattr(jsonlines, "LONGEST_LINE", 5000)
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join([line(1), line(2, sizes=["x" * 20_000]), line(3, doi="10.58052/SSH–3")]), encoding="utf-8"
    )
    report = lint(path)
    assert [(f.rule, f.region and f.region.line) for f in report.findings if f.rule in {"IL005", "IL106"}] == [
        ("IL005", 2),
        ("IL106", 3),
    ]
    assert report.records == 2


def test_a_long_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line(1, sizes=['x' * 12_000_000])}\n{line(2, doi='10.58052/SSH–2')}\n", encoding="utf-8")
    report = lint(path)
    assert report.records == 2
    assert [f.region and f.region.line for f in report.findings if f.rule == "IL106"] == [2]


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.jsonl", gzip.compress(line(1).encode()), "IL006"),
        ("a.jsonl.gz", line(1).encode(), "IL006"),
        ("a.jsonl.gz", b"", None),
    ],
)
def test_what_the_name_says_of_compression_is_compared(
    tmp_path: Path, name: str, data: bytes, rule: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    report = lint(path, select=["IL0"])
    assert [f.rule for f in report.findings] == ([rule] if rule and data else [])
    assert report.records == (1 if data else 0)


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_a_report(data: bytes, packed: bool) -> None:
    lint(("x.jsonl.gz", gzip.compress(data) if packed else b"\x1f\x8b" + data))
    lint(("x.jsonl.gz", data))


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "WHOLE", 50_000)
    monkeypatch.setattr(jsonlines, "PIECE", 20_000)
    lint(("warm.jsonl", line(1).encode()), ignore=["IL4", "IL5", "IL6"])
    peaks = []
    for count in (500, 2_000):
        path = tmp_path / f"{count}.jsonl.gz"
        path.write_bytes(gzip.compress("".join(line(i) + "\n" for i in range(count)).encode(), 1))
        tracemalloc.start()
        lint(path, ignore=["IL4", "IL5", "IL6"])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_many_faulty_lines_take_a_time_that_is_linear(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        path = tmp_path / f"{count}.jsonl"
        path.write_text("".join(line(i, doi=f"https://doi.org/10.58052/A{i}") + "\n" for i in range(count)))
        start = time.process_time()
        report = lint(path, select=["IL401"])
        assert [f.count for f in report.findings] == [count]
        assert len(report.findings[0].related) == count - 1
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 16 * seconds(500)
