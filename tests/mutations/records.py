"""IL4: what a sample record says."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mutations.table import KERNEL, Row, breaks, keeps, tree

NAME, TITLE, YEAR = "creators/0/name", "titles/0/title", "publicationYear"
TYPE, ALTERNATE = "types/resourceType", "alternateIdentifiers/0/alternateIdentifier"
PLACE = "geoLocations/0"
POINT, BOX, POLYGON = f"{PLACE}/geoLocationPoint", f"{PLACE}/geoLocationBox", f"{PLACE}/geoLocationPolygon"
ORCID = "creators/0/nameIdentifiers/0/nameIdentifier"
ROR = "creators/0/affiliation/0/affiliationIdentifier"
RELATED = "relatedIdentifiers/0/relatedIdentifier"
PUBLISHER = "publisher/publisherIdentifier"


def _inner(path: str) -> str:
    return "/".join(f"{{{KERNEL}}}{step}" for step in path.split("/"))


def _set(path: str, name: str, value: str = "x") -> Any:
    return lambda root: root.find(_inner(path)).set(name, value)


def _add(path: str, name: str) -> Any:
    return lambda root: etree.SubElement(root.find(_inner(path)), f"{{{KERNEL}}}{name}")


def _unset(path: str, name: str) -> Any:
    def change(root: Any) -> None:
        del root.find(_inner(path)).attrib[name]

    return change


CREATOR = "/resource/creators/creator"

PARTIAL: dict[str, Any] = {"titles": None, "creators": None}
"""The body of a partial update has neither."""

ASKED = {"IL413": "dates", "IL415": "subjects", "IL417": "geoLocations", "IL423": "descriptions"}

ROWS: list[Row] = [
    breaks("IL401", "doi", "https://doi.org/10.58052/SSH000SUA"),
    breaks("IL401", "doi", "igsn:10.58052/SSH000SUA"),
    breaks("IL401", "doi", "10273/SSH000SUA", only="xml json yaml"),
    keeps("IL401", "doi", " 10.58052/SSH000SUA "),
    keeps("IL401", "doi", "10.58052/ssh000sua"),
    keeps(
        "IL401", "alternateIdentifiers/0", {"alternateIdentifier": "https://x.org/7", "alternateIdentifierType": "URL"}
    ),
    *(
        tree("IL401", f"identifierType {kind!r}", _set("identifier", "identifierType", kind), at)
        for kind, at in (
            ("", "/resource/identifier/@identifierType"),
            ("doi", "/resource/identifier/@identifierType"),
            (" DOI ", None),
        )
    ),
    breaks("IL401", "doi", " "),
    breaks("IL401", "doi", "\n\t", only="xml json yaml"),
    breaks("IL402", "types/resourceTypeGeneral", "Dataset"),
    breaks("IL402", "types/resourceTypeGeneral", "Collection"),
    breaks("IL402", "types/resourceTypeGeneral", "Other"),
    breaks(
        "IL402", "types/resourceTypeGeneral", "Award", also={"schemaVersion": "http://datacite.org/schema/kernel-4.5"}
    ),
    keeps("IL402", "types", {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Collection"}),
    keeps("IL402", "types", {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Hole"}),
    keeps("IL402", "relatedIdentifiers/0/resourceTypeGeneral", "Collection"),
    breaks("IL403", NAME, " "),
    breaks("IL403", TITLE, ""),
    breaks("IL403", "publisher/name", "  "),
    keeps("IL403", NAME, ":unkn"),
    keeps("IL403", "creators/0/givenName", ""),
    keeps("IL403", "contributors/0/affiliation", [{"name": ""}]),
    breaks("IL403", TITLE, "\u200b"),
    breaks("IL403", NAME, "\u00a0"),
    keeps("IL403", TITLE, "\u200bCore 7"),
    breaks("IL404", RELATED, ":tba"),
    breaks("IL404", "doi", ":unas"),
    breaks("IL404", RELATED, "N/A"),
    keeps("IL404", "dates/0/date", ":unav"),
    keeps("IL404", RELATED, "10.58052/TBA0001"),
    keeps("IL404", NAME, ":tba"),
    breaks("IL404", RELATED, "(:tba)"),
    breaks("IL404", RELATED, ": unav"),
    breaks("IL404", RELATED, "https://doi.org/:tba"),
    breaks("IL404", "doi", "(:unas)"),
    keeps("IL404", RELATED, "10.58052/UNAV-7"),
    breaks("IL405", NAME, "N/A"),
    breaks("IL405", TITLE, ":TBA"),
    breaks("IL405", "publisher/name", "Not Provided"),
    breaks("IL405", "dates/0/date", "unknown"),
    breaks("IL405", "subjects/0/subject", ": tba"),
    breaks("IL405", "contributors/0/name", "(:unav)"),
    breaks("IL405", f"{PLACE}/geoLocationPlace", ":unaf"),
    keeps("IL405", NAME, "Null, Christopher"),
    keeps("IL405", TITLE, "Unknown mineral from Shale Hills"),
    keeps("IL405", "descriptions/0/description", "Collector: unknown"),
    keeps("IL405", "contributors/0/name", ":etal"),
    breaks("IL405", NAME, "[Unknown]"),
    breaks("IL405", NAME, "Unknown, Unknown"),
    breaks("IL405", NAME, "N. N."),
    breaks("IL405", NAME, "неизвестно"),
    breaks("IL405", TITLE, "Not\u00a0 available."),
    breaks("IL405", TITLE, "(untitled)"),
    breaks("IL405", "publisher/name", ":unknown"),
    breaks("IL405", "descriptions/0/description", "No description."),
    keeps("IL405", NAME, "Unknown, Anna"),
    keeps("IL405", "subjects/0/subject", "Na"),
    keeps("IL405", TITLE, "Ratio of Fe: Mg"),
    breaks("IL406", NAME, ":unkn", at="/titles/0/title", also={TITLE: ":unas", "publisher": {"name": ":unav"}}),
    breaks("IL406", NAME, ":tba", at="/titles/0/title", also={TITLE: ":tba", "publisher": {"name": ":tba"}}),
    breaks(
        "IL406",
        "creators",
        [{"name": ":unkn"}, {"name": ":etal"}],
        at="/titles/0/title",
        also={TITLE: ":null", "publisher": {"name": " :none "}},
    ),
    keeps("IL406", NAME, ":unkn", also={"publisher": {"name": ":unav"}}),
    keeps("IL406", "creators/1", {"name": ":etal"}, also={"publisher": {"name": ":unav"}}),
    keeps("IL406", "publisher", {"name": ":unav"}),
    breaks("IL407", TITLE, "SSH000SUA"),
    breaks("IL407", TITLE, "igsn:10.58052/ssh000sua"),
    breaks("IL407", TITLE, "https://doi.org/10.58052/SSH000SUA"),
    breaks("IL407", TITLE, ":unas"),
    keeps("IL407", TITLE, "Soil core SSH000SUA"),
    keeps("IL407", "titles/1", {"title": "SSH000SUA", "titleType": "AlternativeTitle"}),
    keeps("IL407", TITLE, "SSH000SUA", also={"titles/1": {"title": "Bodenkern 7", "lang": "de"}}),
    keeps("IL407", TITLE, "SSH000SUX"),
    breaks("IL407", TITLE, "[SSH000SUA]"),
    breaks("IL407", TITLE, "IGSN SSH000SUA.", beside="IL208"),
    keeps("IL407", TITLE, "(SSH000SUA) Soil core"),
    breaks("IL408", TYPE, ""),
    breaks("IL408", TYPE, "PhysicalObject"),
    breaks("IL408", TYPE, "Physical object"),
    keeps("IL408", TYPE, "Material sample"),
    keeps("IL408", TYPE, "Collection"),
    keeps("IL408", TYPE, "Physical object: core"),
    breaks("IL408", TYPE, "Physical  object"),
    keeps("IL408", TYPE, "Physical objection"),
    breaks("IL409", TYPE, "Dataset"),
    *(
        breaks("IL409", TYPE, kind)
        for kind in (
            "Image of a thin section",
            "Image file",
            "dataset (CSV)",
            "XRF instrument",
            "Text document",
            "Mass spectrometer",
            "Microscope",
        )
    ),
    *(
        keeps("IL409", TYPE, kind)
        for kind in ("Microscope slide", "Thin section for electron microscope", "Instrument-cut core", "Core (imaged)")
    ),
    breaks("IL409", TYPE, "Thin section photograph"),
    breaks("IL409", "formats/0", "image/jpeg"),
    breaks("IL409", "formats/0", ".csv"),
    keeps("IL409", TYPE, "Photographic plate"),
    keeps("IL409", "formats/0", "glass plate/slide"),
    keeps("IL409", TYPE, "Image stone"),
    keeps(
        "IL409",
        "relatedIdentifiers/0",
        {
            "relatedIdentifier": "10.58052/SSH000SUX",
            "relatedIdentifierType": "DOI",
            "relationType": "IsDocumentedBy",
            "resourceTypeGeneral": "Image",
        },
    ),
    breaks("IL409", TYPE, "Bilddatei"),
    breaks("IL409", TYPE, "Jeu de données"),
    breaks("IL409", TYPE, "Core scan"),
    breaks("IL409", "formats/0", "Image/JPEG"),
    breaks("IL409", "formats/0", "PDF file"),
    keeps("IL409", TYPE, "Bildstein"),
    keeps("IL409", "formats/0", "Zip bag"),
    breaks("IL410", YEAR, "0000"),
    breaks("IL410", YEAR, "0201"),
    breaks("IL410", YEAR, 2999),
    breaks("IL410", YEAR, 2999, also={"dates/3": {"date": "2031-01-01", "dateType": "Available"}}),
    keeps("IL410", YEAR, 2999, also={"dates/3": {"date": "2999-01-01", "dateType": "Available"}}),
    keeps("IL410", YEAR, 2999, also={"dates/3": {"date": "2031-01-01/", "dateType": "Available"}}),
    keeps("IL410", YEAR, 2013),
    keeps("IL410", YEAR, 1810, also={"dates": [{"date": "1802-06-23", "dateType": "Collected"}]}),
    breaks("IL411", "dates/1/date", "September 2012"),
    breaks("IL411", "dates/0/date", "06/01/2012"),
    breaks("IL411", "dates/1/date", "2012-09-01 14:30:00.5+00:00"),
    breaks("IL411", "dates/1/date", "2012-02-30"),
    breaks("IL411", "dates/1/date", "2012-09-01T14:30"),
    breaks("IL411", "dates/1/date", ""),
    breaks("IL411", "dates/1/date", "2012-09/2012-10/2012-11"),
    keeps("IL411", "dates/1/date", "2012-09-01T14:30:00.123+02:00"),
    keeps("IL411", "dates/1/date", " 2012-09 "),
    keeps("IL411", "dates/1", {"date": "-0024/-0022", "dateType": "Created"}),
    keeps("IL411", "dates/1/date", ":unav"),
    keeps("IL411", "dates/1/date", "2012-09/"),
    breaks("IL411", "dates/1/date", "2012-09-01T14:30+02:60"),
    breaks("IL411", "dates/1/date", "2012-09-01T24:00:01Z"),
    keeps("IL411", "dates/1/date", "2012-09-01T24:00Z"),
    breaks("IL412", "dates/2/date", "2012-05-31"),
    breaks("IL412", "dates/0/date", "2999-06-01"),
    breaks("IL412", "dates/3", {"date": "2015/2013", "dateType": "Valid"}, at="/dates/3/date"),
    breaks("IL412", "dates/1/date", "2012-05", at="/dates/0/date"),
    breaks("IL412", YEAR, 2011, at="/dates/0/date"),
    keeps("IL412", "dates/2/date", "2012-06-01"),
    keeps("IL412", "dates/1/date", "2012-06"),
    keeps("IL412", "dates/0/date", "2012-06-01T23:00-09:00", also={"dates/2/date": "2012-06-01"}),
    keeps("IL412", "dates/0/date", "/2012-06-01"),
    keeps("IL412", "dates/3", {"date": "2999", "dateType": "Valid"}),
    breaks("IL413", "dates/0", at=""),
    breaks("IL413", "dates", at=""),
    breaks("IL413", "dates/0/dateType", "Created", at=""),
    breaks("IL413", "dates/0", {"dateType": "Collected"}, at="", only="json yaml api"),
    breaks("IL413", "dates/0", {"date": None, "dateType": "Collected"}, at="", only="json yaml api"),
    *(keeps(rule, name, also=PARTIAL, only="api") for rule, name in ASKED.items()),
    keeps("IL413", "dates/0", also={TYPE: "Borehole"}),
    keeps("IL413", "dates/0", also={TYPE: "Sample collection"}),
    keeps("IL413", "dates/0", also={TITLE: "Synthetic soil 7"}),
    keeps("IL413", "dates/0/date", ":unkn"),
    keeps("IL413", "dates/0", also={TYPE: "Bohrloch"}),
    breaks("IL413", "dates/0", at="", also={TYPE: "Bohrlochprobe"}),
    breaks("IL414", "dates/2/dateType", "Withdrawn"),
    breaks("IL414", "dates/2/dateInformation", "Sample was destroyed"),
    breaks(
        "IL414",
        "dates/2",
        {"date": "2012-08-15", "dateType": "Valid", "dateInformation": "destruction"},
        at="/dates/2/dateType",
    ),
    keeps("IL414", "dates/2/dateInformation", "destroyed by LA-ICP-MS"),
    keeps("IL414", "dates/2/dateInformation", "Non-destructive scan"),
    keeps("IL414", "dates/2", {"date": "2012-08-15", "dateType": "Withdrawn", "dateInformation": "not destroyed"}),
    breaks("IL414", "dates/2/dateInformation", "Probe zerstört"),
    keeps("IL414", "dates/2/dateInformation", "nicht zerstört"),
    breaks("IL414", "dates/2/dateInformation", "Hand specimen consumed and destroyed"),
    breaks("IL414", "dates/2/dateInformation", "date of destruction"),
    keeps("IL414", "dates/2/dateInformation", "Type locality destroyed by a quarry"),
    keeps("IL414", "dates/2/dateInformation", "label of the sample destroyed"),
    keeps("IL414", "dates/2", {"date": "2012-08-15", "dateType": "Updated", "dateInformation": "old label destroyed"}),
    keeps("IL414", "dates/2/dateInformation", "was not yet destroyed"),
    keeps("IL414", "dates/0/dateInformation", "before the quarry was destroyed"),
    breaks(
        "IL414",
        "dates/2",
        {"date": "2012-08-15", "dateType": "Created", "dateInformation": "Sample destroyed"},
        at="/dates/2/dateType",
    ),
    breaks("IL415", "subjects", at=""),
    breaks("IL415", "subjects", [], at=""),
    breaks("IL415", "subjects/0/subject", " ", at=""),
    keeps("IL415", "subjects/0", {"subject": ":unkn"}),
    keeps("IL415", "subjects/0/subject", "Boden"),
    keeps("IL415", "subjects/1", {"subject": "clay", "subjectScheme": "X", "schemeUri": "https://x.org"}),
    breaks("IL416", "subjects/0/subjectScheme", at="/subjects/0/subject"),
    breaks("IL416", "subjects/0/schemeUri", at="/subjects/0/subjectScheme"),
    breaks("IL416", "subjects/1", {"subject": "clay"}, at="/subjects/1/subject"),
    keeps("IL416", "subjects/0", {"subject": "soil", "subjectScheme": "CGI", "valueUri": "https://x.org/soil"}),
    keeps("IL416", "subjects/0", {"subject": ":unkn"}),
    keeps("IL416", "subjects/1", {"subject": ""}),
    breaks("IL417", "geoLocations", at=""),
    breaks("IL417", "geoLocations", [], at=""),
    breaks("IL417", "geoLocations", at="", also={TITLE: "Meteorite from somewhere"}),
    keeps("IL417", "geoLocations", also={TYPE: "Synthetic material"}),
    keeps("IL417", "geoLocations", also={"rightsList/0/rights": "Location withheld by the Kaurna people"}),
    keeps(
        "IL417",
        "geoLocations",
        also={"rightsList/0": {"rights": "BC Label", "rightsIdentifierScheme": "Local Contexts"}},
    ),
    keeps("IL417", "geoLocations", [{"geoLocationPlace": "Shale Hills"}]),
    breaks("IL417", "geoLocations", [{"geoLocationPlace": " "}], at=""),
    keeps("IL417", "geoLocations", also={"descriptions/0/description": "Fundort nicht öffentlich"}),
    keeps("IL417", "geoLocations", also={"descriptions/0/description": "Lieu confidentiel"}),
    breaks("IL418", f"{BOX}/southBoundLatitude", 40.8),
    breaks("IL418", f"{POLYGON}/3/polygonPoint/pointLatitude", 40.7, at=f"/{POLYGON}"),
    breaks("IL418", f"{BOX}/southBoundLatitude", "40.75"),
    breaks("IL418", f"{POLYGON}/0/polygonPoint/pointLongitude", -77.9, at=f"/{POLYGON}"),
    keeps("IL418", f"{BOX}/westBoundLongitude", 177),
    keeps("IL418", f"{POINT}/pointLatitude", "40.660"),
    keeps("IL418", f"{POLYGON}/3/polygonPoint/pointLongitude", "-78.0"),
    keeps("IL418", f"{BOX}/southBoundLatitude", 40.7, also={POINT: {"pointLatitude": 40.7, "pointLongitude": -77.9}}),
    breaks("IL419", POINT, {"pointLatitude": 0, "pointLongitude": 0}),
    breaks("IL419", POINT, {"pointLatitude": -77.9, "pointLongitude": 40.66}),
    breaks("IL419", f"{POINT}/pointLongitude", 77.9, at=f"/{POINT}"),
    keeps(
        "IL419",
        "geoLocations/0",
        {
            "geoLocationPoint": {"pointLatitude": "-90", "pointLongitude": "45"},
            "geoLocationBox": {
                "westBoundLongitude": "0",
                "eastBoundLongitude": "0",
                "southBoundLatitude": "-90",
                "northBoundLatitude": "-89",
            },
        },
    ),
    keeps("IL419", f"{POINT}/pointLatitude", 40.709),
    keeps("IL419", "geoLocations", [{"geoLocationPoint": {"pointLatitude": 0, "pointLongitude": 32.4}}]),
    keeps("IL419", "geoLocations/1", {"geoLocationPoint": {"pointLatitude": 7, "pointLongitude": 8}}),
    keeps("IL419", f"{BOX}/westBoundLongitude", 177),
    breaks(
        "IL419",
        BOX,
        {"westBoundLongitude": 0, "eastBoundLongitude": 0, "southBoundLatitude": 0, "northBoundLatitude": 0},
    ),
    keeps(
        "IL419",
        BOX,
        {"westBoundLongitude": 0, "eastBoundLongitude": 0.1, "southBoundLatitude": 0, "northBoundLatitude": 0},
        also={POINT: {"pointLatitude": 0, "pointLongitude": 0.1}},
    ),
    breaks("IL420", "alternateIdentifiers/0/alternateIdentifierType", "", at=f"/{ALTERNATE}"),
    breaks(
        "IL420",
        "alternateIdentifiers/0",
        {"alternateIdentifier": "10.1594/PANGAEA.839477", "alternateIdentifierType": "DOI"},
        at=f"/{ALTERNATE}",
        only="xml",
    ),
    breaks(
        "IL420",
        "alternateIdentifiers/1",
        {"alternateIdentifier": "x", "alternateIdentifierType": " "},
        at="/alternateIdentifiers/1/alternateIdentifier",
    ),
    keeps(
        "IL420",
        "alternateIdentifiers",
        also={"identifiers": [{"identifier": "https://doi.org/10.58052/ssh000sua", "identifierType": "DOI"}]},
    ),
    keeps(
        "IL420",
        "alternateIdentifiers/0",
        {"alternateIdentifier": "10273/SSH000SUA", "alternateIdentifierType": "Handle"},
    ),
    *(
        breaks(
            "IL420",
            "alternateIdentifiers/0",
            {"alternateIdentifier": f"⟦{own}⟧", "alternateIdentifierType": "DOI"},
            only=only,
        )
        for own, only in (
            ("10.58052/SSH000SUA", "xml json yaml"),
            ("10.1594/PANGAEA.839477", "xml json yaml api"),
        )
    ),
    keeps(
        "IL420",
        "alternateIdentifiers/0",
        {"alternateIdentifier": "10.58052/SSH000SUA", "alternateIdentifierType": "DOI"},
        only="api",
    ),
    keeps("IL420", "alternateIdentifiers"),
    breaks("IL421", ORCID, "https://orcid.org/0000-0001-5000-0008"),
    breaks("IL421", ORCID, "0000000150000007"),
    breaks("IL421", ROR, "https://ror.org/04wxnsj82"),
    breaks("IL421", "creators/0/affiliation/0/affiliationIdentifierScheme", at=f"/{ROR}"),
    tree(
        "IL421",
        "no scheme",
        _unset("creators/creator/nameIdentifier", "nameIdentifierScheme"),
        f"{CREATOR}/nameIdentifier",
    ),
    keeps("IL421", ORCID, "0000-0002-1694-233X"),
    keeps("IL421", ROR, "04wxnsj81"),
    keeps(
        "IL421", "creators/0/nameIdentifiers/0", {"nameIdentifier": "0000000121227317", "nameIdentifierScheme": "ISNI"}
    ),
    keeps("IL421", "creators/0/affiliation/0", {"name": "DataCite"}),
    breaks("IL422", PUBLISHER, "https://ror.org/04wxnsj18"),
    breaks("IL422", PUBLISHER, "SESAR"),
    breaks("IL422", "publisher/publisherIdentifierScheme", at=f"/{PUBLISHER}"),
    keeps("IL422", PUBLISHER, "https://ror.org/05dxps055"),
    keeps("IL422", "publisher", {"name": "SESAR"}),
    keeps(
        "IL422", "publisher", {"name": "SESAR", "publisherIdentifier": "r3d1", "publisherIdentifierScheme": "re3data"}
    ),
    breaks("IL423", "descriptions", at=""),
    breaks("IL423", "descriptions/0/descriptionType", "Other", at=""),
    breaks("IL423", "descriptions/0/description", " ", at=""),
    keeps("IL423", "descriptions/0/descriptionType", "TechnicalInfo"),
    keeps("IL423", "descriptions/1", {"description": "Box 12", "descriptionType": "Other"}),
    keeps("IL423", "descriptions/0/description", "Auger."),
    breaks("IL424", "descriptions/0/description", "Ask tim.white@psu.edu."),
    breaks("IL424", NAME, "White, Tim (tw7@psu.edu)"),
    breaks("IL424", "rightsList/0/rights", "Permission by mailto:t.white@psu.edu"),
    keeps("IL424", "descriptions/0/description", "Ask curator@psu.edu, at 7 cm@12.5 m"),
    keeps("IL424", "descriptions/0/description", "See git@github.com:lab/cores"),
    keeps("IL424", "descriptions/0/description", "Mail name@example.org, or @timwhite"),
    breaks("IL424", f"{PLACE}/geoLocationPlace", "Ask ⟦tim.white@psu.edu⟧"),
    keeps("IL424", f"{PLACE}/geoLocationPlace", "Lab@Shale Hills"),
    breaks("IL425", "id", "https://doi.org/10.58052/SSH000SUB"),
    breaks("IL425", "url", "https://doi.org/10.58052/SSH000SUX"),
    breaks(
        "IL425",
        "identifiers",
        [{"identifier": "10.58052/SSH000SUB", "identifierType": "DOI"}],
        at="/identifiers/0/identifier",
    ),
    keeps("IL425", "id", "https://doi.org/10.58052/ssh000sua"),
    keeps("IL425", "id", "4711"),
    keeps("IL425", "identifiers", [{"identifier": "https://doi.org/10.58052/SSH000SUA", "identifierType": "DOI"}]),
    keeps("IL425", "url", "https://samples.example.edu/?doi=10.58052/SSH000SUX"),
    breaks("IL426", "url", "www.example.edu/7"),
    breaks("IL426", "url", "https://dx.doi.org/10.58052/SSH000SUA"),
    breaks("IL426", "url", at="/event", also={"event": "publish"}),
    breaks("IL426", "url", at="/state", also={"state": "findable"}, only="api"),
    breaks("IL426", "url", " ", at="/state", also={"state": "registered"}, only="api"),
    keeps("IL426", "url", also={"state": "findable"}, only="json yaml"),
    breaks("IL426", "url", at="/event", also={"event": "publish", "state": "findable"}),
    breaks("IL426", "url", "/samples/7"),
    keeps("IL426", "url", also={"state": "draft"}),
    keeps("IL426", "url", "ftp://samples.example.edu/7"),
    keeps("IL426", "url", "HTTPS://samples.example.edu/7?a=b#c"),
    keeps("IL426", "event", "publish"),
    breaks("IL426", "url", "https://hdl.handle.net/10.58052/SSH000SUA"),
    keeps("IL426", "url", "https://hdl.handle.net/10273/SSH000SUA"),
    tree(
        "IL427", "givenName@nameType", _set("creators/creator/givenName", "nameType"), f"{CREATOR}/givenName/@nameType"
    ),
    tree(
        "IL427",
        "schemeUri",
        _set("creators/creator/nameIdentifier", "schemeUri"),
        f"{CREATOR}/nameIdentifier/@schemeUri",
    ),
    tree("IL427", "affiliation/name", _add("creators/creator/affiliation", "name"), f"{CREATOR}/affiliation/name"),
    tree(
        "IL427",
        "place@x",
        _set("geoLocations/geoLocation/geoLocationPlace", "type"),
        "/resource/geoLocations/geoLocation/geoLocationPlace/@type",
    ),
    tree(
        "IL427",
        "xml:lang",
        _set("creators/creator/givenName", "{http://www.w3.org/XML/1998/namespace}lang", "en"),
        None,
    ),
    tree("IL427", "schemeURI", _set("creators/creator/affiliation", "schemeURI", "https://ror.org/"), None),
    tree(
        "IL427", "another namespace", _set("creators/creator/familyName", "{https://example.org/notes}by", "TW"), None
    ),
]
