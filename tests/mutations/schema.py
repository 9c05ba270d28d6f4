"""IL3: what the schemas decide, of DataCite and of the former registry."""

from __future__ import annotations

from typing import Any

from mutations.table import DESCRIPTION, KERNEL, Row, breaks, keeps, replaced, tree, written_as

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION = f"{{{XSI}}}schemaLocation"
XSD = "https://schema.datacite.org/meta/kernel-4{}/metadata.xsd"
ROOT = '<resource xmlns="http://datacite.org/schema/kernel-4"'


def _located(value: str) -> Any:
    return lambda root: root.set(LOCATION, value)


def _declares(version: str) -> str:
    return f'xmlns:xsi="{XSI}" xsi:schemaLocation="{KERNEL} {XSD.format(version)}"'


def _root(attributes: str, *more: tuple[str, str]) -> Any:
    """Return a change of the XML that gives its root a namespace and further attributes."""
    return replaced((ROOT, f"<resource {attributes}"), *more)


NAMESPACE = f'xmlns="{KERNEL}"'
FUNDING = {"fundingReferences": [{"funderName": "NSF", "awardTitle": "Soils", "schemeUri": "https://ror.org/"}]}
COLLECTED = {
    "relatedIdentifier": "https://example.org/cruise",
    "relatedIdentifierType": "URL",
    "relationType": "IsCollectedBy",
}

REGISTRATION = """\
<sample xmlns="http://igsn.org/schema/kernel-v.1.0">
  <sampleNumber identifierType="igsn">10273/SSH000SUA</sampleNumber>
  <registrant><registrantName>IEDA</registrantName></registrant>
  <log><logElement event="submitted" timeStamp="2013-06-19T03:28:20Z"/></log>
</sample>
"""
LATER = REGISTRATION.replace("http://igsn.org/schema/kernel-v.1.0", "http://schema.igsn.org/registration/1.1")
EARLIER = REGISTRATION.replace("kernel-v.1.0", "kernel-v.0.3")
HARVESTED = (
    '<record xmlns="http://www.openarchives.org/OAI/2.0/">\n<header><identifier>oai:registry.igsn.org:1</identifier>'
    "</header>\n<metadata>{}</metadata></record>\n"
)
CSIRO = """\
<samples xmlns="http://igsn.org/schema/kernel-v.1.0">
  <sample><sampleNumber identifierType="igsn">CSCAP0001</sampleNumber><sampleName>Cap0001-JHP8</sampleName></sample>
</samples>
"""
UPLOAD = """\
<samples xmlns="http://app.geosamples.org">
  <sample><user_code>SSH</user_code><sample_type>Core</sample_type><name>Core 7</name><igsn>SSH000SUA</igsn></sample>
</samples>
"""


def registered(*pairs: tuple[str, str], of: str = REGISTRATION) -> str:
    return replaced(*pairs)(of)


ROWS: list[Row] = [
    breaks("IL301", "publisher/name", "", only="xml"),
    breaks("IL301", "geoLocations/0/geoLocationPoint/pointLatitude", "", only="xml json api yaml"),
    breaks("IL301", "titles", at="", only="xml json yaml"),
    breaks("IL301", "titles", at="", also={"state": "findable"}, only="api"),
    breaks("IL301", "types/resourceTypeGeneral", "Rock"),
    breaks("IL301", "dates/1/dateType", "Printed"),
    breaks("IL301", "publicationYear", "12"),
    breaks("IL301", "contributors/0/contributorType", at="/contributors/0"),
    breaks("IL301", "relatedIdentifiers/0/relationType", "PartOf"),
    keeps("IL301", "colour", "red", only="json api yaml"),
    keeps("IL301", "types/resourceTypeGeneral", "PhysicalObject", also={"types/resourceType": "A core, halved"}),
    keeps("IL301", "titles/1", {"title": "Bodenkern 7", "titleType": "TranslatedTitle", "lang": "de"}),
    keeps("IL301", "publicationYear", "2012", also={"language": "en"}),
    keeps("IL301", "creators/0/name", only="json api yaml"),
    breaks(
        "IL301",
        "creators/0/name",
        at="/creators/0",
        also={"creators/0/familyName": None},
        only="json api yaml",
    ),
    keeps("IL301", "contributors"),
    keeps("IL301", "relatedIdentifiers/1", COLLECTED),
    written_as(
        "IL302", "kernel-3", replaced((ROOT, '<resource xmlns="⟦http://datacite.org/schema/kernel-3⟧"')), only="xml"
    ),
    written_as(
        "IL302", "kernel-2.2", replaced((ROOT, '<resource xmlns="⟦http://datacite.org/schema/kernel-2.2⟧"')), only="xml"
    ),
    breaks("IL302", "schemaVersion", "http://datacite.org/schema/kernel-3"),
    breaks("IL302", "schemaVersion", "http://datacite.org/schema/kernel-2.1"),
    keeps("IL302", "schemaVersion", "http://datacite.org/schema/kernel-4"),
    tree("IL302", "location of kernel 3", _located(f"{KERNEL} {XSD.format('').replace('4', '3')}"), None),
    keeps("IL302", "version", "3.0"),
    written_as(
        "IL303", "kernel-4.3", replaced((ROOT, '<resource xmlns="⟦http://datacite.org/schema/kernel-4.3⟧"')), only="xml"
    ),
    written_as(
        "IL303", "kernel-4/", replaced((ROOT, '<resource xmlns="⟦http://datacite.org/schema/kernel-4/⟧"')), only="xml"
    ),
    written_as("IL303", "none", replaced((ROOT, "<resource")), at="/resource", only="xml"),
    written_as(
        "IL303",
        "a prefix",
        lambda text: text.replace("<", "<d:").replace("<d:/", "</d:").replace("xmlns=", "xmlns:d="),
        at=None,
        only="xml",
    ),
    written_as("IL303", "two namespaces", _root(f'{NAMESPACE} xmlns:x="http://datacite.org/x"'), at=None, only="xml"),
    tree("IL303", "location of 4.3", _located(f"{KERNEL} {XSD.format('.3')}"), None),
    written_as(
        "IL304",
        "Project in 4.5",
        _root(
            f"{NAMESPACE} {_declares('.5')}",
            ('IsPartOf" resourceTypeGeneral="PhysicalObject"', 'IsDescribedBy" resourceTypeGeneral="⟦Project⟧"'),
        ),
        only="xml",
    ),
    breaks(
        "IL304",
        "relatedIdentifiers/0",
        COLLECTED,
        at="/relatedIdentifiers/0/relationType",
        also={"publisher": "SESAR", "schemaVersion": f"{KERNEL}.3"},
    ),
    breaks(
        "IL304",
        "relatedIdentifiers/1",
        COLLECTED | {"relationType": "Collects", "resourceTypeGeneral": "Project"},
        at="/relatedIdentifiers/1/resourceTypeGeneral",
        also={"publisher": "SESAR", "schemaVersion": f"{KERNEL}.5"},
    ),
    breaks(
        "IL304",
        "publisher",
        {"name": "SESAR", "schemeUri": "https://ror.org"},
        at="/publisher/schemeUri",
        also={"schemaVersion": f"{KERNEL}.4"},
    ),
    keeps("IL304", "schemaVersion", f"{KERNEL}.5"),
    keeps("IL304", "schemaVersion", KERNEL),
    tree("IL304", "location of 4.5", _located(f"{KERNEL} {XSD.format('.5')}"), None),
    keeps("IL304", "schemaVersion", f"{KERNEL}.6", also={"publicationYear": 2013}),
    breaks("IL305", "types/resourceTypeGeneral", "physicalobject"),
    breaks("IL305", "relatedIdentifiers/0/relationType", "isPartOf"),
    breaks("IL305", "dates/0/dateType", "collected"),
    breaks("IL305", "creators/0/nameType", "PERSONAL"),
    keeps("IL305", "alternateIdentifiers/0/alternateIdentifierType", "Local"),
    keeps("IL305", "subjects/0/subjectScheme", "cgi LITHOLOGY"),
    keeps("IL305", "types/resourceType", "core"),
    keeps(
        "IL305", "relatedIdentifiers/1", COLLECTED | {"relatedIdentifierType": "URL", "relationType": "IsDescribedBy"}
    ),
    written_as("IL306", "kind", replaced(('type="Sample"', 'type="⟦Rock⟧"')), only="legacy"),
    written_as(
        "IL306", "no access", replaced(("  <sampleAccess>Public</sampleAccess>\n", "")), at="/resource", only="legacy"
    ),
    written_as(
        "IL306",
        "element",
        replaced(("<name>Basalt from the Browse Basin</name>", "<⟦colour⟧>grey</colour><name>Basalt</name>")),
        only="legacy",
    ),
    written_as(
        "IL306",
        "time",
        registered(("2013-06-19T03:28:20Z", "⟦last spring⟧")),
        only="legacy",
        beside="IL307",
    ),
    written_as(
        "IL306",
        "registrant",
        registered(("  <registrant><registrantName>IEDA</registrantName></registrant>\n", "")),
        at="/sample",
        only="legacy",
        beside="IL307",
    ),
    written_as("IL306", "year in 1.1", registered(("2013-06-19T03:28:20Z", "2012"), of=LATER), at=None, only="legacy"),
    written_as("IL306", "a format of its own", CSIRO, at=None, only="legacy"),
    written_as("IL306", "harvested", HARVESTED.format(REGISTRATION), at=None, only="legacy"),
    written_as("IL306", "feature", replaced(('type="Sample"', 'type="Feature"')), at=None, only="legacy"),
    written_as("IL307", "1.0", REGISTRATION, at="/sample", only="legacy"),
    written_as("IL307", "1.1", LATER, at="/sample", only="legacy"),
    written_as("IL307", "0.3", EARLIER, at="/sample", only="legacy"),
    written_as("IL307", "a batch of CSIRO", CSIRO, at=None, only="legacy"),
    written_as("IL307", "an upload", UPLOAD, at=None, only="legacy"),
    written_as("IL307", "another description", DESCRIPTION.replace("1101", "1102"), at=None, only="legacy"),
    tree("IL308", "one word", _located(XSD.format("")), "/resource/@schemaLocation"),
    tree(
        "IL308",
        "placeholder",
        _located(f"http://datacite.org/schema/kernel-%s {XSD.format('')}"),
        "/resource/@schemaLocation",
    ),
    tree(
        "IL308",
        "another namespace",
        _located(f"http://datacite.org/schema/kernel-4.3 {XSD.format('.3')}"),
        "/resource/@schemaLocation",
    ),
    tree("IL308", "a file beside it", _located(f"{KERNEL} ../metadata.xsd"), None),
    tree("IL308", "two pairs", _located(f"{KERNEL} {XSD.format('')} https://example.org/x x.xsd"), None),
    tree("IL308", "over two lines", _located(f"{KERNEL}\n  {XSD.format('')} "), None),
]
