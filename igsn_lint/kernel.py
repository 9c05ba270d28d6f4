"""What each version of the DataCite schema knows, read from the one table that the schemas are written from."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from igsn_lint import data
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMESPACE = "http://datacite.org/schema/kernel-4"
"""The namespace of all versions of kernel 4."""

VERSIONS = ("4.0", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7")

NEWEST = VERSIONS[-1]
"""The newest version of kernel 4, which is what DataCite itself checks every kernel-4 record against."""

XSD_URL = "https://schema.datacite.org/meta/kernel-4/metadata.xsd"
"""Where DataCite keeps the XSD of the newest version."""

_OLD = lazy(r"kernel-([23](?:\.[0-9]+)?)(?![0-9.]*[0-9])")
_MINOR = lazy(r"kernel-(4\.[0-9]+)(?:/|$)")


@lru_cache(maxsize=64)
def retired(text: str | None) -> str | None:
    """Return the version of kernel 2 or 3 that a namespace or location names, or None."""
    match = _OLD.search(text) if text else None
    return match[1] if match else None


def not_judged(version: str) -> str:
    """Return what is told of records of a retired version."""
    return f"kernel-{version}: DataCite no longer takes this schema, records are not validated"


@lru_cache(maxsize=64)
def minor(text: str | None) -> str | None:
    """Return the version that a location or schemaVersion names if it is older than the newest, else None."""
    match = _MINOR.search(text) if text else None
    return match[1] if match and match[1] in VERSIONS[:-1] else None


class Child(NamedTuple):
    """A child that an element may have: its own form, how often it must and may stand there."""

    form: Form
    least: int
    most: int | None


class Form(NamedTuple):
    """What an element may hold: its children by name, whether in this order or one of them, and its attributes."""

    children: Mapping[str, Child]
    in_order: bool
    attributes: Mapping[str, bool]
    one_of: bool = False

    @property
    def needed(self) -> list[str]:
        """The names of the children that it must have."""
        return [] if self.one_of else [name for name, child in self.children.items() if child.least]

    def holder_of(self, name: str) -> str | None:
        """Return the child in which elements of this name belong, or None."""
        return next((outer for outer, child in self.children.items() if name in child.form.children), None)


_NOTHING = Form({}, False, {})


FACTS = "datacite/facts"
"""The table that the DataCite schemas are written from, among those of all schemas."""


@cache
def _table(name: str) -> dict[str, Any]:
    # Written from the TOML by schemas/build.py: reading that takes twenty times as long.
    return _json(os.path.join(data.folder("schemas"), *f"{name}.json".split("/")))


def _json(path: str) -> dict[str, Any]:
    import orjson

    with open(path, "rb") as file:
        found: dict[str, Any] = orjson.loads(file.read())
    return found


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _bounds(occurs: str) -> tuple[int, int | None]:
    least, _, most = occurs.partition("..")
    most = most or least
    return int(least), None if most == "*" else int(most)


@cache
def form(version: str = NEWEST, name: str | None = None, table: str = FACTS) -> Form:
    """Return what a record of this version of a table may hold, or what the shape of this name may."""
    facts = _table(table)
    shape = facts["shape"].get(name or facts["root"])
    if shape is None:
        return _NOTHING

    def rows(kind: str) -> Iterable[dict[str, Any]]:
        now = _number(version)
        for row in shape.get(kind, ()):
            if _number(row.get("since", "0")) <= now <= _number(row.get("until", "99")):
                yield row

    children = {}
    order = shape.get("order", "any")
    if not isinstance(order, str):
        order = next(row["is"] for row in order if _number(version) <= _number(row.get("until", "99")))
    for row in rows("children"):
        inner = form(version, row["is"], table)
        if "list" in row:
            inner = Form({row["list"]: Child(inner, *_bounds(row["items"]))}, True, {})
        least, most = _bounds(row["occurs"])
        children[row["name"]] = Child(inner, least, None if order in {"any", "mixed"} else most)
    attributes = {row["name"]: bool(row.get("required")) for row in rows("attributes")}
    return Form(children, order == "sequence", attributes, order == "choice")


def form_at(found: Form, way: Iterable[str]) -> Form:
    """Return what the element may hold that these names lead to from one of this form on."""
    for name in way:
        child = found.children.get(name)
        if child is None:
            return _NOTHING
        found = child.form
    return found


@cache
def json_keys(version: str, way: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of the object that these keys lead to in DataCite JSON; lists in between are passed over."""
    found = json_schema(version)
    for key in way:
        found = _resolved(version, found.get("properties", {}).get(key, {}))
    return tuple(found.get("properties", {}))


def _resolved(version: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object, or of what a list holds."""
    while True:
        if "$ref" in schema:
            schema = json_schema(version)["$defs"][schema["$ref"].rpartition("/")[2]]
        elif "items" in schema:
            schema = schema["items"]
        else:
            return schema


@cache
def json_schema(version: str) -> dict[str, Any]:
    """Return the JSON Schema of this version."""
    return _json(path(f"datacite-{version}.schema.json"))


def path(name: str, folder: str = "datacite") -> str:
    """Return the path of a file among the DataCite schemas, or in another folder of schemas."""
    return os.path.join(data.folder("schemas"), folder, name)
