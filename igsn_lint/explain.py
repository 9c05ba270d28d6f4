"""Says in a curator's words what a schema engine found: one fault for each thing that is wrong, and what is right."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint import data
from igsn_lint.model import Place, SchemaFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LIBXML2 = re.compile(r"^Element '(?P<element>[^']+)'(?:, attribute '(?P<attribute>[^']+)')?: (?P<rest>.*)$", re.DOTALL)
_NAMESPACE = re.compile(r"\{https?:[^}]*\}")
_STEP = re.compile(r"/\*(?:\[(\d+)\])?")

_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"\[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '.*'\.?",
        '"{0}" has not the required form',
    ),
    (r"\[facet '(?:minLength|length)'\].*", "it may not be empty"),
    (
        r"\[facet '(?:min|max)(?:In|Ex)clusive'\] The value '(.*)' is (?:less|greater) than the .* \('(.*)'\)\.?",
        '"{0}" is out of range, the limit is {1}',
    ),
    (r"'(.*)' is not a valid value of the .*type '.*'\.?", '"{0}" is no valid value here'),
    (r"The attribute '(.*)' is not allowed.*", 'there is no attribute "{0}" here'),
    (r"The attribute '(.*)' is required but missing\.?", 'the attribute "{0}" is missing'),
    (r"Character content (?:other than whitespace )?is not allowed.*", "text may not stand here"),
    (r"Element content is not allowed.*", "elements may not stand here"),
)
_MISSING = re.compile(r"Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.?", re.DOTALL)
_UNEXPECTED = re.compile(
    r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?", re.DOTALL
)
_NOT_IN_LIST = re.compile(
    r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.?", re.DOTALL
)


@cache
def required_children(version: str) -> dict[str, frozenset[str]]:
    """Return for each element of the schema of this version the names of the children that it must have."""
    import tomllib

    with open(os.path.join(data.folder("schemas"), "datacite", "facts.toml"), "rb") as file:
        facts = tomllib.load(file)
    shapes = facts["shape"]
    found: dict[str, set[str]] = {}

    def visit(element: str, shape: str) -> None:
        if element in found or shape not in shapes:
            return
        needed = found.setdefault(element, set())
        for row in shapes[shape].get("children", ()):
            if not row.get("since", version) <= version <= row.get("until", version):
                continue
            if not str(row.get("occurs", "1")).startswith("0"):
                needed.add(row["name"])
            inner = row.get("list", row["name"])
            if "list" in row:
                wrapper = found.setdefault(row["name"], set())
                if not str(row.get("items", "0")).startswith("0"):
                    wrapper.add(inner)
            if isinstance(row.get("is"), str):
                visit(inner, row["is"])

    visit(facts["root"], facts["root"])
    return {element: frozenset(names) for element, names in found.items()}


def explain_xml(element: Any, log: Any, version: str) -> Iterator[SchemaFault]:
    """Yield one fault for each value or element of a record that libxml2 complains about.

    libxml2 says twice what is wrong with a value (the facet, then the type); its paths count from the record.
    """
    seen: set[tuple[Any, str | None]] = set()
    for error in log:
        target = _at(element, error.path)
        match = _LIBXML2.match(error.message)
        attribute = match["attribute"] if match else None
        rest = _NAMESPACE.sub("", match["rest"] if match else error.message).strip()
        part: str | None = attribute
        if attribute is None and len(target) == 0 and target.text and "element" not in rest:
            part = ""
        if (target, part) in seen:
            continue
        seen.add((target, part))
        name = _NAMESPACE.sub("", match["element"]) if match else str(target.tag).rpartition("}")[2]
        subject = f"attribute {_NAMESPACE.sub('', attribute)} of {name}" if attribute else name
        holder = target if "Missing child" in rest else target.getparent()
        needed = required_children(version).get(
            "" if holder is None else str(holder.tag).rpartition("}")[2], frozenset()
        )
        yield SchemaFault(Place((target, part)), f"{subject}: {_in_words(rest, needed)}")


def _at(element: Any, path: str | None) -> Any:
    """Return the element that libxml2's path names, as far as it can be followed from the record."""
    found = element
    for index in _STEP.findall(path or "")[1:]:
        children = [child for child in found if isinstance(child.tag, str)]
        position = int(index or 1) - 1
        if position >= len(children):
            break
        found = children[position]
    return found


def _in_words(rest: str, needed: frozenset[str]) -> str:
    """Return libxml2's complaint in words that a curator understands; of what it expects, only what is needed."""
    if match := _MISSING.fullmatch(rest):
        return f"missing: {_expected(match[1], needed)}"
    if match := _UNEXPECTED.fullmatch(rest):
        known = match["expected"]
        return (
            f"it does not belong here; expected: {_expected(known, needed)}"
            if known
            else "there is no such element here, or it stands twice"
        )
    if match := _NOT_IN_LIST.fullmatch(rest):
        return not_in_list(match[1], re.findall(r"'([^']*)'", match[2]))
    for pattern, words in _WORDS:
        if match := re.fullmatch(pattern, rest, re.DOTALL):
            return words.format(*(" ".join(group.split()) for group in match.groups()))
    return rest


def _expected(names: str, needed: frozenset[str]) -> str:
    """Return which of the expected elements are needed; all of them where none is."""
    listed = [name.strip().lstrip("*") for name in names.split(",")]
    return ", ".join([name for name in listed if name in needed] or listed)


def not_in_list(value: str, options: Iterable[str]) -> str:
    """Return the sentence for a value that is none of a controlled list; it names the nearest right one."""
    terms = {option.lower(): option for option in options}
    near = get_close_matches(value.strip().lower(), terms, n=1, cutoff=0.9)
    if near:
        return f'"{value}" is no term of the controlled list; the nearest is {terms[near[0]]}'
    shown = ", ".join(sorted(terms.values())[:8])
    return f'"{value}" is no term of the controlled list ({shown}{", …" if len(terms) > 8 else ""})'


_TYPES = {"object": "an object", "array": "a list", "string": "a text", "number": "a number", "integer": "a number"}


def explain_json(errors: Iterable[Any], path: tuple[str | int, ...], *, partial: bool) -> Iterator[SchemaFault]:
    """Yield one fault for each place that the JSON Schema refuses; missing keys are told at the object that lacks them.

    ``partial`` leaves out what is missing at the top.
    """
    missing: dict[tuple[str | int, ...], list[str]] = {}
    faults: dict[tuple[str | int, ...], str] = {}
    for error in errors:
        error = _seen(error)
        at = error.path
        kind = error.kind
        if kind == "Required":
            if at or not partial:
                missing.setdefault(at, []).append(str(error.detail))
        elif kind != "AnyOf" or at:
            faults.setdefault(at, _json_words(kind, error))
    for at, keys in missing.items():
        words = f"missing: {', '.join(keys)}"
        faults[at] = f"{faults[at]}; {words}" if at in faults else words
    for at, words in faults.items():
        yield SchemaFault(Place((*path, *at)), f"{_named(at)}: {words}")


def _named(at: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in at if isinstance(step, str)) or "record"


class _Seen(NamedTuple):
    """One error in the same terms for both JSON engines."""

    path: tuple[str | int, ...]
    kind: str
    value: Any
    detail: Any
    message: str


_KINDS = {
    "required": "Required",
    "enum": "Enum",
    "additionalProperties": "AdditionalProperties",
    "type": "Type",
    "pattern": "Pattern",
    "minLength": "MinLength",
    "minItems": "MinItems",
    "minimum": "Minimum",
    "maximum": "Maximum",
    "anyOf": "AnyOf",
}


def _seen(error: Any) -> _Seen:
    """Return an error of jsonschema-rs or of jsonschema in the same terms."""
    if hasattr(error, "instance_path"):
        kind = type(error.kind).__name__.rpartition("_")[2]
        fields = {"Required": "property", "Enum": "options", "AdditionalProperties": "unexpected", "Type": "types"}
        detail = getattr(error.kind, fields.get(kind, "limit"), None)
        return _Seen(tuple(error.instance_path), kind, error.instance, detail, str(error.message))
    detail = error.validator_value
    if error.validator == "required":
        detail = next((key for key in detail if f"'{key}' is" in error.message), detail)
    elif error.validator == "additionalProperties":
        detail = re.findall(r"'([^']*)'", error.message)
    kind = _KINDS.get(str(error.validator), str(error.validator))
    return _Seen(tuple(error.absolute_path), kind, error.instance, detail, str(error.message))


def _json_words(kind: str, error: _Seen) -> str:
    """Return one complaint of the JSON engine in words that a curator understands."""
    value, detail = error.value, error.detail
    shown = f'"{value}"' if isinstance(value, str) else "a list" if isinstance(value, list) else str(value)
    if kind == "Enum":
        return not_in_list(str(value), [str(option) for option in detail if option is not None])
    if kind == "AdditionalProperties":
        return "unknown here: " + ", ".join(f'"{key}"' for key in sorted(detail))
    if kind == "Type":
        found = "an object" if isinstance(value, dict) else "null" if value is None else shown
        names = [detail] if isinstance(detail, str) else [str(name) for name in detail]
        wanted = " or ".join(dict.fromkeys(_TYPES.get(name, name) for name in names if name != "null"))
        return f"expected {wanted}, not {found}"
    if kind == "Pattern":
        return f"{shown} has not the required form"
    if kind == "MinLength":
        return "it may not be empty"
    if kind == "MinItems":
        return f"at least {detail} must be given"
    if kind in {"Minimum", "Maximum"}:
        return f"{shown} is out of range, the limit is {detail}"
    return error.message
