"""The corpora that the cases run on: made here, always the same, and about nobody's real samples.

A record is made once as a plain value and goes into JSON and XML from there. One in ``FAULT_EVERY`` has a fault.
"""

from __future__ import annotations

import json
import random
import textwrap
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = "http://datacite.org/schema/kernel-4"
FAULT_EVERY = 20
"""Every how many records one has a fault: 20 are 5 %."""

_SEED = 10273
_PREFIXES = ("10.58052", "10.60510", "10.60516", "10.58095", "10.58108")
_MATERIALS = ("Basalt", "Granite", "Gneiss", "Marble", "Sandstone", "Limestone", "Chert", "Soil", "Ice", "Peat", "Ash")
_KINDS = ("Core", "Core section", "Hand specimen", "Thin section", "Powder", "Dredge haul", "Grab sample", "Cutting")
_PLACES = ("Fjord of Lyngen", "Upper Rhine", "Gulf of Cádiz", "Øst Grønland", "Kilauea", "Pilbara", "Ötztal", "Chūbu")
_FAMILY = ("Okafor", "Lindqvist", "Ferreira", "Tanaka", "Novák", "Meyer", "Haddad", "Silva", "O'Brien", "Ivanova")
_GIVEN = ("Ada", "Bo", "Chiara", "Deniz", "Emeka", "Freya", "Goro", "Hana", "Iñigo", "Jana")
_WORDS = """
    fine coarse grained altered fresh layered massive vein olivine feldspar quartz mica calcite matrix clast section
    drilled collected cut split polished stored below above between contact shear zone margin dyke sill flow bed fold
    the of and with from near at in was were under a during survey cruise campaign station depth metres colour dark
    pale grey green red weathered surface measured described logged archived half working interval sample material
""".split()  # noqa: SIM905  # words, not a page of quotes


def _sentence(rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.randint(8, 22))
    return " ".join(words).capitalize() + "."


def _suffix(rng: random.Random, number: int) -> str:
    return f"{rng.choice(('AU', 'CSRWA', 'MBCR', 'SSH', 'XYZ'))}{number:05d}{rng.randint(0, 999):03d}"


def _paper(rng: random.Random) -> str:
    """Return a DOI as papers have them, under a prefix that holds no samples."""
    return f"10.{rng.randint(20000, 20999)}/j.{rng.randint(1990, 2023)}.{rng.randint(1, 99999)}"


def _orcid(rng: random.Random) -> str:
    """Return an ORCID with a right check digit (ISO 7064, MOD 11-2), from a block that ORCID does not give out."""
    digits = f"0000000{rng.randint(100000000, 199999999):09d}"[-15:]
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = digits + ("X" if check == 10 else str(check))
    return "https://orcid.org/" + "-".join(whole[i : i + 4] for i in range(0, 16, 4))


def _person(rng: random.Random, **more: str) -> dict[str, Any]:
    family, given = rng.choice(_FAMILY), rng.choice(_GIVEN)
    return {
        **more,
        "name": f"{family}, {given}",
        "nameType": "Personal",
        "givenName": given,
        "familyName": family,
        "nameIdentifiers": [
            {
                "nameIdentifier": _orcid(rng),
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ],
        "affiliation": [{"name": f"Institute of {rng.choice(_MATERIALS)} Research"}],
    }


def record(number: int) -> dict[str, Any]:
    """Return the attributes of the sample record with this number; every ``FAULT_EVERY``-th one has a fault."""
    rng = random.Random(_SEED + number)
    prefix = rng.choice(_PREFIXES)
    material, kind, place = rng.choice(_MATERIALS), rng.choice(_KINDS), rng.choice(_PLACES)
    year = rng.randint(1995, 2023)
    west, south = round(rng.uniform(-170, 160), 4), round(rng.uniform(-80, 70), 4)
    related = [
        {
            "relatedIdentifier": f"https://doi.org/{prefix}/P{_suffix(rng, 90000 + number // 7)}",
            "relatedIdentifierType": "DOI",
            "relationType": "IsPartOf",
        }
    ]
    for _ in range(rng.randint(0, 5)):
        related.append(
            {
                "relatedIdentifier": _paper(rng),
                "relatedIdentifierType": "DOI",
                "relationType": rng.choice(("IsCitedBy", "IsReferencedBy", "IsDocumentedBy")),
                "resourceTypeGeneral": "JournalArticle",
            }
        )
    data: dict[str, Any] = {
        "doi": f"{prefix}/{_suffix(rng, number)}",
        "url": f"https://example.org/samples/{number}",
        "creators": [_person(rng) for _ in range(rng.randint(1, 3))],
        "titles": [{"title": f"{material} {kind.lower()} {number} from {place}", "lang": "en"}],
        "publisher": {"name": "Example Repository of Rocks"},
        "publicationYear": year + 1,
        "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": kind},
        "subjects": [
            {"subject": word, "subjectScheme": "Example materials", "schemeUri": "https://example.org/materials/"}
            for word in rng.sample(_MATERIALS, rng.randint(1, 3))
        ],
        "contributors": [_person(rng, contributorType="DataCollector")],
        "dates": [{"date": f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", "dateType": "Collected"}],
        "language": "en",
        "alternateIdentifiers": [
            {"alternateIdentifier": f"BOX-{number}/{rng.randint(1, 40)}", "alternateIdentifierType": "Local"}
        ],
        "relatedIdentifiers": related,
        "sizes": [f"{rng.randint(2, 900)} g"],
        "rightsList": [
            {"rights": "CC0 1.0 Universal", "rightsUri": "https://creativecommons.org/publicdomain/zero/1.0/"}
        ],
        "descriptions": [],
        "geoLocations": [
            {
                "geoLocationPlace": place,
                "geoLocationPoint": {"pointLongitude": west, "pointLatitude": south},
            }
        ],
        "schemaVersion": NAMESPACE,
    }
    missing = rng.randint(3400, 4800) - len(json.dumps(data, indent=1, ensure_ascii=False))
    while missing > 0:
        text = " ".join(_sentence(rng) for _ in range(rng.randint(1, 4)))
        data["descriptions"].append({"description": text, "descriptionType": "Abstract"})
        missing -= len(text) + 80
    if number % FAULT_EVERY == FAULT_EVERY - 1:
        _spoil(data, number // FAULT_EVERY)
    return data


def _spoil(data: dict[str, Any], which: int) -> None:
    """Put one fault into a record: the schema refuses four of the six kinds, the others break rules on IGSN IDs."""
    kind = which % 6
    if kind == 0:
        data["relatedIdentifiers"][0]["relationType"] = "IsPieceOf"
    elif kind == 1:
        data["titles"] = []
    elif kind == 2:
        data["publicationYear"] = "around 1998"
    elif kind == 3:
        data["contributors"][0]["contributorType"] = "Driller"
    elif kind == 4:
        data["types"]["resourceTypeGeneral"] = "Dataset"
    else:
        own = data["relatedIdentifiers"][0]
        own["relatedIdentifier"] = own["relatedIdentifier"].replace("https://doi.org", "http://dx.doi.org")


def to_json(data: dict[str, Any]) -> bytes:
    """Return a record as DataCite JSON."""
    return json.dumps(data, indent=1, ensure_ascii=False).encode() + b"\n"


_ATTRIBUTES = {
    "lang": "xml:lang",
    "subjectScheme": "subjectScheme",
    "dateType": "dateType",
    "contributorType": "contributorType",
    "descriptionType": "descriptionType",
    "alternateIdentifierType": "alternateIdentifierType",
    "relatedIdentifierType": "relatedIdentifierType",
    "relationType": "relationType",
    "resourceTypeGeneral": "resourceTypeGeneral",
    "schemeUri": "schemeURI",
    "rightsUri": "rightsURI",
    "nameIdentifierScheme": "nameIdentifierScheme",
}
"""Keys of JSON that are attributes in XML."""


def _leaf(parent: ET.Element, tag: str, text: object, source: dict[str, Any] | None = None) -> ET.Element:
    attributes = {_ATTRIBUTES[key]: str(value) for key, value in (source or {}).items() if key in _ATTRIBUTES}
    element = ET.SubElement(parent, tag, attributes)
    element.text = str(text)
    return element


def _named(parent: ET.Element, tag: str, person: dict[str, Any]) -> None:
    element = ET.SubElement(parent, tag)
    if "contributorType" in person:
        element.set("contributorType", person["contributorType"])
    _leaf(element, f"{tag}Name", person["name"]).set("nameType", person["nameType"])
    _leaf(element, "givenName", person["givenName"])
    _leaf(element, "familyName", person["familyName"])
    for identifier in person["nameIdentifiers"]:
        _leaf(element, "nameIdentifier", identifier["nameIdentifier"], identifier)
    for affiliation in person["affiliation"]:
        _leaf(element, "affiliation", affiliation["name"])


def to_xml(data: dict[str, Any]) -> bytes:
    """Return a record as DataCite XML."""
    root = ET.Element(
        "resource",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} https://schema.datacite.org/meta/kernel-4.7/metadata.xsd",
        },
    )
    _leaf(root, "identifier", data["doi"]).set("identifierType", "DOI")
    creators = ET.SubElement(root, "creators")
    for person in data["creators"]:
        _named(creators, "creator", person)
    _group(root, "titles", "title", data["titles"])
    _leaf(root, "publisher", data["publisher"]["name"])
    _leaf(root, "publicationYear", data["publicationYear"])
    _leaf(root, "resourceType", data["types"]["resourceType"], data["types"])
    _group(root, "subjects", "subject", data["subjects"])
    contributors = ET.SubElement(root, "contributors")
    for person in data["contributors"]:
        _named(contributors, "contributor", person)
    _group(root, "dates", "date", data["dates"])
    _leaf(root, "language", data["language"])
    for name in ("alternateIdentifier", "relatedIdentifier"):
        _group(root, f"{name}s", name, data[f"{name}s"])
    sizes = ET.SubElement(root, "sizes")
    for size in data["sizes"]:
        _leaf(sizes, "size", size)
    _group(root, "rightsList", "rights", data["rightsList"])
    _group(root, "descriptions", "description", data["descriptions"])
    locations = ET.SubElement(root, "geoLocations")
    for entry in data["geoLocations"]:
        location = ET.SubElement(locations, "geoLocation")
        _leaf(location, "geoLocationPlace", entry["geoLocationPlace"])
        point = ET.SubElement(location, "geoLocationPoint")
        for name, value in entry["geoLocationPoint"].items():
            _leaf(point, name, value)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _group(root: ET.Element, tag: str, name: str, entries: list[dict[str, Any]]) -> None:
    group = ET.SubElement(root, tag)
    for entry in entries:
        _leaf(group, name, entry[name], entry)


def write_records(folder: Path, form: str, count: int) -> list[str]:
    """Write ``count`` records as ``json`` or ``xml`` into the folder and return the names of the files."""
    write = to_json if form == "json" else to_xml
    names = [f"sample-{number:05d}.{form}" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(write(record(number)))
    return names


def write_json_lines(folder: Path, count: int) -> list[str]:
    """Write ``count`` records as JSON Lines into one file and return its name."""
    with open(folder / "samples.jsonl", "wb") as file:
        for number in range(count):
            file.write(json.dumps(record(number), ensure_ascii=False).encode() + b"\n")
    return ["samples.jsonl"]


def _id(rng: random.Random) -> str:
    """Return an ID as manuscripts write them; one in twenty goes through an old resolver."""
    name = f"{rng.choice(_PREFIXES)}/{_suffix(rng, rng.randint(0, 99999))}"
    if rng.randrange(FAULT_EVERY) == 0:
        return f"http://dx.doi.org/{name}"
    return rng.choice(
        (f"https://doi.org/{name}", f"igsn:{name}", f"IGSN: {name}", f"[igsn:{name}](https://doi.org/{name})")
    )


def write_texts(folder: Path, megabytes: int) -> int:
    """Write Markdown and plain texts of 100 kB each into subfolders and return how many IDs they hold.

    A third of the texts name samples, another third cites papers only, and the last one has no identifier at all.
    """
    rng = random.Random(_SEED)
    paragraphs = [" ".join(_sentence(rng) for _ in range(rng.randint(3, 9))) for _ in range(3000)]
    planted = 0
    for number in range(megabytes * 10):
        pieces: list[str] = []
        size = 0
        while size < 100_000:
            piece = rng.choice(paragraphs)
            if number % 3 == 0 and rng.random() < 0.15:
                piece += f" See {_id(rng)} for the material."
                planted += 1
            elif number % 3 == 1 and rng.random() < 0.1:
                piece += f" https://doi.org/{_paper(rng)}"
            pieces.append(piece)
            size += len(piece) + 2
        part = folder / f"part-{number % 10}"
        part.mkdir(exist_ok=True)
        (part / f"text-{number:04d}.{'md' if number % 2 else 'txt'}").write_text("\n\n".join(pieces), encoding="utf-8")
    return planted


_SAMPLE_EVERY = 20
"""Every how many paragraphs of a manuscript one names a sample; as many cite a paper by its DOI."""


def _paragraphs(count: int) -> list[str]:
    rng = random.Random(_SEED)
    found = []
    for number in range(count):
        text = " ".join(_sentence(rng) for _ in range(rng.randint(3, 9)))
        if number % _SAMPLE_EVERY == 0:
            text += f" See igsn:{rng.choice(_PREFIXES)}/{_suffix(rng, number)} for the material."
        elif number % _SAMPLE_EVERY == 10:
            text += f" https://doi.org/{_paper(rng)}"
        found.append(text)
    return found


def write_word(folder: Path, paragraphs: int) -> list[str]:
    """Write a Word document as Word writes it, some runs a paragraph, and return its name."""
    looks = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
    body = []
    for text in _paragraphs(paragraphs):
        words = text.replace("&", "and").replace("<", "").split(" ")
        runs = (" ".join(words[i : i + 8]) + " " for i in range(0, len(words), 8))
        inner = "".join(
            f'<w:r w:rsidRPr="00AB12CD"><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs
        )
        body.append(
            f'<w:p w:rsidR="00AB12CD"><w:pPr><w:spacing w:line="480"/><w:jc w:val="both"/></w:pPr>{inner}</w:p>'
        )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(folder / "manuscript.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{"".join(body)}</w:body></w:document>'
        )
    return ["manuscript.docx"]


def write_pdf(folder: Path, pages: int) -> list[str]:
    """Write a PDF of printed pages, 50 lines each, and return its name."""
    lines = [line for text in _paragraphs(pages * 12) for line in textwrap.wrap(text, 95)]
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in range(pages):
        stream = b"BT /F 10 Tf 60 780 Td 14 TL "
        for line in lines[page * 50 : page * 50 + 50]:
            literal = line.encode("ascii", "replace").replace(b"\\", b"").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"(" + literal + b") Tj T* "
        stream += b"ET"
        bodies.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), pages)
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    (folder / "manuscript.pdf").write_bytes(out)
    return ["manuscript.pdf"]


_FEW_BELOW = 9
"""So many parts a parent has in a collection."""


def related_record(number: int) -> dict[str, Any]:
    """Return a short record of a collection: every tenth is a parent, and the nine behind it are its parts.

    Every part names its parent; every parent but one in twenty names its parts.
    """
    parent, part = divmod(number, _FEW_BELOW + 1)
    ids = [f"10.60516/AU{parent:06X}{n if n else ''}" for n in range(_FEW_BELOW + 1)]
    paper = {"relatedIdentifier": f"10.1594/PANGAEA.{number}", "relatedIdentifierType": "DOI"}
    related: list[dict[str, str]] = [{**paper, "relationType": "IsReferencedBy"}]
    if part:
        whole = {"relatedIdentifier": ids[0], "relatedIdentifierType": "DOI", "relationType": "IsPartOf"}
        related.append(whole)
    elif parent % FAULT_EVERY:
        parts = [
            {"relatedIdentifier": one, "relatedIdentifierType": "DOI", "relationType": "HasPart"} for one in ids[1:]
        ]
        related += parts
    return {
        "doi": ids[part],
        "creators": [{"name": f"{_FAMILY[parent % len(_FAMILY)]}, {_GIVEN[part]}"}],
        "titles": [{"title": f"{_MATERIALS[parent % len(_MATERIALS)]} {parent}-{part}"}],
        "publisher": "Example Repository of Rocks",
        "publicationYear": 2000 + parent % 24,
        "types": {"resourceTypeGeneral": "PhysicalObject", "resourceType": "Core" if part else "Hole"},
        "subjects": [
            {
                "subject": _MATERIALS[parent % len(_MATERIALS)],
                "subjectScheme": "Example materials",
                "schemeUri": "https://example.org/materials/",
            }
        ],
        "dates": [{"date": f"{1990 + parent % 24}-05-{part + 1:02d}", "dateType": "Collected"}],
        "relatedIdentifiers": related,
        "descriptions": [{"description": "Drilled from the surface.", "descriptionType": "Abstract"}],
        "geoLocations": [{"geoLocationPlace": _PLACES[parent % len(_PLACES)]}],
    }


def write_collection(folder: Path, form: str, count: int) -> list[str]:
    """Write a collection of ``count`` records that name one another: ``jsonl`` in one file, ``json`` in one each."""
    records = (json.dumps(related_record(number), ensure_ascii=False) + "\n" for number in range(count))
    if form == "jsonl":
        with open(folder / "collection.jsonl", "w", encoding="utf-8") as file:
            file.writelines(records)
        return ["collection.jsonl"]
    for number, text in enumerate(records):
        part = folder / f"part-{number // 1000:03d}"
        part.mkdir(exist_ok=True)
        (part / f"{number:06d}.json").write_text(text, encoding="utf-8")
    return ["."]


def write_csv(folder: Path, rows: int) -> None:
    """Write a table of measurements as CSV; one row in a thousand has an IGSN ID, and comments have quotes."""
    rng = random.Random(_SEED)
    with open(folder / "table.csv", "w", encoding="utf-8") as file:
        file.write("Sample,Latitude,Longitude,Depth,Rock,Remarks\n")
        for number in range(rows):
            remark = (
                f"see igsn:10.58052/IEXYZ{number:05X}" if number % 1000 == 0 else 'grey, ""fresh"" and fine grained'
            )
            file.write(
                f"S{number},{rng.uniform(-90, 90):.5f},{rng.uniform(-180, 180):.5f},{rng.uniform(0, 5000):.2f},"
                f'{rng.choice(_MATERIALS)},"{remark}"\n'
            )


def write_workbook(folder: Path, rows: int) -> None:
    """Write a workbook with one sheet of four columns, half of them shared strings; one row in a thousand has an ID."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    }
    strings = ["Sample", "Depth", "Longitude", "Rock", *_MATERIALS]
    rocks = len(_MATERIALS)
    with zipfile.ZipFile(folder / "table.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            heads = "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCD"))
            sheet.write(f'<row r="1">{heads}</row>'.encode())
            for n in range(2, rows + 1):
                strings.append(f"10.58052/IEXYZ{n:05X}" if n % 1000 == 0 else f"GEO-{n}")
                sheet.write(
                    f'<row r="{n}"><c r="A{n}" t="s"><v>{len(strings) - 1}</v></c><c r="B{n}"><v>{n * 0.37:.2f}</v></c>'
                    f'<c r="C{n}"><v>{n % 360}</v></c><c r="D{n}" t="s"><v>{4 + n % rocks}</v></c></row>'.encode()
                )
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
