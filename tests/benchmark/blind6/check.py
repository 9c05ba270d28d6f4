"""Does each expected or optional ID stand in its document, and does each binary document open with a library of others?

Knows nothing of any finder. Needs lxml, pypdfium2, python-calamine (openpyxl and python-docx where they are installed).
"""

import ctypes
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as c
import python_calamine
from lxml import etree

HERE = Path(__file__).resolve().parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
bad = 0


def xml_text(data: bytes) -> str:
    t = etree.fromstring(data)
    out = []
    for el in t.iter():
        if isinstance(el.tag, str):
            if el.tag == W + "p" or el.tag.endswith("}p") or el.tag in (W + "br", W + "tab"):
                out.append("\n")
            out += [v for v in el.attrib.values()] if el.tag.endswith("Relationship") or any(k.endswith("href") for k in el.attrib) else []
            if el.tag != W + "delText":
                out.append(el.text or "")
        out.append(el.tail or "")
    return "".join(x if x.strip() or x == "\n" else x.strip("\n") for x in out)


def text_of(name: str, data: bytes) -> str:
    ext = name.rsplit(".", 1)[-1].lower()
    if ext in ("docx", "odt"):
        z = zipfile.ZipFile(io.BytesIO(data))
        assert z.testzip() is None
        return "\n".join(xml_text(z.read(m)) for m in z.namelist() if m.endswith((".xml", ".rels")))
    if ext in ("xlsx", "ods"):
        wb = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        out = [str(v) for s in wb.sheet_names for row in wb.get_sheet_by_name(s).to_python() for v in row]
        z = zipfile.ZipFile(io.BytesIO(data))
        assert z.testzip() is None
        out += [xml_text(z.read(m)) for m in z.namelist() if m.endswith((".xml", ".rels"))]
        try:
            import openpyxl

            if ext == "xlsx":
                openpyxl.load_workbook(io.BytesIO(data))
        except ImportError:
            pass
        return "\n".join(out)
    if ext == "pdf":
        d = pypdfium2.PdfDocument(data)
        out = []
        for p in d:
            out.append(p.get_textpage().get_text_range())
            for k in range(c.FPDFPage_GetAnnotCount(p)):
                a = c.FPDFPage_GetAnnot(p, k)
                act = c.FPDFLink_GetAction(c.FPDFAnnot_GetLink(a))
                n = c.FPDFAction_GetURIPath(d, act, None, 0)
                buf = ctypes.create_string_buffer(n)
                c.FPDFAction_GetURIPath(d, act, buf, n)
                out.append(bytes(buf).decode("latin-1").strip("\0"))
        return "\n".join(out)
    if ext == "zip":
        z = zipfile.ZipFile(io.BytesIO(data))
        assert z.testzip() is None
        return "\n".join(text_of(m, z.read(m)) for m in z.namelist())
    s = data.decode("cp1252" if ext == "rtf" else "utf-8")
    if ext == "rtf":
        assert s.count("{") == s.count("}")
        s = re.sub(r"\{\\deleted[^}]*\}", "", s)
        s = re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", s)
    if ext == "xml":
        etree.fromstring(data)
        s += re.sub(r"<!--.*?-->|<(del)>.*?</del>", "", s, flags=re.S)
        s += re.sub(r"<[^>]*>", "", s)
    if ext == "html":
        s += re.sub(r"<[^>]*>", "", s.replace("&shy;", ""))
    if ext == "json":
        json.loads(s)
    if ext == "tex":
        s += s.replace("\\-", "")
    return s


def squash(s: str) -> str:
    s = s.upper().replace("%2F", "/")
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02]+", "", s)


seen = set()
for line in (HERE / "expected.jsonl").read_text("utf-8").splitlines():
    row = json.loads(line)
    path = HERE / row["file"]
    seen.add(path.name)
    flat = squash(text_of(path.name, path.read_bytes()))
    both = row["ids"] + row.get("optional", [])
    if len(set(both)) != len(both) or len({x.split("/")[-1] for x in both}) != len(both) or any(x != x.upper() for x in both):
        bad += 1
        print("twice or not upper case:", path.name)
    for x in both:
        if x not in flat and x not in flat.replace("-", ""):
            bad += 1
            print("not in the document:", path.name, x)
        pre = re.search(r"10\.\d{4,5}/" + re.escape(x) + r"(?![0-9A-Z])", flat) if "/" not in x else None
        if pre:
            print("has a DOI after all?", path.name, x, pre.group())
    if path.name.startswith("none_") != (not row["ids"]):
        bad += 1
        print("none_ and ids do not agree:", path.name)
for f in sorted(p.name for p in (HERE / "documents").iterdir()):
    if f not in seen:
        bad += 1
        print("no line for", f)

before = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (HERE / "documents").iterdir()}
subprocess.run([sys.executable, str(HERE / "build.py")], check=True)
after = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (HERE / "documents").iterdir()}
if before != after:
    bad += 1
    print("build.py does not give the same bytes")
print(len(seen), "documents;", bad, "faults")
sys.exit(bool(bad))
