"""Puts IDs into the prose: each form in each place of each format, always the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from . import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 10273
PER_DOCUMENT = 22
"""So many IDs stand in the running text of one document."""


@dataclass(frozen=True)
class Sample:
    """A sample: its DOI prefix and its code."""

    prefix: str
    code: str

    @property
    def doi(self) -> str:
        return f"{self.prefix}/{self.code}"


@dataclass(frozen=True)
class Cite:
    """An ID as it is written in a sentence; ``key`` is what has to be found, ``url`` where a link would lead."""

    shown: str
    key: str
    code: str
    url: str
    form: str
    place: str = "plain"
    other: str | None = None


Parts: TypeAlias = "tuple[str | Cite, ...]"


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``where`` is body, or the place outside it (footnote, comment, header, deleted …)."""

    parts: Parts
    where: str = "body"


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bullets:
    intro: str
    items: tuple[str, ...]


Block: TypeAlias = "Heading | Paragraph | Table | Bullets"


@dataclass
class Document:
    """What one document says; ``ids`` have to be found, ``again`` at least twice, ``optional`` are neither."""

    name: str
    title: str
    about: str
    blocks: list[Block] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    optional: set[str] = field(default_factory=set)


REAL = (
    Sample("10.58052", "SSH000SUA"),
    Sample("10.60516", "AU1101"),
    Sample("10.60510", "ICDP5054ESYI201"),
    Sample("10.58095", "MBCR5034RC57001"),
    Sample("10.58108", "CSRWA275"),
    Sample("10.58108", "CSRWASC00001"),
    Sample("10.60471", "ODP02Q1IZ"),
    Sample("10.58136", "UGS0006JB"),
    Sample("10.58030", "kielbot0007007"),
)
_LETTERS, _DIGITS = "ABCDEFGHJKMNPRSTUVWXYZ", "0123456789"
_SHAPES = (
    ("10.58052", "IE@@@####"),
    ("10.58052", "IE@@@0#@#"),
    ("10.58052", "NHB00#@@#"),
    ("10.58052", "WHO000#@#"),
    ("10.60516", "AU######"),
    ("10.60510", "ICDP50##E@@#001"),
    ("10.60510", "GFANT####"),
    ("10.60510", "BGRB50##RX###01"),
    ("10.58095", "MBCR50##RC57##1"),
    ("10.58108", "CSRWA#####"),
    ("10.58151", "NHB00####"),
    ("10.60471", "ODP0##@@#"),
    ("10.60510", "GF@@00#-0##"),
    ("10.58052", "NWXMAB000##-00#-001"),
)
"""Shapes of codes as agents give them: ``@`` is a letter, ``#`` a digit."""


def sample(rng: random.Random, taken: set[str], shapes: Sequence[tuple[str, str]] = _SHAPES) -> Sample:
    """Return a sample that is not yet in the document: now and then one that exists, else one of a real shape."""
    while True:
        if shapes is _SHAPES and rng.random() < 0.12:
            made = rng.choice(REAL)
        else:
            prefix, shape = rng.choice(shapes)
            letters = (rng.choice({"@": _LETTERS, "#": _DIGITS}.get(c, c)) for c in shape)
            made = Sample(prefix, "".join(letters))
        if made.code.upper() not in taken:
            taken.add(made.code.upper())
            return made


FORMS = (
    "https://doi.org/{doi}",
    "http://doi.org/{doi}",
    "http://dx.doi.org/{doi}",
    "doi.org/{doi}",
    "{doi}",
    "doi:{doi}",
    "DOI: {doi}",
    "igsn:{doi}",
    "IGSN: {doi}",
    "IGSN {doi}",
    "igsn:{code}",
    "IGSN:{code}",
    "IGSN: {code}",
    "IGSN {code}",
    "IGSN ID {code}",
    "IGSN number: {code}",
    "10273/{code}",
    "hdl:10273/{code}",
    "https://hdl.handle.net/10273/{code}",
    "http://igsn.org/{code}",
    "igsn.org/{code}",
    "https://app.geosamples.org/sample/igsn/{code}",
    "https://www.geosamples.org/profile?igsn={code}",
    "https://data.isamples.org/digitalsample/igsn/{code}",
    "https://identifiers.org/igsn:{code}",
    "igsn:10.58143/{code}",
)
"""How people write them; the last has a prefix that is in no table."""

LINKS = tuple(form for form in FORMS if form.startswith("http"))


def cite(form: str, what: Sample, place: str) -> Cite:
    shown = form.format(doi=what.doi, code=what.code)
    if "{doi}" in form:
        key = what.doi
    else:
        key = f"{'10273' if '10273/' in form else '10.58143' if '10.58143' in form else ''}/{what.code}".lstrip("/")
    url = shown if form in LINKS else f"https://doi.org/{key}" if key.startswith("10.") else "https://example.org/s"
    return Cite(shown, key.upper(), what.code, url, form, place)


_FITS = {
    "no-break": lambda form: " " in form,
    "ligature": lambda form: "{doi}" in form,
    "link": lambda form: form in LINKS,
    "url": lambda form: form in LINKS,
    "macro": lambda form: form == "IGSN: {code}",
    "path": lambda form: form == "https://doi.org/{doi}",
    "attribute": lambda form: form in LINKS,
    "line-end": lambda form: form not in ("igsn.org/{code}", "doi.org/{doi}"),
    "other-target": lambda form: form in ("https://doi.org/{doi}", "{doi}", "igsn:{doi}"),
}
"""Places that not every form can have."""

_SHAPED = {
    "ligature": (("10.58052", "iefi@####"), ("10.60510", "gffl@####")),
    "underscore": (("10.58108", "CSR_WA#####"), ("10.60510", "GF@@_00##")),
    "line-end": (("10.58052", "IE@@@####"), ("10.60510", "ICDP50##E@@#001")),
    "soft-as-hyphen": (("10.60510", "GF@@-0##"), ("10.58108", "CSR-WA####")),
}
"""Places that need a code of their own shape; in lower case where there is a ligature."""

_NOTES = {"footnote", "endnote", "comment", "header", "footer", "box", "meta", "title", "note"}
HEADS = (
    "IGSN",
    "IGSN*",
    "IGSN ID",
    "igsn_id",
    "Parent IGSN",
    "IGSN (old)",
    "Sample IGSN",
    "IGSN†",
    "IGSN number",
    "IGSN¹",
    "sampleIGSN",
)


def _combos(places: Sequence[str], rng: random.Random) -> list[tuple[str, str]]:
    """Return each form with each place that it can have, mixed."""
    fits = {place: _FITS.get(place, lambda form: True) for place in places}
    pairs = [(form, place) for place in places for form in FORMS if fits[place](form)]
    rng.shuffle(pairs)
    return pairs


def sentence(rng: random.Random, document: Document, taken: set[str], form: str, place: str) -> Paragraph:
    """Return a paragraph with an ID in this form at this place; what stands in deleted text is not wanted."""
    what = sample(rng, taken, _SHAPED.get(place, _SHAPES))
    if place == "ligature":
        what = Sample(what.prefix, what.code.lower())
    cited = cite(form, what, place)
    bank = prose.NOTES if place in _NOTES else prose.CARRIERS
    if place not in _NOTES and rng.random() < 0.2:
        bank = rng.choice((prose.AVAILABILITY, prose.CAPTIONS))
    before, after = rng.choice(bank).split("{}")
    if place != "deleted":
        document.ids.add(cited.key)
    if place == "other-target":
        other = sample(rng, taken)
        document.ids.add(other.doi.upper())
        cited = replace(cited, url=f"https://doi.org/{other.doi}", other=other.doi)
    return Paragraph((before, cited, after), place)


def table(rng: random.Random, document: Document, taken: set[str], number: int) -> Table:
    """Return a table with a column of IDs: bare codes, DOIs or URLs; gaps and cells with several among them."""
    head = HEADS[number % len(HEADS)]
    form = ("{code}", "{doi}", "https://doi.org/{doi}", "igsn:{doi}", "10273/{code}", "{code}")[number % 6]
    rows = []
    for i in range(6):
        field_name, rock = prose.DECOY_CODES[i], rng.choice(("basalt", "tuff", "gneiss", "chert", "loess"))
        depth = f"{rng.uniform(0, 900):.2f}"
        if i == 3:
            cell = rng.choice(("-", "n/a", "none", "pending"))
        else:
            chosen = [sample(rng, taken, (_SHAPES[number % len(_SHAPES)],)) for _ in range(2 if i == 4 else 1)]
            cites = [cite(form, one, "cell") for one in chosen]
            document.ids.update(one.key for one in cites)
            cell = "; ".join(one.shown for one in cites)
        rows.append((field_name, rock, depth, cell))
    return Table("Samples and where they come from.", ("Sample", "Rock", "Depth (m)", head), tuple(rows))


def lists(rng: random.Random, document: Document, taken: set[str], number: int) -> Iterator[Block]:
    """Yield a list of IDs behind one tag, in a sentence and as bullets, and a range."""

    def some(count: int) -> list[str]:
        shape = rng.choice([one for one in _SHAPES if "-" not in one[1]])
        chosen = [sample(rng, taken, (shape,)).code for _ in range(count)]
        document.ids.update(code.upper() for code in chosen)
        return chosen

    a, b, c, d = some(4)
    told = (
        f"Four samples were mixed (IGSNs: {a}, {b}, {c}, and {d}) to get enough of the mineral.",
        f"We used four dredged rocks (IGSN: {a}; {b}; {c}; {d}).",
        f"The IGSN IDs {a}, {b}, {c} and {d} stand for the composite.",
        f"Further material: IGSN {a}, {b}, {c} & {d}.",
    )
    yield Paragraph((told[number % len(told)],))
    first = sample(rng, taken, (("10.58052", "IE@@@0001"),)).code
    last = first[:-2] + "10"
    taken.add(last)
    document.ids.update((first, last))
    ranges = (f"{first} to {last}", f"{first}–{last}", f"{first} - {last}", f"{first} through {last}")
    yield Paragraph((f"The core was cut into ten sections (IGSN: {ranges[number % len(ranges)]}).",))
    intro = ("IGSNs:", "The following samples are new (IGSN):", "List of IGSN IDs:")[number % 3]
    yield Bullets(intro, tuple(some(3)))
    again = sample(rng, taken)
    document.ids.add(again.doi.upper())
    document.again.add(again.code.upper())
    yield Paragraph((f"The reference core is igsn:{again.doi}.",))
    yield Paragraph((f"Spectra of {again.code} were taken every 5 mm.",))


def papers(form: str, places: Sequence[str], ending: str, *, joined: bool) -> Iterator[Document]:
    """Yield the documents of one format: together they have each form in each place, and one has look-alikes only.

    ``joined`` sentences stand several in a paragraph; the others are remarks in cells or fields.
    """
    rng = random.Random(f"{SEED} {form}")
    pairs = _combos(places, rng)
    for number, at in enumerate(range(0, len(pairs), PER_DOCUMENT)):
        title = rng.choice(prose.TITLES)
        document = Document(f"{form}-{number + 1:02}{ending}", title, f"{form}: forms and places")
        taken: set[str] = set()
        wanted = [sentence(rng, document, taken, *pair) for pair in pairs[at : at + PER_DOCUMENT]]
        document.blocks = list(_arranged(rng, document, wanted, taken, number, joined=joined))
        yield document
    document = Document(f"{form}-none{ending}", prose.TITLES[0], f"{form}: look-alikes only")
    document.blocks = [Heading("Methods"), *(Paragraph((text,)) for text in rng.sample(prose.DECOYS, 20))]
    rows = tuple(
        (code, "tuff", f"{i * 1.7:.2f}", f"LAB-{rng.randrange(9999):04}") for i, code in enumerate(_codes(rng))
    )
    document.blocks += [
        Heading("Results"),
        Table("What was measured.", ("Sample", "Rock", "Depth (m)", "Lab no."), rows),
    ]
    document.blocks += [Paragraph((text,)) for text in rng.sample(prose.FILLERS, 5)]
    yield document


def _codes(rng: random.Random) -> list[str]:
    return rng.sample(prose.DECOY_CODES, 6)


def _arranged(
    rng: random.Random, document: Document, wanted: list[Paragraph], taken: set[str], number: int, *, joined: bool
) -> Iterator[Block]:
    """Yield the blocks of a paper: sections with the sentences that were asked for, fillers and decoys between them."""
    between = [Paragraph((text,)) for text in (*rng.sample(prose.FILLERS, 6), *rng.sample(prose.DECOYS, 8))]
    body = [*wanted, *between]
    rng.shuffle(body)
    half = len(body) // 2
    yield Heading("Materials and methods")
    yield from _joined(body[:half]) if joined else body[:half]
    yield table(rng, document, taken, number)
    yield Heading("Results")
    yield from _joined(body[half:]) if joined else body[half:]
    yield from lists(rng, document, taken, number)
    yield Heading("Data availability")
    last = sample(rng, taken)
    document.ids.add(last.doi.upper())
    yield Paragraph((f"Sample metadata: https://doi.org/{last.doi}. All other data are in the supplement.",))


def _joined(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, two or three sentences of the body together as people write them."""
    held: Parts = ()
    count = 0
    for paragraph in paragraphs:
        if paragraph.where in _OUTSIDE:
            yield paragraph
            continue
        held = (*held, " ", *paragraph.parts) if held else paragraph.parts
        count += 1
        if count == 3:
            yield Paragraph(held)
            held, count = (), 0
    if held:
        yield Paragraph(held)


_OUTSIDE = {*_NOTES, "deleted", "inserted", "caption", "code", "output"}
"""Places that are a paragraph of their own."""
