"""Opens the DataCite schemas, decides validity with the fastest exact engine, and explains only what failed."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from igsn_lint import data
from igsn_lint.model import Place, SchemaFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEWEST = "4.7"
"""The newest version of DataCite's kernel 4, which is what DataCite itself checks every kernel-4 record against."""


@cache
def _xsd(version: str) -> Any:
    from lxml import etree

    path = os.path.join(data.folder("schemas"), "datacite", f"datacite-{version}.xsd")
    return etree.XMLSchema(etree.parse(path))


@cache
def _json_validator(version: str) -> Any:
    import jsonschema_rs
    import orjson

    path = os.path.join(data.folder("schemas"), "datacite", f"datacite-{version}.schema.json")
    with open(path, "rb") as file:
        return jsonschema_rs.validator_for(orjson.loads(file.read()))


def xml_faults(element: Any) -> Iterable[SchemaFault]:
    """Return what the newest schema refuses in a kernel-4 record; nothing for a valid one."""
    schema = _xsd(NEWEST)
    if schema.validate(element):
        return ()
    return list(_explain_xml(element, schema.error_log))


def json_faults(record: dict[str, Any], path: tuple[str | int, ...], *, partial: bool = False) -> Iterable[SchemaFault]:
    """Return what the newest schema refuses in the attributes of a JSON record that stands at ``path``.

    ``partial`` leaves out what is missing at the top: a draft or an update is judged for what is there.
    """
    validator = _json_validator(NEWEST)
    if validator.is_valid(record):
        return ()
    return list(_explain_json(validator.iter_errors(record), path, partial=partial))


_XSD_MESSAGE = re.compile(
    r"^Element '(?P<element>[^']+)'(?:, attribute '(?P<attribute>[^']+)')?: (?P<rest>.*)$", re.DOTALL
)
_NAMESPACE = re.compile(r"\{[^}]*\}")


def _explain_xml(element: Any, log: Any) -> Iterator[SchemaFault]:
    """Yield one fault for each value or element that libxml2 complains about, its first complaint.

    libxml2 says twice what is wrong with a value (the facet, then the type), and its paths count from the record.
    """
    seen: set[tuple[Any, str | None]] = set()
    for error in log:
        target = _at(element, error.path)
        match = _XSD_MESSAGE.match(error.message)
        attribute = match["attribute"] if match else None
        text = _NAMESPACE.sub("", match["rest"] if match else error.message).strip()
        part: str | None = attribute
        if attribute is None and len(target) == 0 and "not expected" not in text and "Missing child" not in text:
            part = "" if target.text else None
        if (target, part) in seen:
            continue
        seen.add((target, part))
        name = _NAMESPACE.sub("", match["element"]) if match else str(target.tag).rpartition("}")[2]
        subject = f"attribute {_NAMESPACE.sub('', attribute)} of {name}" if attribute else name
        yield SchemaFault(Place((target, part)), f"{subject}: {_own_words(text)}")


def _at(element: Any, path: str | None) -> Any:
    """Return the element that libxml2's path names; the record itself where it names none."""
    found = element
    for index in re.findall(r"/\*(?:\[(\d+)\])?", path or "")[1:]:
        children = [child for child in found if isinstance(child.tag, str)]
        position = int(index or 1) - 1
        if position >= len(children):
            break
        found = children[position]
    return found


_XSD_WORDS: tuple[tuple[str, str], ...] = (
    (r"Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.?", "a required element is missing: {0}"),
    (
        r"This element is not expected\. Expected is (?:one of )?\( (.*) \)\.?",
        "does not belong here; expected: {0}",
    ),
    (r"This element is not expected\.?", "does not belong here, or stands twice"),
    (
        r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.?",
        '"{0}" is none of the controlled values {1}',
    ),
    (
        r"\[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '.*'\.?",
        '"{0}" has not the required form',
    ),
    (r"\[facet 'minLength'\].*", "may not be empty"),
    (
        r"\[facet '(?:min|max)(?:In|Ex)clusive'\] The value '(.*)' is (?:less|greater) than the .* \('(.*)'\)\.?",
        '"{0}" is out of range, the limit is {1}',
    ),
    (r"'(.*)' is not a valid value of the .*type '.*'\.?", '"{0}" is no valid value here'),
    (r"The attribute '(.*)' is not allowed.*", 'the attribute "{0}" does not exist here'),
    (r"The attribute '(.*)' is required but missing\.?", 'the attribute "{0}" is missing'),
    (r"Character content (?:other than whitespace )?is not allowed.*", "text may not stand here"),
    (r"Element content is not allowed.*", "elements may not stand here"),
)


def _own_words(text: str) -> str:
    """Return what libxml2 says in words that a curator understands."""
    for pattern, words in _XSD_WORDS:
        if match := re.fullmatch(pattern, text.strip(), re.DOTALL):
            values = [" ".join(group.split()) for group in match.groups()]
            return words.format(*(value.replace("'", "") if i else value for i, value in enumerate(values)))
    return text


def _explain_json(errors: Iterable[Any], path: tuple[str | int, ...], *, partial: bool) -> Iterator[SchemaFault]:
    """Yield one fault for each place that the JSON Schema refuses."""
    seen: set[tuple[str | int, ...]] = set()
    for error in errors:
        at = tuple(error.instance_path)
        message = str(error.message)
        missing = message.endswith("is a required property") or "anyOf" in message
        if (partial and missing and not at) or at in seen:
            continue
        if not missing:
            seen.add(at)
        yield SchemaFault(Place((*path, *at)), f"{'.'.join(map(str, at)) or 'record'}: {message}")
