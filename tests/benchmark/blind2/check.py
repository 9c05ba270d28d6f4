"""Sees that every expected ID really stands in its document (case and breaks ignored)."""

import html
import json
import os
import re
import sys
import unicodedata
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
DROP = re.compile(r"<(w:del|text:tracked-changes|mc:Fallback|del)\b.*?</\1>|<!--.*?-->", re.S)

INLINE = re.compile(
    r"</?(b|span|wbr|break|lb|bold|r|t|rPr|w:r|w:t|w:rPr|w:b|w:i|w:softHyphen|text:span)(\s[^>]*)?/?>|<\?.*?\?>"
)


def text(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as z:
            return "\n".join(z.read(n).decode("utf-8") for n in sorted(z.namelist()) if n.endswith((".xml", ".rels")))
    with open(path, "rb") as f:
        raw = f.read()
    t = raw.decode("utf-8")
    if path.endswith((".json", ".ipynb", ".geojson")):
        return json.dumps(json.loads(t), ensure_ascii=False).replace("\\n", "\n")
    if path.endswith(".rtf"):
        t = re.sub(r"\{\\deleted[^}]*\}", "", t)
        t = re.sub(r"\\(cell|row|par|intbl)\b", " \n\n", t)
        t = re.sub(r"\\super \d\\nosupersub", " ", t).replace(r"\_", "-").replace(r"\~", " ")
        t = re.sub(r"\\u(\d+)\?", lambda m: chr(int(m[1])), t)
        t = re.sub(r"[{}]|\\[a-z]+-?\d* ?", "", t)
    if path.endswith(".tex"):
        t = t.split(r"\end{document}")[0]
        t = re.sub(r"(?m)^%.*$|\\iffalse.*?\\fi|\\-", "", t)
        t = re.sub(r"\\iffalse.*?\\fi", "", t, flags=re.S)
    if path.endswith(".bib"):
        t = re.sub(r"@comment\{.*?\n\}\}", "", t, flags=re.S)
    if path.endswith(".rst"):
        t = re.sub(r"(?m)^\.\. The following.*$", "", t)
        t = re.sub(r"[ |]*\n[ |]*T?-?3?[ |]*", "\n", t)
    if path.endswith(".yaml"):
        t = re.sub(r"(?m)(^|\s)#.*$", "", t)
    if path.endswith(".md"):
        t = t.replace("**", "")
    return t


def squash(t):
    t = re.sub("[\u00b9\u00b2\u00b3\u1d43\u1d47\u1d9c]", " ", t)
    t = unicodedata.normalize("NFKC", html.unescape(t)).upper().replace("\u2010", "-")
    t = re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", t)
    return [t, re.sub(r"-?[ >|]*\n[ >|]*", "", t)]


def stands(ident, path):
    t = DROP.sub("", text(path))
    flat = re.sub(r"<w:vertAlign.*?</w:r>", " ", t)
    flat = re.sub(r"<[^>]*>", " ", INLINE.sub("", flat))
    forms = squash(t) + squash(flat)
    border = r"(?<![A-Z0-9])" + re.escape(ident) + r"(?![A-Z0-9])"
    return any(re.search(border, x) for x in forms)


def main():
    bad, seen, total = [], set(), 0
    with open(os.path.join(HERE, "expected.jsonl"), encoding="utf-8") as f:
        rows = [json.loads(x) for x in f]
    for row in rows:
        name = row["file"]
        if name in seen:
            bad.append("%s: twice" % name)
        seen.add(name)
        ids = row["ids"] + row["optional"]
        if len(set(ids)) != len(ids):
            bad.append("%s: an ID twice" % name)
        if ("/none_" in name) != (not row["ids"]):
            bad.append("%s: name and ids do not agree" % name)
        for i in row["ids"]:
            total += 1
            if i != i.upper() or not stands(i, os.path.join(HERE, name)):
                bad.append("%s: %s does not stand there" % (name, i))
    there = {"documents/" + x for x in os.listdir(os.path.join(HERE, "documents"))}
    bad += ["%s: not in both places" % x for x in sorted(there ^ seen)]
    print("\n".join(bad) or "ok: %d documents, %d expected IDs" % (len(rows), total))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
