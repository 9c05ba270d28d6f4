"""Reads the rule pages: each is the rule's data, its documentation and its tests in one Markdown file."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from igsn_lint.model import PROFILES, SEVERITIES, Rule
from igsn_lint.patterns import lazy

_HEAD = lazy(r"\A# (?P<title>[^\n]+)\n\s*```toml\n(?P<toml>.*?)\n```\n\s*(?P<demand>[^\n]+(?:\n[^\n]+)*)", re.DOTALL)
_HEADING = lazy(r"^## (?P<name>[^\n]+)$", re.MULTILINE)
_FENCE = lazy(r"^(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)


_TEXT = {"type": "string", "minLength": 1}
_SUBJECTS = ("Mention", "Gap", "Record", "Document", "Collection", "Suppression")
_LEVELS = {
    "type": "object",
    "properties": {profile: {"enum": (*SEVERITIES, "off")} for profile in PROFILES},
    "required": PROFILES,
    "additionalProperties": False,
}
_DATA = {
    **dict.fromkeys(("code", "name", "since", "source", "strength"), _TEXT),
    "severity": _LEVELS,
    "subject": {"enum": _SUBJECTS},
    "fix": {"enum": ("none", "safe", "unsafe")},
}
_SCHEMA = {
    "required": tuple(_DATA),
    "properties": {**_DATA, "gives-way-to": {"type": "array", "items": _TEXT}, "plain": _TEXT, "ask": _TEXT},
}
"""What a page says of its rule, as the JSON Schema of its toml block."""


class BadPage(ValueError):
    """A rule page that does not follow the form; the message names the page and what is missing."""


class ExampleFile(NamedTuple):
    """One file of an example: its name and its text."""

    name: str
    text: str


class Example(NamedTuple):
    """One example of a rule page: its files, how it is checked, what is reported, and how the fixed file looks."""

    line: int
    conforms: bool
    files: tuple[ExampleFile, ...]
    options: dict[str, str]
    output: str | None
    fixed: str | None


_NAME = lazy(rb'^name = "([a-z0-9-]+)"$', re.MULTILINE)
_HEAD_SIZE = 2048


def name_on(path: str) -> str:
    """Return the name of the rule that a page describes, without reading more of it than its head.

    Raises what ``read_page`` raises.
    """
    with open(path, "rb") as file:
        match = _NAME.search(file.read(_HEAD_SIZE).replace(b"\r\n", b"\n"))
    return match[1].decode() if match is not None else read_page(path).name


def read_page(path: str) -> Rule:
    """Return the Rule that a page describes.

    Raises BadPage where the page lacks a part or is no UTF-8, and OSError where it can not be read.
    """
    import tomllib

    from igsn_lint.values import faults

    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        head = _HEAD.match(text)
        if head is None:
            raise BadPage(f"{path}: a page begins with a title line, a toml block and the demand")
        data = tomllib.loads(head["toml"])
    except UnicodeDecodeError as error:
        raise BadPage(f"{path}: it is no UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise BadPage(f"{path}: the toml block is broken: {error}") from error
    for steps, wrong in faults(data, _SCHEMA, ()):
        raise BadPage(f"{path}: the toml block: {'.'.join(map(str, steps))}{': ' if steps else ''}{wrong}")
    if f"{data['code']}.md" != os.path.basename(path):
        raise BadPage(f"{path}: the page says that it is {data['code']}")
    severities = data["severity"]
    return Rule(
        code=data["code"],
        name=data["name"],
        severity={profile: None if severities[profile] == "off" else severities[profile] for profile in PROFILES},
        subject=data["subject"],
        since=data["since"],
        fix=data["fix"],
        source=data["source"],
        strength=data["strength"],
        gives_way_to=tuple(data.get("gives-way-to", ())),
        demand=" ".join(head["demand"].split()),
        title=head["title"],
        text=text,
        plain=data.get("plain", ""),
        ask=data.get("ask", ""),
    )


def examples(rule: Rule) -> list[Example]:
    """Return the examples of a page, in order.

    A fence with a file name is a file; fences that follow one another without text between them are one collection;
    ``output`` and ``fixed`` fences belong to the files before them.
    """
    found: list[Example] = []
    section = ""
    marks = sorted(
        [(match.start(), "heading", match) for match in _HEADING.finditer(rule.text)]
        + [(match.start(), "fence", match) for match in _FENCE.finditer(rule.text)],
        key=lambda mark: mark[0],
    )
    files: list[ExampleFile] = []
    options: dict[str, str] = {}
    output = fixed = None
    line = end = 0

    def close() -> None:
        nonlocal files, options, output, fixed
        if files:
            found.append(Example(line, section.startswith("Conforms"), tuple(files), options, output, fixed))
        files, options, output, fixed = [], {}, None, None

    for start, kind, match in marks:
        if kind == "heading":
            if start < end:
                continue
            close()
            section = match["name"].strip()
            continue
        words = match["info"].split()
        if words[:1] == ["output"]:
            output = match["body"]
        elif words[:1] == ["fixed"]:
            fixed = match["body"]
        elif len(words) > 1 and section in {"Conforms", "Does not conform"}:
            if output is not None or fixed is not None or rule.text[end:start].strip():
                close()
            if not files:
                line = rule.text.count("\n", 0, start) + 1
            files.append(ExampleFile(words[1], match["body"]))
            options.update((key, value) for key, _, value in (word.partition("=") for word in words[2:]))
        end = match.end()
    close()
    return found
