"""Opens the DataCite schemas and decides validity with the fastest exact engine; only what failed is explained."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from igsn_lint import data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from igsn_lint.model import SchemaFault

NEWEST = "4.7"
"""The newest version of DataCite's kernel 4, which is what DataCite itself checks every kernel-4 record against."""


@cache
def _xsd(version: str) -> Any:
    from lxml import etree

    return etree.XMLSchema(file=_path(f"datacite-{version}.xsd"))


@cache
def _json_validator(version: str) -> Any:
    import orjson

    try:
        import jsonschema_rs
    except ImportError:
        # The portable engine, where there is no binary wheel of the fast one.
        return _portable_validator(version)
    with open(_path(f"datacite-{version}.schema.json"), "rb") as file:
        return jsonschema_rs.validator_for(orjson.loads(file.read()))


def _portable_validator(version: str) -> Any:
    import orjson
    from jsonschema import Draft202012Validator

    with open(_path(f"datacite-{version}.schema.json"), "rb") as file:
        return Draft202012Validator(orjson.loads(file.read()))


def _path(name: str) -> str:
    return os.path.join(data.folder("schemas"), "datacite", name)


def xml_faults(element: Any) -> Iterable[SchemaFault]:
    """Return what the newest schema refuses in a kernel-4 record; nothing for a valid one."""
    schema = _xsd(NEWEST)
    if schema.validate(element):
        return ()
    from igsn_lint.explain import explain_xml

    return list(explain_xml(element, schema.error_log, NEWEST))


def json_faults(record: dict[str, Any], path: tuple[str | int, ...], *, partial: bool = False) -> Iterable[SchemaFault]:
    """Return what the newest schema refuses in the attributes of a JSON record that stands at ``path``.

    ``partial`` leaves out what is missing at the top: a draft or an update is judged for what is there.
    """
    validator = _json_validator(NEWEST)
    if validator.is_valid(record):
        return ()
    from igsn_lint.explain import explain_json

    return list(explain_json(validator.iter_errors(record), path, partial=partial))
