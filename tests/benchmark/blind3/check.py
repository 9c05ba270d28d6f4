"""Sees that every expected ID really stands in its document, in its form and outside what is deleted."""

import html
import json
import os
import re
import sys
import unicodedata
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(HERE, "documents")
GONE = re.compile(r"<(w:del|text:tracked-changes)\b.*?</\1>|<!--.*?-->", re.S)
WITHIN = re.compile(r"</?(w:r|w:t|w:rPr|w:proofErr|w:ins|sup|a|b|i)(\s[^>]*)?/?>", re.I)


def text(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as z:
            t = "\n".join(z.read(n).decode("utf-8") for n in z.namelist() if n.endswith((".xml", ".rels")))
    else:
        with open(path, encoding="utf-8-sig") as f:
            t = f.read()
    if path.endswith((".json", ".ipynb", ".geojson")):
        t = json.dumps(json.loads(t), ensure_ascii=False).replace("\\n", "\n")
    if path.endswith(".tex"):
        t = re.sub(r"(?m)(?<!\\)%.*$|\\-", "", t.split(r"\end{document}")[0])
        t = re.sub(r"\\igsn\{(\w+)\}", r"https://doi.org/10.58052/\1", t)
    if path.endswith((".cff", ".yaml")):
        t = re.sub(r"(?m)(^|\s)#.*$", "", t)
    if path.endswith(".rst"):
        t = re.sub(r"(?m)^\.\. (?!_|\||\w+::).*$", "", t)
    return unicodedata.normalize("NFKC", html.unescape(GONE.sub("", t))).upper()


def stands(ident, t):
    return re.search(rf"(?<![A-Z0-9]){re.escape(ident)}(?![A-Z0-9])", t)


def main():
    with open(os.path.join(HERE, "expected.jsonl"), encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    wrong = []
    files = [row["file"] for row in rows]
    if files != sorted(set(files)) or {f[10:] for f in files} != set(os.listdir(DOCS)):
        wrong.append("the lines and the documents are not the same, or are out of order")
    for row in rows:
        raw = text(os.path.join(HERE, row["file"]))
        flat = re.sub("<[^>]*>", " ", WITHIN.sub("", raw))
        ids = row["ids"] + row.get("optional", [])
        if len(ids) != len(set(ids)) or bool(row["ids"]) == ("/none_" in row["file"]):
            wrong.append(f"{row['file']}: twice the same, or IDs in a document of none")
        for ident in ids:
            if ident != ident.upper() or not (stands(ident, raw) or stands(ident, flat)):
                wrong.append(f"{row['file']}: {ident} does not stand there")
            if "/" not in ident and re.search(rf"10\.\d{{5}}/{re.escape(ident)}(?![A-Z0-9])", raw):
                wrong.append(f"{row['file']}: {ident} stands there as DOI, too")
    print("\n".join(wrong) or f"{len(rows)} documents, {sum(len(r['ids']) for r in rows)} IDs: all there")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
