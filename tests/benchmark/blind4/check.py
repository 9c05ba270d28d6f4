"""See that every expected ID stands in its document, and that the list and the folder agree."""

import html
import json
import re
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


def pdf_text(data):
    lines = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", data, re.S):
        for line in stream.decode("cp1252").split("\n"):
            if line.endswith(("Tj", "TJ")):
                shown = re.sub(r"\)-278\(", " ", line)
                lines.append(re.sub(r"\\(.)", r"\1", shown[shown.index("(") + 1 : shown.rindex(")")]))
    return "\n".join(lines)


def readings(path):
    """The text of a document as a reader may see it: as it is, without markup, with broken lines joined."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        text = pdf_text(data)
    elif path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            text = "\n".join(archive.read(name).decode() for name in archive.namelist())
    else:
        text = data.decode()
    yield text
    yield html.unescape(re.sub(r"<[^>]*>", "", text))
    joined = re.sub(r"(?<=[0-9A-Za-z])-\n\s*", "", text)
    yield re.sub(r"(?<=/)\n\s*", "", joined)
    if path.suffix == ".tex":  # \igsn{X} of a macro that sets the prefix before its argument
        for name, start in re.findall(r"\\newcommand\{\\(\w+)\}\[1\]\{\\href\{https://doi\.org/([^#]*)#1\}", text):
            yield re.sub(rf"(?m)^%.*|\\{name}\{{([^}}]*)\}}", lambda found, start=start: start + (found[1] or ""), text)


def stands(identifier, text):
    return re.search(rf"(?<![0-9A-Z]){re.escape(identifier)}(?![0-9A-Z])", text.upper())


def main():
    faults, seen, total = [], [], 0
    for number, line in enumerate((HERE / "expected.jsonl").read_text().splitlines(), 1):
        entry = json.loads(line)
        path = HERE / entry["file"]
        seen.append(path)
        ids, optional = entry["ids"], entry.get("optional", [])
        total += len(ids)
        if path.name.startswith("none_") == bool(ids):
            faults.append(f"line {number}: name and IDs of {path.name} disagree")
        if len(set(ids + optional)) != len(ids + optional):
            faults.append(f"line {number}: an ID twice")
        texts = list(readings(path))
        for identifier in ids + optional:
            if identifier != identifier.upper() or not any(stands(identifier, text) for text in texts):
                faults.append(f"{path.name}: {identifier} does not stand there")
            if "/" not in identifier and any(
                re.search(rf"10\.\d{{5}}/{re.escape(identifier)}(?![0-9A-Z])", text.upper()) for text in texts
            ):
                faults.append(f"{path.name}: {identifier} stands there as a DOI")
    missing = set((HERE / "documents").iterdir()) ^ set(seen)
    faults += [f"listed or there, not both: {path.name}" for path in sorted(missing)]
    print("\n".join(faults) or f"{len(seen)} documents, {total} IDs: all stand where they should")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
