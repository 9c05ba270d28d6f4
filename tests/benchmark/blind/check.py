"""Check that every expected ID can be seen in its document, and that no document lacks a line.

This looks for strings whose spelling is known beforehand; it does not find IDs by itself.
"""

import html
import json
import pathlib
import re
import sys
import zipfile
from urllib.parse import unquote

HERE = pathlib.Path(__file__).resolve().parent
DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    for name in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            pass
    return raw.decode("latin-1")


def text_of(path: pathlib.Path) -> str:
    """The document as one string, and as one without its tags, entities and control words."""
    raw = path.read_bytes()
    if raw[:2] == b"PK":
        with zipfile.ZipFile(path) as z:
            whole = "\n".join(decoded(z.read(n)) for n in z.namelist() if n.endswith((".xml", ".rels")))
    else:
        whole = decoded(raw)
    if whole.startswith("{\\rtf"):
        whole = re.sub(r"\\'([0-9a-f]{2})", lambda m: bytes.fromhex(m[1]).decode("cp1252"), whole)
        whole += re.sub(r"\\[a-z]+-?\d* ?|\\[-*]|[{}]", "", whole)
    bare = re.sub(r"<[^>]*>", "", re.sub(r"<w:delText.*?</w:delText>", "", whole))
    return "\n".join((whole, html.unescape(whole), html.unescape(bare), unquote(whole)))


def normal(text: str) -> str:
    """Upper case without blanks, hyphens, backslashes and invisible characters."""
    return re.sub(r"[\s\\\-\u2010-\u2015]", "", text.translate(DROPPED)).upper()


def main() -> int:
    lines = [json.loads(s) for s in (HERE / "expected.jsonl").read_text("utf-8").splitlines()]
    bad = []
    for entry in lines:
        path = HERE / entry["file"]
        if not path.is_file():
            bad.append(f"{entry['file']}: no such file")
            continue
        text = normal(text_of(path))
        for one in entry["ids"]:
            if one != one.upper():
                bad.append(f"{entry['file']}: {one} is not in upper case")
            parts = one.split("/") if one.startswith("10.") else [one]
            if not all(normal(p) in text for p in parts):
                bad.append(f"{entry['file']}: {one} is not there")
        if len(set(entry["ids"])) != len(entry["ids"]) or set(entry["ids"]) & set(entry.get("optional", [])):
            bad.append(f"{entry['file']}: an ID is listed twice")
    listed = sorted(e["file"] for e in lines)
    there = sorted(p.relative_to(HERE).as_posix() for p in (HERE / "documents").iterdir() if p.name[0] != ".")
    if listed != there:
        bad.append(f"listed and present differ: {sorted(set(listed) ^ set(there))}")
    print(
        "\n".join(bad)
        or f"{len(lines)} documents, {sum(len(e['ids']) for e in lines)} IDs: all there;"
        f" {sum(not e['ids'] for e in lines)} documents without any"
    )
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
