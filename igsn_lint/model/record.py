"""What checks ask of the metadata of one resource, whatever format it was written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from igsn_lint.model.places import Edit, Place, Segment


class Item(Protocol):
    """One property of a Record, or one inside another: its value, attributes and children, and its place.

    Names are those of the elements and attributes of the DataCite schema (``nameIdentifier``, ``schemeURI``) in every
    format. Null and ill-typed values count as absent.
    """

    @property
    def value(self) -> Segment | None:
        """The property's own text."""

    @property
    def words(self) -> str:
        """The property's own text without white space around it; empty where there is none. Cheaper than ``value``."""

    @property
    def place(self) -> Place:
        """The whole property."""

    def get(self, name: str) -> Segment | None:
        """Return the attribute or simple child ``name``."""

    def text(self, name: str) -> str:
        """Return the text of the attribute ``name``, empty where it is absent or no text."""

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of that name inside this one: ``creatorName``, ``nameIdentifier``, ``geoLocationPoint`` …"""

    def names(self) -> Iterable[str]:
        """Return the attributes and children as they are named in the file."""


class Record(Protocol):
    """The metadata of one resource, whatever format it was written in, in the words of the DataCite schema."""

    kind: Literal["datacite", "legacy"]
    family: str
    sample: bool | None
    memo: dict[object, Any]
    """What several checks need of it, worked out once, by who works it out."""

    @property
    def api_export(self) -> bool:
        """Whether DataCite wrote it, which shows all IDs in lower case."""

    @property
    def is_resource(self) -> bool:
        """Whether it is a resource of JSON:API, as DataCite's API takes and gives it."""

    @property
    def identifier_may_be_url(self) -> bool:
        """Whether this format writes the identifier as a URL."""

    @property
    def place(self) -> Place:
        """The whole record."""

    @property
    def identifier(self) -> Item | None:
        """The record's own identifier; its attribute ``identifierType`` says of which type."""

    def items(self, name: str) -> Sequence[Item]:
        """Return the items of a property by the name of its element: ``relatedIdentifier``, ``title``, ``size`` …"""

    def field(self, name: str) -> Segment | None:
        """Return what stands beside the schema's properties in a body for DataCite's API: ``url``, ``state`` …"""

    def schema_faults(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what the newest DataCite schema refuses; nothing for a valid record.

        ``xsd`` is the path of the XSD that decides instead of the project's own; it says nothing of JSON.
        """

    def schema_remarks(self, xsd: str | None = None) -> Sequence[SchemaFault]:
        """Return what is odd about the version that a record declares, though the newest schema takes it."""

    def digest(self) -> bytes:
        """Return a digest of the record as it stands, equal for byte-equal copies."""


class SchemaFault(NamedTuple):
    """One fault against a schema: where, and in words what was found and expected.

    ``kind`` is the name of the IL3 rule that reports it, ``edits`` mend it where it is clear how.
    """

    place: Place
    message: str
    kind: Literal[
        "schema-invalid",
        "unsupported-schema",
        "wrong-namespace",
        "newer-than-declared",
        "vocabulary-case",
        "odd-schema-location",
    ] = "schema-invalid"
    edits: tuple[Edit, ...] = ()
