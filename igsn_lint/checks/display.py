"""IL2: the form in which an ID is shown and cited."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._values import hidden_before
from igsn_lint.codes import is_series
from igsn_lint.identifier import LEGACY_PREFIX, Igsn, NotAnIgsn, upper
from igsn_lint.model import IN_TEXTS, Breach, Context, Edit, Mention, Place, check
from igsn_lint.patterns import lazy
from igsn_lint.samples import mapped_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANONICAL = "https://doi.org/"
_TAG = "igsn:"
_NO_PROSE = lazy(r"(?:https?://\S*|(?:doi\.org|igsn\.org|hdl\.handle\.net)/\s{1,9}|\bdoi\s*=\s*[{\"])\Z", re.IGNORECASE)
"""What stands before an ID inside a URL, or as a field of a bibliography."""

_LABELLED_DOI = lazy(r"\bdoi\s?[:：]?\s*[\[*_(<]{0,4}\Z", re.IGNORECASE)
"""The tag of a DOI, and marks between it and the ID."""


def _is_shown(mention: Mention) -> bool:
    """Return whether the ID is shown to readers: cited in a text, no program text, no comment, no placeholder."""
    return mention.role == "cited" and not mention.code and mention.state == "plain"


def _is_key(mention: Mention, context: Context) -> bool:
    """Return whether the ID is what data call a thing by: programs compare it letter by letter, nobody reads it."""
    segment = mention.segment
    called = context.document.format in _DATA and segment.label in _NAMING
    return called and len(mention.raw) == len(segment.text.strip())


_DATA, _NAMING = {"json", "jsonl", "yaml"}, {"@id", "id", "_id", "$id"}


def _is_broken(context: Context) -> bool:
    """Return whether data that could not be read were searched as if they were a text to read."""
    faults = context.document.faults
    return bool(faults) and any(fault.kind in {"malformed-document", "hostile-document"} for fault in faults)


def _agent_hint(mention: Mention) -> str:
    agent = facts.likely_agent(mention.suffix)
    return f"; {agent} probably registered it and can name the DOI" if agent else ""


@check("IL201", Mention, odd_only=True)
def non_canonical_url(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report URLs with a DOI that do not begin with https://doi.org/."""
    if mention.doi_prefix is None:
        return
    for wrapper in mention.spelling.wrappers:
        written = mention.spelling.text[wrapper.start : wrapper.end]
        if wrapper.kind in {"doi-url", "handle-url", "igsn-url"} and written != _CANONICAL:
            message = f'the resolver is written "{written}" instead of "{_CANONICAL}"'
            yield mention.breach(message, wrapper.start, wrapper.end, fix=_CANONICAL, safe=True)


_OR_DOI = lazy(r"igsn(?:\s?ids?)?\s?[/(]\s?\Z", re.IGNORECASE)
"""What stands before the tag of a DOI that says already that this is a sample (IGSN/DOI: 10.…)."""


@check("IL202", Mention, odd_only=True, roles=("cited",))
def doi_tag(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report sample DOIs that are shown with the tag of a DOI."""
    if not _is_shown(mention) or mention.doi_prefix is None or mention.spelling.has("igsn-tag") or _is_broken(context):
        return
    if context.document.is_field(mention.place()):
        return
    if _OR_DOI.search(mention.segment.text, max(0, mention.start - 20), mention.start):
        return
    # Before a URL the tag is not replaced but left out: a tag is not glued to a URL.
    instead = "" if mention.spelling.has("doi-url") else _TAG
    for wrapper in mention.spelling.wrappers:
        if wrapper.kind == "doi-tag":
            written = mention.spelling.text[wrapper.start : wrapper.end].strip()
            message = f'the tag "{written}" does not say that this is a sample'
            yield mention.breach(message, wrapper.start, wrapper.end, fix=instead, safe=True)


@check("IL203", Mention, odd_only=True)
def legacy_handle(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report IDs in the Handle form of before 2023; among the alternate identifiers of its own record it is right."""
    if not mention.is_legacy or mention.slot == "alternateIdentifier" or mention.state in {"placeholder", "test"}:
        return
    if mention.item is not None and mention.item.text("relationType") == "IsIdenticalTo":
        # A record that says under which Handle its sample was known says it right.
        return
    if mention.record is not None and mention.record.kind == "legacy":
        # Metadata of before 2023 names samples by their Handles by design.
        return
    if not _is_handle_as_doi(mention):
        yield _without_handle(mention, context, "the ID is written as a Handle of before 2023")


@check("IL204", Mention, odd_only=True)
def handle_as_doi(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report Handles below doi.org."""
    if _is_handle_as_doi(mention) and mention.state not in {"placeholder", "test"}:
        yield _without_handle(mention, context, f"{LEGACY_PREFIX} begins old IDs (Handles) and no DOI")


def _is_handle_as_doi(mention: Mention) -> bool:
    """Return whether a Handle stands below doi.org itself; dx.doi.org was the address that people gave for Handles."""
    spelling = mention.spelling
    return mention.prefix == LEGACY_PREFIX and any(
        wrapper.kind == "doi-url" and "dx." not in spelling.text[wrapper.start : wrapper.end].lower()
        for wrapper in spelling.wrappers
    )


def _without_handle(mention: Mention, context: Context, message: str) -> Breach:
    spelling = mention.spelling
    prefix = mapped_prefix(mention.suffix, context.settings)
    if prefix is None:
        return mention.breach(message + _agent_hint(mention), spelling.start, spelling.suffix_end)
    shown = _TAG if spelling.form in {"curie", "tag"} else _CANONICAL
    return mention.breach(message, spelling.start, spelling.suffix_end, fix=f"{shown}{prefix}/{mention.suffix}")


@check("IL205", Mention, odd_only=True)
def provider_url(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report landing pages where the DOI should stand; in a record's field for its landing page one is right."""
    spelling = mention.spelling
    if not spelling.has("landing-url") or mention.code or mention.state != "plain":
        return
    if mention.slot in {"identifier", "alternateIdentifier"} or (mention.segment.cell and not mention.slot):
        return
    if mention.item is not None and facts.relation(mention.item.text("relationType")) not in facts.sample_relations():
        # What describes or documents the sample is the page itself.
        return
    url = next(wrapper for wrapper in spelling.wrappers if wrapper.kind == "landing-url")
    host = spelling.text[url.start : url.end].split("//")[-1].split("/")[0]
    if host.lower().startswith("api."):
        # What programs ask is no page.
        return
    doing = "leads to" if mention.role == "target" else "gives"
    where = "the link" if mention.role == "target" else "the text"
    prefix = mention.doi_prefix or context.doi_prefix(mention.sample) or mapped_prefix(mention.suffix, context.settings)
    fix = f"{_CANONICAL}{prefix}/{mention.suffix}" if prefix and mention.suffix else None
    message = f'{where} {doing} a page of "{host}" instead of the DOI'
    yield mention.breach(message, url.start, spelling.suffix_end, fix=fix)


@check("IL206", Mention, roles=("cited",))
def missing_igsn_tag(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report DOIs of samples in running text without the tag that says what they are."""
    if not _is_shown(mention) or mention.tagged or mention.slot or mention.form != "doi" or mention.spelling.wrappers:
        return
    # A value of one word is no running text, whatever else the ID has at its end.
    if (mention.segment.cell and len(mention.segment.text.split(None, 1)) == 1) or mention.doi_prefix is None:
        return
    if context.document.is_field(mention.place()):
        return
    before = mention.segment.text[max(0, mention.start - 200) : mention.start]
    if _NO_PROSE.search(before) or hidden_before(mention) or _is_broken(context):
        return
    if before[-5:].lower() == "igsn:":
        # It does, although it is joined to what stands before: -igsn:10.58052/IEABC0001
        return
    if _fills_cell(mention) or (context.document.format == "text" and _fills_line(mention)):
        # A table or a list, one ID a line, is no running text.
        return
    start = mention.spelling.prefix_start
    breach = mention.breach('"igsn:" does not stand before the ID', start, mention.spelling.suffix_end)
    if _LABELLED_DOI.search(before) is None:
        # DOI: [10.…](…) would have two tags.
        breach = breach._replace(edits=mention.breach("", start, start, fix=_TAG, safe=True).edits)
    yield breach


def _fills_cell(mention: Mention) -> bool:
    """Return whether nothing else stands in the cell of a table in which an ID stands."""
    text = mention.segment.text
    before = text[max(0, mention.start - 60) : mention.start]
    begins, ends = _CELL_BEGINS.search(before), _CELL_ENDS.match(text, mention.end)
    # Behind a space at the end of a text it is the last word of a sentence with an element in it.
    return begins is not None and ends is not None and (not begins["gap"] or ends["border"] != "")


_CELL_BEGINS = lazy(r"(?:\ufffc\n(?P<gap>[ \t]*)|\|[ \t]*)[\[*_(<]{0,4}\Z")
_CELL_ENDS = lazy(r"[*_)>]{0,4}(?:\](?:\([^()\s]{0,500}\)|\[[^\[\]\n]{0,100}\]))?[*_)]{0,4}[ \t]*(?P<border>\||\n|\Z)")
"""The borders of cells: bars in Markdown; where cells are elements, a character that stands for their border."""


def _fills_line(mention: Mention) -> bool:
    """Return whether nothing else stands in the line of an ID, or in its column behind wide blanks."""
    text = mention.segment.text
    before = text[max(0, mention.start - 20) : mention.start].rpartition("\n")[2]
    if before.strip() and not before.endswith(("\t", "  ")):
        return False
    behind = text[mention.end : mention.end + 20].partition("\n")[0]
    return not behind.strip(" \t\r,;") or behind.startswith(("\t", "  "))


@check("IL207", Mention, odd_only=True, roles=("cited",))
def suffix_only(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report IDs of which nowhere in the document more than the suffix stands."""
    if (
        not _is_shown(mention)
        or not mention.suffix
        or mention.prefix is not None
        or mention.form not in {"curie", "tag"}
    ):
        return
    if mention.spelling.has("landing-url") or mention.spelling.has("igsn-url"):
        return
    if context.has_full_form(mention.sample):
        return
    message = f'only the suffix "{mention.suffix}" is given, and agents may use one suffix for different samples'
    prefix = mapped_prefix(mention.suffix, context.settings)
    spelling = mention.spelling
    fix = f"{prefix}/{mention.suffix}" if prefix else None
    hint = "" if prefix else _agent_hint(mention)
    yield mention.breach(message + hint, spelling.suffix_start, spelling.suffix_end, fix=fix)


@check("IL208", Mention, odd_only=True, roles=("cited",))
def tag_style(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report tags that are written otherwise than igsn:."""
    spelling = mention.spelling
    if not _is_shown(mention) or mention.slot or not spelling.wrappers or _is_key(mention, context):
        return
    # Another tag behind it (IGSN DOI: 10.…) is no part of the ID, and goes as well.
    start, end = spelling.wrappers[0].start, spelling.wrappers[-1].end
    written = spelling.text[start:end]
    tagged = spelling.wrappers[0].kind == "igsn-tag"
    if tagged and written != _TAG and not any(w.kind.endswith("-url") for w in spelling.wrappers):
        name = written.strip()
        message = f'white space behind "{_TAG}"' if name == _TAG else f'the tag is written "{name}" instead of "{_TAG}"'
        yield mention.breach(message, start, end, fix=_TAG, safe=True)


@check("IL209", Mention, odd_only=True)
def tag_on_url(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report tags that are glued to a URL."""
    wrappers = mention.spelling.wrappers
    for tag, url in itertools.pairwise(wrappers):
        written = mention.spelling.text[tag.start : tag.end]
        if (
            tag.kind == "igsn-tag"
            and url.kind.endswith("-url")
            and written == written.strip()
            and mention.slot != "identifier"
        ):
            yield mention.breach(f'the tag "{written}" is glued to a URL', tag.start, tag.end, fix="", safe=True)


@check("IL210", Mention, roles=("cited",))
def unlinked_identifier(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report samples that a format with links shows and nowhere links, at the place where they are shown first."""
    if not context.document.has_links or not _is_shown(mention) or mention.slot or not mention.suffix:
        return
    if not context.document.may_link(mention.place()):
        return
    if mention.sample in context.linked or context.first_shown.get(mention.sample) is not mention:
        return
    if mention.target is not None and _is_id(mention.target):
        # It is linked, to another ID: IL211 says so.
        return
    prefix = mention.doi_prefix or context.doi_prefix(mention.sample)
    breach = mention.breach("the ID is shown and nowhere linked to its DOI")
    if prefix and mention.link is None:
        target = f"{_CANONICAL}{prefix}/{mention.suffix}"
        breach = breach._replace(edits=(Edit(mention.place(), mention.raw, True, target),), replacement=target)
    yield breach


def _is_id(text: str) -> bool:
    try:
        Igsn.parse(text)
    except NotAnIgsn:
        return False
    return True


@check("IL211", Mention, roles=("cited",))
def link_text_mismatch(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report links that show one ID and lead to another."""
    if mention.target is None or mention.role == "target" or mention.code:
        return
    if mention.target == f"{_CANONICAL}{mention.prefix}/{mention.spelling.suffix}" and mention.is_plain:
        return
    try:
        shown, target = Igsn.parse(mention.raw), Igsn.parse(mention.target)
    except NotAnIgsn:
        return
    if not shown.same_sample(target) and context.shown_in_link(mention) == 1:
        # Where only the prefixes differ, the suffix alone would say that nothing does.
        seen = _named(shown) if upper(shown.suffix) == upper(target.suffix) else shown.suffix
        yield mention.breach(f'the link shows "{seen}" and leads to "{_named(target)}"')


def _named(igsn: Igsn) -> str:
    return f"{igsn.prefix}/{igsn.suffix}" if igsn.prefix else igsn.suffix


@check("IL216", Mention, roles=IN_TEXTS)
def hyphen_at_line_break(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report IDs with a hyphen at a line end, where nothing in the document says whether it belongs to them."""
    if not mention.doubtful or mention.state in {"placeholder", "deleted"}:
        return
    readings = " or ".join(f'"{reading}"' for reading in (mention.suffix, *mention.also))
    yield mention.breach(f"a hyphen at a line end may belong to the ID or not: {readings}")


_MEASURE = (
    r"\s{1,3}(?:[µμmck]?m|ft|feet|in(?:ch(?:es)?)?|[mkµμ]?g|[MGk]a|y(?:ea)?rs?|Jahren?|ans|años|days?|Tagen?|hours?|min|sec|s|h|°"
    r"|deg(?:rees?)?|Grad|degrés|grados|per|percent|Prozent|[MGk]Pa|bar|ppm|ppb|times|mesh|[μµ]m|wt|vol)\b"
)
"""What stands behind a number that measures something, and is no end of a series."""

_UNTIL = lazy(
    r"[\"'`*_)\]’”»]{0,4}(?:[^\S\n]{0,9}[‒–—―]|[^\S\n]{1,9}-(?=[^\S\n])|-(?=[A-Z]{2})"
    r"|[^\S\n]{0,9}(?:\.{2,3}|[…⋯〜～])(?=\S|[^\S\n]\D)"
    r"|\s{1,20}(?:to|bis(?:\s{1,9}zu)?|through|thru|until|till?|up\s{1,9}to|jusqu['’]à|à|hasta|al?|at[ée]|tot|t/m|až|do|до|по)\b)"
    r"\s{0,20}[\"'`*_(\[‘“«]{0,4}(?:(?P<rest>\d{1,6})(?![\w%°]|[.,]\d|-\w|" + _MEASURE + "))?",
    re.IGNORECASE,
)


@check("IL214", Mention, roles=("cited",))
def identifier_range(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report ranges: two IDs of one series with a dash or "to" between them, or an ID and the end of a number."""
    if mention.role != "cited" or mention.code or mention.state not in {"plain", "comment", "hidden"}:
        return
    text = mention.segment.text
    until = _UNTIL.match(text, mention.end)
    if until is None:
        return
    suffix, rest = mention.suffix, until["rest"]
    end = until.end()
    last = context.following(mention)
    if last is not None and last.start == end and last.role == "cited" and rest is None:
        if not is_series(suffix, last.suffix):
            return
        end, shown = last.end, last.suffix
    elif rest is not None:
        number = suffix[len(suffix.rstrip("0123456789")) :]
        if len(rest) > len(number) or len(rest) < 2 or not number[-len(rest) :] < rest:
            return
        shown = suffix[: -len(rest)] + rest
    else:
        return
    place = Place(mention.segment.origin, mention.start, end)
    message = f'the range "{suffix}" to "{shown}" names two samples, and those between them by no ID'
    yield Breach(place, message, mention=mention)
