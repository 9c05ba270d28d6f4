"""Write the XSDs and JSON Schemas from the tables of facts: `datacite/facts.toml` and those in `igsn/`.

usage: python schemas/build.py [--check]

Without arguments every `NAME-VERSION.xsd` and `datacite-4.X.schema.json` is written anew, and each table as JSON. With
`--check` nothing is written: the exit code is 1 where a file is not what its table says.
"""

import argparse
import json
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).resolve().parent
HERE = FOLDER / "datacite"
TABLES = ("datacite/facts.toml", "igsn/registration.toml", "igsn/description.toml")
"""The tables, by their paths from here."""

NOTE = "Written by schemas/build.py from schemas/{}: change the table, not this file."

Row: TypeAlias = dict[str, Any]
"""A row of the table, or a table of rows."""

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""


def as_number(version: str) -> tuple[int, ...]:
    """Turn `4.10` into (4, 10), so that versions compare as one expects."""
    return tuple(int(part) for part in version.split("."))


@dataclass(frozen=True)
class Facts:
    """The table as it stands for one version."""

    table: Row
    version: str
    source: str = TABLES[0]

    @property
    def note(self) -> str:
        """Say in what is written where it comes from."""
        return NOTE.format(self.source)

    def has(self, row: Row) -> bool:
        """Tell whether this version has the row."""
        now = as_number(self.version)
        return as_number(row.get("since", "0")) <= now <= as_number(row.get("until", "99"))

    def rows(self, rows: list[Row]) -> list[Row]:
        """Give the rows of this version."""
        return [row for row in rows if self.has(row)]

    def gone(self, rows: list[Row]) -> list[Row]:
        """Give the rows, one a name, whose name this version does not have at all."""
        names = {row["name"] for row in self.rows(rows)}
        return list({row["name"]: row for row in rows if row["name"] not in names}.values())

    def pick(self, fact: str | list[Row]) -> str:
        """Give what a property that may differ between versions is in this one."""
        return fact if isinstance(fact, str) else str(self.rows(fact)[0]["is"])

    def shape(self, name: str) -> Row:
        """Give the shape of that name."""
        shape: Row = self.table["shape"][name]
        return shape

    def is_shape(self, name: str) -> bool:
        """Tell whether the name is that of a shape, and not of a value or vocabulary."""
        return name in self.table["shape"]

    def is_open(self, row: Row) -> bool:
        """Tell whether the official XSD takes anything for this row."""
        return "open" in row and as_number(row["open"]) <= as_number(self.version)

    def attributes(self, shape: Row) -> list[Row]:
        """Give the attributes that the shape has in this version."""
        return self.rows(shape.get("attributes", []))

    def children(self, shape: Row) -> list[Row]:
        """Give the children that the shape has in this version."""
        return self.rows(shape.get("children", []))

    def terms(self, vocabulary: str) -> list[str]:
        """Give the terms of a controlled list in this version."""
        entry = self.table["vocabulary"][vocabulary]
        until: dict[str, str] = entry.get("until", {})
        rows = [
            {"is": term, "since": since, "until": until.get(term, self.version)}
            for since, terms in entry["since"].items()
            for term in terms
        ]
        return sorted(row["is"] for row in self.rows(rows))


# ------------------------------------------------------------------------------------------------------------------ XSD


class Xsd:
    """The XSD of one version."""

    def __init__(self, facts: Facts) -> None:
        """Start from the facts of the version."""
        self.facts = facts

    def text(self) -> str:
        """Give the whole document."""
        facts = self.facts
        schema = ET.Element("xs:schema")
        namespace = facts.pick(facts.table["namespace"])
        schema.attrib = {
            "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
            "xmlns": namespace,
            "targetNamespace": namespace,
            "elementFormDefault": "qualified",
        }
        document(schema, f"{facts.table['title']} {facts.version}. {facts.note}")
        if facts.table.get("xml"):
            add(schema, "import", namespace="http://www.w3.org/XML/1998/namespace", schemaLocation="xml.xsd")
        root = facts.table["root"]
        self.element(schema, {"name": root, "is": root})
        for name in self.named():
            self.definition(schema, name)
        ET.indent(schema)
        body = ET.tostring(schema, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'

    def named(self) -> list[str]:
        """Give, in the order of the table, the names that need a definition of their own in this version."""
        found: set[str] = set()
        todo = [self.facts.table["root"]]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self.needs(name)
        kinds = ("shape", "value", "vocabulary")
        return [name for kind in kinds for name in self.facts.table[kind] if name in found and self.is_named(name)]

    def needs(self, name: str) -> list[str]:
        """Give the names that a definition refers to."""
        if not self.facts.is_shape(name):
            members: list[str] = self.facts.table["value"].get(name, {}).get("union", [])
            return members
        shape = self.facts.shape(name)
        text = [self.facts.pick(shape["text"])] if "text" in shape else []
        attributes = [row["is"] for row in self.facts.attributes(shape) if "is" in row]
        return (
            text + attributes + [self.target(row) for row in self.facts.children(shape) if not self.facts.is_open(row)]
        )

    def is_named(self, name: str) -> bool:
        """Tell whether a type is defined: built-in ones and shapes that are plain text are not."""
        value = self.facts.table["value"].get(name)
        return self.target({"is": name}) == name and not (value and set(value) <= {"doc", "base"})

    def target(self, row: Row) -> str:
        """Give what a row is; a shape that is only text in this version is that text."""
        name = str(row["is"])
        if self.facts.is_shape(name):
            shape = self.facts.shape(name)
            if "text" in shape and not self.facts.attributes(shape):
                return self.facts.pick(shape["text"])
        return name

    def type_name(self, name: str) -> str:
        """Give the name of the XSD type for a value, vocabulary or shape."""
        if not self.is_named(name):
            return f"xs:{self.facts.table['value'][name]['base']}"
        return next(f"{kind}.{name}" for kind in ("shape", "value", "vocabulary") if name in self.facts.table[kind])

    def definition(self, parent: ET.Element, name: str) -> None:
        """Define one type."""
        if self.facts.is_shape(name):
            node = add(parent, "complexType", name=self.type_name(name))
            self.shape(node, self.facts.shape(name))
        elif name in self.facts.table["value"]:
            self.value(parent, name)
        else:
            self.vocabulary(parent, name)

    def value(self, parent: ET.Element, name: str) -> None:
        """Define a kind of plain text."""
        value = self.facts.table["value"][name]
        node = add(parent, "simpleType", name=self.type_name(name))
        document(node, value["doc"])
        if "union" in value:
            add(node, "union", memberTypes=" ".join(self.type_name(member) for member in value["union"]))
            return
        limits = add(node, "restriction", base=f"xs:{value['base']}")
        for facet in ("length", "minLength", "pattern", "minInclusive", "maxInclusive"):
            if facet in value:
                add(limits, facet, value=str(value[facet]))

    def vocabulary(self, parent: ET.Element, name: str) -> None:
        """Define a controlled list."""
        node = add(parent, "simpleType", name=self.type_name(name))
        document(node, self.facts.table["vocabulary"][name]["doc"])
        terms = add(node, "restriction", base="xs:string")
        for term in self.facts.terms(name):
            add(terms, "enumeration", value=term)

    def shape(self, node: ET.Element, shape: Row) -> None:
        """Fill in a complex type."""
        if "text" in shape:
            content = add(node, "simpleContent")
            node = add(content, "extension", base=self.type_name(self.facts.pick(shape["text"])))
        elif "order" in shape:
            self.content(node, shape)
        for row in self.facts.attributes(shape):
            self.attribute(node, row)

    def content(self, node: ET.Element, shape: Row) -> None:
        """Write the children of a shape in its order."""
        order, children = self.facts.pick(shape["order"]), self.facts.children(shape)
        if order == "mixed":
            node.set("mixed", "true")
        if order in ("any", "mixed"):
            model = add(node, "choice", minOccurs="0", maxOccurs="unbounded")
            children = [{**row, "occurs": "1"} for row in children]
        else:
            model = add(node, order)
        for row in children:
            self.element(model, row)

    def element(self, parent: ET.Element, row: Row) -> None:
        """Declare an element, or the wrapper and what it holds."""
        node = add(parent, "element", name=row["name"], **bounds(row.get("occurs", "1")))
        if "list" not in row and not self.facts.is_open(row):
            node.set("type", self.type_name(self.target(row)))
        if "doc" in row:
            document(node, row["doc"])
        if "list" in row:
            items = add(add(node, "complexType"), "sequence")
            self.element(items, {"name": row["list"], "is": row["is"], "occurs": row["items"]})

    def attribute(self, node: ET.Element, row: Row) -> None:
        """Declare an attribute."""
        if "is" not in row:
            add(node, "attribute", ref=row["name"])
            return
        attribute = add(node, "attribute", name=row["name"], type=self.type_name(row["is"]))
        if row.get("required"):
            attribute.set("use", "required")
        if "fixed" in row:
            attribute.set("fixed", row["fixed"])


def add(parent: ET.Element, kind: str, /, **attributes: str) -> ET.Element:
    """Append an XSD element."""
    return ET.SubElement(parent, f"xs:{kind}", attributes)


def document(node: ET.Element, words: str) -> None:
    """Say in the schema what something is."""
    add(add(node, "annotation"), "documentation").text = words


def bounds(occurs: str) -> dict[str, str]:
    """Turn `0..*` into XSD attributes; what XSD takes for granted is left out."""
    least, _, most = occurs.partition("..")
    given = {"minOccurs": least, "maxOccurs": (most or least).replace("*", "unbounded")}
    return {name: number for name, number in given.items() if number != "1"}


# ---------------------------------------------------------------------------------------------------------- JSON Schema

END = r"$(?!\n)"
"""The end of the text. Python alone takes `$` before a last line break, too."""

TAG = "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"
SMALL = r"([Ee](-[0-9]*|\+?0*))?"
"""An exponent that makes no number larger, so that the range can be read off the digits; libxml2 takes an empty one."""


def spaced(pattern: str) -> str:
    """Let white space stand around a value: the XSD takes it off first."""
    return rf"^[ \t\r\n]*({pattern})[ \t\r\n]*$"


def uri() -> str:
    """Give the pattern of RFC 3986 as libxml2 reads it for xs:anyURI; what is no ASCII or has no meaning will do."""
    escape = "%[0-9A-Fa-f]{2}"
    char = rf"([^#%/?\[\]]|{escape})"
    path = rf"(/{char}*)*"
    rooted = rf"/({char}+{path})?"
    authority = rf"(([^#%/?\[\]@]|{escape})*@)?(\[[^\]]*\]|([^#%/?\[\]:@]|{escape})*)(:[0-9]+)?{path}"
    scheme = rf"[A-Za-z][A-Za-z0-9+.-]*:(//{authority}|{rooted}|{char}+{path})?"
    relative = rf"//{authority}|{rooted}|([^ \t\n\r#%/?\[\]:]|{escape})([^#%/?\[\]:]|{escape})*{path}"
    return spaced(rf"({scheme}|{relative})?(\?({char}|[/?])*)?(#({char}|[/?\[\]])*)?")


JSON_VALUES: dict[str, Schema] = {
    "text": {"type": "string"},
    "nonempty": {"type": "string", "minLength": 1},
    "doi": {"type": "string", "pattern": rf"^10\..+/.+{END}"},
    "year": {"type": ["string", "integer"], "pattern": spaced("[0-9]{4}"), "minimum": 1000, "maximum": 9999},
    "language": {"type": "string", "pattern": spaced(TAG)},
    "xml:lang": {"type": "string", "pattern": rf"^([ \t\r\n]*{TAG}[ \t\r\n]*)?{END}"},
    "uri": {"type": "string", "pattern": uri()},
    "longitude": {
        "type": ["number", "string"],
        "minimum": -180,
        "maximum": 180,
        "pattern": spaced(rf"[+-]?(0*(180(\.0*)?|(1[0-7][0-9]|[0-9]{{1,2}})(\.[0-9]*)?)|\.[0-9]+){SMALL}"),
    },
    "latitude": {
        "type": ["number", "string"],
        "minimum": -90,
        "maximum": 90,
        "pattern": spaced(rf"[+-]?(0*(90(\.0*)?|[0-8]?[0-9](\.[0-9]*)?)|\.[0-9]+){SMALL}"),
    },
}

ABSENT: Schema = {"type": "null"}
"""What this version does not have may be there as null: null counts as absent."""


@dataclass
class Keys:
    """The keys of one object, as they are gathered."""

    properties: dict[str, Schema] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    rules: list[Schema] = field(default_factory=list)

    def put(self, key: str, schema: Schema, *, must: bool) -> None:
        """Take a key; where it is not mandatory, null will do as well."""
        self.properties[key] = schema if must else optional(schema)
        if must:
            self.required.append(key)

    def schema(self, *, closed: bool) -> Schema:
        """Give the schema of the object."""
        schema: Schema = {"type": "object"}
        if self.required:
            schema["required"] = self.required
        schema["properties"] = self.properties
        if closed:
            schema["additionalProperties"] = False
        if self.rules:
            schema["allOf"] = self.rules
        return schema


class JsonSchema:
    """The JSON Schema of one version: the attributes object of a DataCite JSON record."""

    def __init__(self, facts: Facts) -> None:
        """Start from the facts of the version."""
        self.facts = facts
        self.definitions: dict[str, Schema] = {}

    def text(self) -> str:
        """Give the whole document."""
        facts = self.facts
        record = self.object({**facts.shape(facts.table["root"]), "unknown": True})
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{facts.table['title']} {facts.version}, JSON",
            "$comment": facts.note,
            **record,
            **self.doi_somewhere(),
            "$defs": dict(sorted(self.definitions.items())),
        }
        return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

    def doi_somewhere(self) -> Schema:
        """Demand a DOI as `doi`, as `id` or among `identifiers`; where all are missing, it is `doi` that is missed."""
        doi = self.plain(self.facts.pick(self.facts.shape("identifier")["text"]))
        # `id` and `identifiers` hold the DOI as a URL, too
        anywhere = {**doi, "pattern": doi["pattern"].strip("^")} if "pattern" in doi else doi
        entry = Keys()
        entry.put("identifier", anywhere, must=True)
        entry.put("identifierType", {"const": "DOI"}, must=True)
        listed = {"type": "array", "contains": entry.schema(closed=False)}
        return {
            "if": {
                "anyOf": [
                    {"required": ["id"], "properties": {"id": anywhere}},
                    {"required": ["identifiers"], "properties": {"identifiers": listed}},
                ]
            },
            "then": {"properties": {"doi": optional(doi)}},
            "else": {"required": ["doi"], "properties": {"doi": doi}},
        }

    def object(self, shape: Row) -> Schema:
        """Describe an object: text, attributes and children of the shape, each under its key."""
        keys = Keys()
        mixed = shape.get("order") == "mixed"
        if mixed or "text" in shape:
            value = self.facts.pick(shape.get("text", "text"))
            text = self.plain(value)
            keys.put(shape["key"], also(text, "number") if shape.get("numbers") else text, must=value == "nonempty")
        self.attributes(shape, keys)
        for row in [] if mixed else shape.get("children", []):
            self.child(row, keys)
        for key in shape.get("extra", []):
            keys.put(key, self.plain("text"), must=False)
        return keys.schema(closed=not shape.get("unknown"))

    def attributes(self, shape: Row, keys: Keys) -> None:
        """Add the attributes of the shape."""
        for row in self.facts.attributes(shape):
            for key in json_keys(row):
                if shape.get("open"):
                    keys.put(key, self.plain("text"), must=False)
                else:
                    keys.put(key, self.plain(row.get("is") or row["name"]), must="required" in row)
        for row in self.facts.gone(shape.get("attributes", [])):
            keys.properties |= dict.fromkeys(json_keys(row), ABSENT)

    def child(self, row: Row, keys: Keys) -> None:
        """Add a child of the shape under its key, or what it has under several."""
        key: str = row.get("json") or row["name"]
        if row.get("form") == "doi":
            return
        if not self.facts.has(row):
            keys.properties.setdefault(key, {"type": ["array", "null"], "maxItems": 0} if "list" in row else ABSENT)
        elif row.get("merge"):
            self.merge({**self.facts.shape(row["is"]), "key": key}, row, keys)
        else:
            keys.put(key, self.one_or_many(row), must=row["occurs"].startswith("1"))
        if row.get("form") == "alternates":
            keys.put("identifiers", {"type": "array", "items": self.any_identifier()}, must=False)

    def merge(self, shape: Row, row: Row, keys: Keys) -> None:
        """Let text and attributes of a child stand in this object; it demands them only where it is there itself."""
        inner = self.object(shape)
        key = shape["key"]
        for name, schema in inner["properties"].items():
            must = name == key and row["occurs"] == "1"
            text = self.plain(self.facts.pick(shape["text"])) if must else schema
            keys.put(name, also(text, "number") if name == key and row.get("numbers") else text, must=must)
        others = [name for name in inner.get("required", []) if name != key]
        if others:
            there = {"required": [key], "properties": {key: {"type": "string", "minLength": 1}}}
            demand = {"required": others, "properties": {name: {"type": "string"} for name in others}}
            keys.rules.append({"if": there, "then": demand})

    def one_or_many(self, row: Row) -> Schema:
        """Describe what stands under the key of a child."""
        if row.get("form") == "polygons":
            return self.polygons(row)
        schema = self.thing(row["is"], opened=self.facts.is_open(row))
        if row.get("numbers"):
            schema = also(schema, "number")
        if "list" not in row and not row["occurs"].endswith("*"):
            return schema
        least = (row.get("items") or row["occurs"]).partition("..")[0]
        return {"type": "array"} | ({"minItems": int(least)} if least != "0" else {}) | {"items": schema}

    def thing(self, name: str, *, opened: bool = False) -> Schema:
        """Describe a value, vocabulary or shape; a shape is defined once, its type is said where it is referred to.

        Where the XSD takes anything, so does this: unknown keys, and none of the known ones is mandatory.
        """
        if not self.facts.is_shape(name):
            return self.plain(name)
        shape = {"key": name, **self.facts.shape(name)}
        if opened:
            shape |= {"open": True, "unknown": True}
        if name not in self.definitions:
            self.definitions[name] = self.definition(shape)
        return {"type": ["string", "object"] if shape.get("plain") else "object", "$ref": f"#/$defs/{name}"}

    def definition(self, shape: Row) -> Schema:
        """Describe a shape without its type, so that one definition serves where null is taken and where it is not."""
        bare = self.plain(self.facts.pick(shape["text"])) if shape.get("plain") else {}
        return {key: value for key, value in (bare | self.object(shape)).items() if key != "type"}

    def plain(self, name: str) -> Schema:
        """Describe a value or a vocabulary."""
        if name in JSON_VALUES:
            return JSON_VALUES[name]
        self.definitions.setdefault(name, {"enum": [*self.facts.terms(name), None]})
        return {"type": "string", "$ref": f"#/$defs/{name}"}

    def any_identifier(self) -> Schema:
        """Describe an entry of `identifiers`, which holds the DOI as well as alternate identifiers."""
        keys = Keys()
        keys.put("identifier", self.plain("text"), must=False)
        keys.put("identifierType", self.plain("text"), must=True)
        return keys.schema(closed=True)

    def polygons(self, row: Row) -> Schema:
        """Describe a polygon: an array of points, each in an object that says its kind; or an array of such arrays."""
        self.definitions.setdefault("polygon", self.polygon())
        ring = {"$ref": "#/$defs/polygon"}
        several: Schema = {"items": ring} if row["occurs"].endswith("*") else {"maxItems": 1, "items": ring}
        return {"type": "array", "if": {"items": {"type": "array"}}, "then": several, "else": ring}

    def polygon(self) -> Schema:
        """Describe the points of one polygon."""
        corner, inner = self.facts.shape("polygon")["children"]
        point = self.thing(corner["is"])
        names = {corner["name"]: point} | ({inner["name"]: point} if self.facts.has(inner) else {})
        at_least = int(corner["occurs"].partition("..")[0])
        schema: Schema = {
            "type": "array",
            "items": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": names,
                "additionalProperties": False,
            },
            "contains": {"required": [corner["name"]]},
            "minContains": at_least,
        }
        if inner["name"] in names:
            schema["allOf"] = [{"contains": {"required": [inner["name"]]}, "minContains": 0, "maxContains": 1}]
        return schema


def json_keys(row: Row) -> list[str]:
    """Give the names of an attribute in JSON: xml:lang is lang, schemeURI is schemeUri."""
    given = row.get("json") or row["name"].removeprefix("xml:").replace("URI", "Uri")
    return given if isinstance(given, list) else [given]


def also(schema: Schema, name: str) -> Schema:
    """Let a schema take one more type."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema if name in types else {**schema, "type": [*types, name]}


def optional(schema: Schema) -> Schema:
    """Let a schema take null as well: null counts as absent."""
    return also(schema, "null")


# ------------------------------------------------------------------------------------------------------------ the files


def load(name: str = TABLES[0]) -> Row:
    """Read a table."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def outputs() -> dict[Path, str]:
    """Give every file that the tables ask for, with its text."""
    files: dict[Path, str] = {}
    for name in TABLES:
        table, folder = load(name), (FOLDER / name).parent
        files[(FOLDER / name).with_suffix(".json")] = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
        for version in table["versions"]:
            facts = Facts(table, version, name)
            files[folder / f"{table['name']}-{version}.xsd"] = Xsd(facts).text()
            if table.get("json"):
                files[folder / f"{table['name']}-{version}.schema.json"] = JsonSchema(facts).text()
    files[FOLDER / "config.schema.json"] = config_schema()
    return files


def config_schema() -> str:
    """Give the JSON Schema of the configuration, from the table of keys in igsn_lint.config."""
    sys.path.insert(0, str(FOLDER.parent))
    from igsn_lint.config import schema

    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://igsn-lint.github.io/schemas/config.schema.json",
        "title": "igsn-lint.toml, or the table tool.igsn-lint of pyproject.toml",
    }
    return json.dumps({**head, **schema()}, indent=1, ensure_ascii=False) + "\n"


def stale(files: dict[Path, str]) -> list[Path]:
    """Give the files that are missing, or are not what the table says."""
    return [path for path, text in files.items() if not path.is_file() or path.read_bytes() != text.encode()]


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description="Write the schemas from the tables of facts.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is not up to date")
    check = parser.parse_args(arguments).check
    files = outputs()
    behind = stale(files)
    for path in behind:
        if not check:
            path.write_bytes(files[path].encode())
        print(f"{'not up to date' if check else 'written'}: {path.name}")
    return 1 if check and behind else 0


if __name__ == "__main__":
    sys.exit(main())
