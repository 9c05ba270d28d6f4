"""``igsn-lint fix``: what it changes, what it leaves, and that it comes to rest."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from igsn_lint.api import lint
from igsn_lint.cli import cli
from igsn_lint.discover import discover
from igsn_lint.engine import Engine
from igsn_lint.finder import find
from igsn_lint.fixes import mend, patch
from igsn_lint.inputs import Input
from igsn_lint.model import Settings
from igsn_lint.readers import format_of, read
from igsn_lint.registry import Registry
from igsn_lint.source import Source

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[1]
REGISTRY = Registry.load()
ENGINE = Engine(REGISTRY, Settings(handle_map={"IE": "10.58052"}), set(REGISTRY.codes) - {"IL210"})

MARKDOWN = "Größe — see [IGSN: 10.58052/IE001](http://dx.doi.org/10.58052/IE001) and 10273/IE002.\r\nEnd\r\n"
XML = """<?xml version="1.0" encoding="{encoding}"?>\r
<resource xmlns="http://datacite.org/schema/kernel-4">\r
  <identifier identifierType="DOI">https://doi.org/10.58052/IE001</identifier>\r
  <creators><creator><creatorName>Müller &amp; Söhne</creatorName></creator></creators>\r
  <titles><title>Rock</title></titles><publisher>P</publisher><publicationYear>2020</publicationYear>\r
  <resourceType resourceTypeGeneral="PhysicalObject">Rock</resourceType>\r
  <relatedIdentifiers>\r
    <relatedIdentifier relatedIdentifierType="IGSN" relationType="IsPartOf">10.58052/IE&#48;02</relatedIdentifier>\r
    <relatedIdentifier relatedIdentifierType="DOI" relationType="IsPartOf">10.58052/IE001</relatedIdentifier>\r
  </relatedIdentifiers>\r
</resource>"""
JSON = (
    '{"doi": "https:\\/\\/doi.org\\/10.58052\\/IE001", "creators": [{"name": "M\\u00fcller ü"}],\n'
    ' "titles": [{"title": "Rock"}], "publisher": "P", "publicationYear": 2020,\n'
    ' "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Rock"}, "relatedIdentifiers": [\n'
    '  {"relatedIdentifier": "10.58052\\/IE002", "relatedIdentifierType": "IGSN", "relationType": "IsPartOf"},\n'
    '  {"relatedIdentifier": "10.58052\\/IE001", "relatedIdentifierType": "DOI", "relationType": "IsPartOf"}]}'
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"]


def mended(name: str, data: bytes, *, unsafe: bool = False) -> bytes:
    done = mend(Input(name, lambda: data), ENGINE, unsafe=unsafe)
    assert done is not None
    return done.data


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fix", "--ignore", "IL210", *arguments])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_only_the_edited_characters_of_a_text_change_in_any_encoding(encoding: str) -> None:
    expected = MARKDOWN.replace("IGSN: ", "igsn:").replace("http://dx.doi.org", "https://doi.org")
    assert mended("a.md", MARKDOWN.encode(encoding)) == expected.encode(encoding)
    expected = expected.replace("10273/IE002", "https://doi.org/10.58052/IE002")
    assert mended("a.md", MARKDOWN.encode(encoding), unsafe=True) == expected.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_only_the_edited_characters_of_xml_change_in_any_encoding(encoding: str) -> None:
    old = XML.format(encoding=encoding.removesuffix("-sig"))
    expected = old.replace("https://doi.org/10", "10").replace('"IGSN"', '"DOI"')
    assert mended("a.xml", old.encode(encoding)) == expected.encode(encoding)


def test_unsafe_fix_takes_a_relation_out_with_its_tags_and_nothing_else() -> None:
    old = XML.format(encoding="utf-8")
    line = "\r\n" + next(line for line in old.splitlines() if "IsPartOf" in line and "IE001" in line)
    expected = old.replace("https://doi.org/10", "10").replace('"IGSN"', '"DOI"').replace(line, "")
    assert mended("a.xml", old.encode(), unsafe=True) == expected.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_keeps_its_way_of_escaping(encoding: str) -> None:
    expected = JSON.replace("https:\\/\\/doi.org\\/", "").replace('"IGSN"', '"DOI"')
    assert mended("a.json", JSON.encode(encoding)) == expected.encode(encoding)


def test_unsafe_fix_takes_an_entry_out_of_a_json_list_with_its_comma() -> None:
    new = mended("a.json", JSON.encode(), unsafe=True).decode()
    assert new.endswith('"relationType": "IsPartOf"}]}')
    assert new.count("relationType") == 1
    # The same where it is the first of the list.
    first, second = JSON.splitlines()[3:5]
    swapped = JSON.replace(first, second.removesuffix("]}") + ",").replace(
        f"\n{second}", f"\n{first.removesuffix(',')}]}}", 1
    )
    assert mended("a.json", swapped.encode(), unsafe=True).decode().count("relationType") == 1


PART = "relatedIdentifier: 10.58052/IE002\n  relatedIdentifierType: DOI\n  relationType: IsPartOf\n"
FLOW = "{relatedIdentifier: 10.58052/IE002, relatedIdentifierType: DOI, relationType: IsPartOf}"
SELF = PART.replace("IE002", "IE001")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"- {PART}- {PART}", f"- {PART}"),
        (f"- {PART}- {PART}".rstrip(), f"- {PART}".rstrip()),
        (f"- {PART}# c\n- {PART.rstrip()} # mine\n\n# d\nsizes: []\n", f"- {PART}# c\n\n# d\nsizes: []\n"),
        (f"- {PART}-\n  {PART}sizes: []\n", f"- {PART}sizes: []\n"),
        (f"- {FLOW}\n- {FLOW}\n", f"- {FLOW}\n"),
        (f"  [{FLOW},\n  {FLOW}]\n", f"  [{FLOW}]\n"),
        (f"  [{FLOW} , {FLOW}, ]\n", f"  [{FLOW} , ]\n"),
        (f"- {SELF}- {PART}", f"- {PART}"),
        (f"  [{FLOW.replace('IE002', 'IE001')} , {FLOW}]\n", f"  [{FLOW}]\n"),
        # Where something else stands on the lines, an alias names it, or it is the only one.
        (f"- {PART}- # c\n  {PART}", f"- {PART}- # c\n  {PART}"),
        (f"- {PART}- &a\n  {PART}x: *a\n", f"- {PART}- &a\n  {PART}x: *a\n"),
        (f"- &a {FLOW}\n- *a\n", f"- &a {FLOW}\n- *a\n"),
        (f"- {SELF}", f"- {SELF}"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_entry_of_a_yaml_list_is_taken_out_with_its_lines_or_its_comma(before: str, after: str, ending: str) -> None:
    head = (
        "doi: 10.58052/IE001\ncreators: [{name: Müller}]\ntitles: [{title: Rock}]\npublisher: P\n"
        "publicationYear: 2020\ntypes: {resourceTypeGeneral: PhysicalObject, resourceType: Rock}\nrelatedIdentifiers:\n"
    )
    data = (head + before).replace("\n", ending).encode("utf-8-sig")
    assert mended("x.yaml", data, unsafe=True) == (head + after).replace("\n", ending).encode("utf-8-sig")


@pytest.mark.parametrize("value", ["a: b: c", "[", "&a [*a]"])
def test_yaml_that_can_not_be_read_is_not_edited(value: str) -> None:
    data = f"x: {value}\nigsn: IEAAA0001\nurl: http://dx.doi.org/10.58052/IEAAA0002\n".encode()
    assert mended("x.yaml", data, unsafe=True) == data
    assert not any(finding.edits for finding in lint(("x.yaml", data)).findings)


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    data = b"bad \xc3\x28\xff bytes, IGSN: 10.58052/IE001 and \xfe again"
    assert mended("a.md", data) == data.replace(b"IGSN: ", b"igsn:")


def test_second_run_changes_nothing_and_the_findings_are_gone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "faulty", tmp_path / "faulty")
    assert run("--unsafe", str(tmp_path)).exit_code == 0
    again = run("--unsafe", str(tmp_path))
    assert again.output == "0 places in 0 files fixed\n"
    left = CliRunner().invoke(cli, ["check", str(tmp_path), "-f", "json"]).stdout
    assert '"edits": [{' not in left


def test_diff_changes_no_file_and_is_a_patch_that_gives_what_fix_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples" / "faulty", tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    (tmp_path / "a" / "end.md").write_text("no newline: IGSN: 10.58052/IE001")
    shutil.copy(tmp_path / "a" / "end.md", tmp_path / "b" / "end.md")
    monkeypatch.chdir(tmp_path / "a")
    before = {path: path.read_bytes() for path in (tmp_path / "a").rglob("*") if path.is_file()}
    shown = run("--diff", ".")
    assert shown.exit_code == 1
    assert {path: path.read_bytes() for path in before} == before
    subprocess.run(["git", "apply", "-"], cwd=tmp_path / "b", input=shown.stdout_bytes, check=True)
    assert run(".").exit_code == 0
    for path in before:
        assert (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes() == path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="names that other systems do not allow")
@pytest.mark.parametrize("name", ["a b.md", "Größe 試料.md", "tab\there.md", "two\nlines.md", 'a"b.md', "a\\b.md"])
def test_patch_names_any_file_so_that_git_finds_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x\n")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch(name, b"x\n", b"y\n"), check=True)
    assert (tmp_path / name).read_bytes() == b"y\n"


def test_patch_of_equal_states_is_empty() -> None:
    assert patch("a", b"x\ny", b"x\ny") == b""


def test_clean_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "clean.md"
    path.write_text("[igsn:10.58052/IE001](https://doi.org/10.58052/IE001)\n")
    os.utime(path, (1, 1))
    assert run(str(path)).exit_code == 0
    assert path.stat().st_mtime == 1


def test_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_text("IGSN: 10.58052/IE001\n")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real)
    assert run(str(link)).exit_code == 0
    assert link.is_symlink()
    assert real.read_text() == "igsn:10.58052/IE001\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_read_only_file_is_told_and_left(tmp_path: Path) -> None:
    kept, other, link = tmp_path / "kept", tmp_path / "a.md", tmp_path / "link.md"
    for path in (kept, other):
        path.write_text("IGSN: 10.58052/IE001\n")
    kept.chmod(0o444)
    # As git-annex has it: the file is locked, and a link leads to it.
    link.symlink_to(kept)
    done = run(str(link), str(other))
    assert done.exit_code == 2
    assert "link.md: it is read-only and left as it is" in done.stderr
    assert kept.read_text() == "IGSN: 10.58052/IE001\n"
    assert other.read_text() == "igsn:10.58052/IE001\n"
    assert run("--diff", str(link)).exit_code == 1


def test_file_that_was_changed_meanwhile_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("IGSN: 10.58052/IE001\n")

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        made = mend(*arguments, **options)
        path.write_text("IGSN: 10.58052/IE001 and more\n")
        return made

    monkeypatch.setattr("igsn_lint.fixes.mend", meanwhile)
    done = run(str(path))
    assert done.exit_code == 2
    assert "a.md: it was changed meanwhile and is left as it is" in done.stderr
    assert path.read_text() == "IGSN: 10.58052/IE001 and more\n"


def test_path_that_does_not_exist_is_told_and_the_others_are_fixed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("IGSN: 10.58052/IE001\n")
    done = run(str(tmp_path / "none.md"), str(path))
    assert done.exit_code == 2
    assert "no such file" in done.stderr
    assert path.read_text() == "igsn:10.58052/IE001\n"


def test_many_places_that_make_one_finding_are_all_fixed() -> None:
    text = "".join(f"IGSN: 10.58052/IE{n:05}\n\n" for n in range(50))
    assert mended("a.md", text.encode()) == text.replace("IGSN: ", "igsn:").encode()


FORMS = (
    "igsn:10.58052/SSH{}",
    "IGSN: 10.58052/SSH{}",
    "10.58052/SSH{}",
    "doi:10.58052/SSH{}",
    "http://dx.doi.org/10.58052/SSH{}",
    "IGSN SSH{}",
)
ELEMENTS = {
    "html": ("a", "b", "h1", "title", "textarea", "option", "summary", "pre", "td", "script", "svg", "label", "del"),
    "xml": ("pub-id", "uri", "xref", "ext-link", "tex-math", "bold", "kwd", "code", "fn", "object-id", "idno"),
}
PLACES = {
    "md": (
        "Core {} was split.", "- {}", "# Core {} {{#id}}", "{}\n---", "| {} |\n|---|\n| {} |", "<!-- {} -->",
        "[see {} here](x.md) ![{}](a.png '{}')", "<b>{}</b> <button>{}</button>", "<div>\n{}\n</div>", "<pre>{}</pre>",
        "Seen [@{}; @smith2020].", "Seen @{} too.", '{{{{< igsn id="{}" >}}}}', "${}$ and $$ {} $$", "[[{}]] [^1]: {}",
        r"\igsn{{{}}} \emph{{{}}}", "```yaml\nx: {}\n```", "Code\n\n    x: {}", "`{}` **{}**", "+----+\n| {} |\n+----+",
        "[a]: {}", "<a name='x'>{}</a> <{}> [{}]",
    ),
    "html": tuple(
        f"<p>Core {{}}</p><{name}>{{}}</{name}>"
        for name in ELEMENTS["html"]
    ),
    "xml": tuple(
        f"<p>Core {{}} <{name}>{{}}</{name}></p>"
        for name in ELEMENTS["xml"]
    ),
    "rst": (
        "Core {} was split.", "Core {}\n-----------------------", "``{}`` *{}*", "Code::\n\n   x: {}", ".. {}",
        "====  ======\nRock  ID\n====  ======\nx     {}\n====  ======", ".. note:: {}", ":doi:`{}`",
    ),
    "yaml": ('- "Core {}"', "- |\n  Core {}\n  and", '- ["{}"]', "- {{igsn: '{}'}}"),
}  # fmt: skip
AROUND = {
    "xml": "<article xmlns:xlink='http://www.w3.org/1999/xlink'>\n{}</article>\n",
    "md": "---\ntitle: >-\n  Core igsn:10.58052/SSH9\ndoi: 10.58052/SSH8\nx: [{{igsn: SSH7}}, 'IGSN: SSH6']\n---\n{}",
}
TWICE = re.compile(
    r"igsn:\s*igsn:|\]\([^()\s]*\)\]\(|<a\b[^>]*>[^<]*<a\b|<ext-link\b[^>]*>[^<]*<ext-link\b|<<", re.IGNORECASE
)


@settings(max_examples=60, deadline=None)
@given(
    ending=st.sampled_from(sorted(PLACES)),
    chosen=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=6),
    line=st.sampled_from(["\n", "\r\n"]),
)
@example(ending="md", chosen=[(80, 77)], line="\n")
def test_fixes_keep_the_ids_double_nothing_and_come_to_rest(
    ending: str, chosen: list[tuple[int, int]], line: str
) -> None:
    pieces = []
    for number, (place, form) in enumerate(chosen):
        pattern = PLACES[ending][place % len(PLACES[ending])]
        ids = [FORMS[(form + i) % len(FORMS)].format(f"{number}A{i}") for i in range(pattern.count("{}") or 1)]
        pieces.append(pattern.format(*ids))
    text = ("\n" if ending == "yaml" else "\n\n").join([*pieces, ""])
    text = AROUND.get(ending, "{}").format(text).replace("\n", line)
    name, before = f"x.{ending}", text.encode()
    every = Engine(REGISTRY, Settings(), set(REGISTRY.codes))
    done = mend(Input(name, lambda: before), every, unsafe=False)
    assert done is not None
    again = mend(Input(name, lambda: done.data), every, unsafe=False)
    assert again is not None
    assert again.data == done.data
    assert samples(name, done.data) == samples(name, before)
    assert TWICE.findall(done.data.decode()) == TWICE.findall(text)
    left = [f for f in lint((name, done.data), select=sorted(REGISTRY.codes)).findings if f.edits and f.safe]
    assert not left
    if ending in {"yaml", "md"}:
        head = done.data.decode().split("---")[1] if ending == "md" else done.data.decode()
        old = text.split("---")[1] if ending == "md" else text
        assert keys(yaml.safe_load(head)) == keys(yaml.safe_load(old))


@pytest.mark.parametrize("tag", ["igsn:", "doi:"])
@pytest.mark.parametrize("glue", ["-", "0"])
def test_a_tag_that_is_joined_to_what_stands_before_it_is_not_doubled(tag: str, glue: str) -> None:
    done = mended("x.txt", f"see IGSNs igsn:IEABC0886 {glue}{tag}10.58052/IEABC0001 there".encode())
    assert b"igsn:igsn:" not in mended("x.txt", done)


@pytest.mark.parametrize(
    "text", ["\\documentclass{10.58052/I", "\\ref{10.58052/S ", "\\cite[igsn:10.58052/SSH0001 and\n\nmore"]
)
def test_a_fix_that_would_be_asked_for_again_is_not_made(text: str) -> None:
    every = Engine(REGISTRY, Settings(), set(REGISTRY.codes))
    done = mend(Input("x.tex", text.encode), every, unsafe=False)
    assert done is not None
    assert done.data.count(b"\\href") <= 1
    again = mend(Input("x.tex", lambda: done.data), every, unsafe=False)
    assert again is not None
    assert again.data == done.data


@pytest.mark.parametrize(
    ("suffix", "written"), [("A(B)C1", "A(B)C1"), ("A((BC1", "A%28%28BC1"), ("AB(1", "AB%281"), ("A(B-C1", "A%28B-C1")]
)
def test_a_link_in_markdown_does_not_end_at_a_bracket_of_its_id(suffix: str, written: str) -> None:
    every = Engine(REGISTRY, Settings(), set(REGISTRY.codes))
    data = f"See igsn:10.60510/{suffix} here.\n".encode()
    done = mend(Input("x.md", lambda: data), every, unsafe=True)
    assert done is not None
    assert done.data.decode() == f"See [igsn:10.60510/{suffix}](https://doi.org/10.60510/{written}) here.\n"
    again = mend(Input("x.md", lambda: done.data), every, unsafe=True)
    assert again is not None
    assert again.data == done.data


def samples(name: str, data: bytes) -> set[str]:
    document = read(Source(name, data), format_of(name) or "", Settings())
    return {mention.sample for part in document.parts() for mention in find(part, Settings())}


def keys(value: object) -> object:
    """Return a value with nothing but its keys and the number of its entries."""
    if isinstance(value, dict):
        return {key: keys(child) for key, child in value.items()}
    return [keys(child) for child in value] if isinstance(value, list) else type(value)


def test_fixes_of_real_files_come_to_rest_and_change_little(corpora: Path) -> None:
    count = 0
    for found in discover([str(corpora / "records"), str(corpora / "manuscripts")], []):
        data = Path(found.path).read_bytes()
        if len(data) > 300_000:
            continue
        item = Input(found.name, lambda data=data: data, named=False)  # type: ignore[misc]
        done = mend(item, ENGINE, unsafe=True)
        if done is None or done.data == data:
            continue
        count += 1
        again = mend(Input(found.name, lambda new=done.data: new, named=False), ENGINE, unsafe=True)  # type: ignore[misc]
        assert again is not None, found.name
        assert again.data == done.data, found.name
        # Of what is packed one character changes much: tests/test_fix_packages.py looks into it.
        if len(data) < 20_000 and not data.startswith(b"PK"):
            same = sum(
                block.size for block in SequenceMatcher(None, data, done.data, autojunk=False).get_matching_blocks()
            )
            assert same >= 0.8 * len(data), found.name
    assert count >= 5
