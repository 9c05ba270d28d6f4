"""Whether a value is what a JSON Schema asks for, in words for people who write configurations."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Steps = tuple["str | int", ...]
"""The keys and indices that lead to a value."""

_TYPES: dict[str, tuple[type, str]] = {
    "string": (str, "a text"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "array": (list, "a list"),
    "object": (dict, "a table"),
}


def faults(value: Any, schema: dict[str, Any], steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Yield what is wrong with a value and where, by the part of JSON Schema that the configuration uses."""
    if "anyOf" in schema:
        tried = [list(faults(value, option, steps)) for option in schema["anyOf"]]
        if all(tried):
            # The option that fits best is the one that was meant.
            yield from max(tried, key=lambda found: len(found[0][0]))
        return
    if "enum" in schema and (not isinstance(value, str) or value not in schema["enum"]):
        yield steps, f"expected one of {', '.join(schema['enum'])}" + _near(value, schema["enum"])
        return
    if "type" in schema:
        wanted, words = _TYPES[schema["type"]]
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            yield steps, f"expected {words}"
            return
    if "pattern" in schema and re.fullmatch(schema["pattern"], value) is None:
        yield steps, f"expected {schema['title']}"
    if value == "" and schema.get("minLength"):
        yield steps, "expected a text that is not empty"
    if isinstance(value, int) and value < schema.get("minimum", value):
        yield steps, f"expected a number of at least {schema['minimum']}"
    if isinstance(value, int) and value > schema.get("maximum", value):
        yield steps, f"expected a number of at most {schema['maximum']}"
    if schema.get("format") == "date" and not _is_date(value):
        yield steps, "expected a date such as 2027-01-31"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield steps, "expected a list that is not empty"
        for i, entry in enumerate(value):
            yield from faults(entry, schema.get("items", {}), (*steps, i))
    if isinstance(value, dict):
        for key in schema.get("required", ()):
            if key not in value:
                yield steps, f"the key {key!r} is missing"
        known = schema.get("properties", {})
        others = schema.get("additionalProperties", {})
        for key, entry in value.items():
            yield from faults(key, schema.get("propertyNames", {}), (*steps, key))
            if key in known:
                yield from faults(entry, known[key], (*steps, key))
            elif others is False:
                yield (*steps, key), "there is no such key" + _near(key, known)
            else:
                yield from faults(entry, others, (*steps, key))


def _near(value: object, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(value).lower(), list(names), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
