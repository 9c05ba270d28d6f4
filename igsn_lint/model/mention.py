"""An IGSN ID written somewhere, and one break of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from igsn_lint import facts
from igsn_lint.identifier import LEGACY_PREFIX, Form, Igsn, NotAnIgsn, Spelling, is_doi_prefix, mended, upper
from igsn_lint.model.places import Edit, Place
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from igsn_lint.model.places import Link, Segment
    from igsn_lint.model.record import Item, Record
    from igsn_lint.model.words import Evidence, Role, Slot, State

_PLAIN = lazy(r"(?:https://doi\.org/|igsn:)?10\.[0-9]{4,5}/[A-Za-z0-9](?:[A-Za-z0-9-]{0,200}[A-Za-z0-9])?")


def is_sentence(text: str) -> bool:
    """Return whether a text without DOI prefix is words of a language and no code with gaps."""
    words = text.split()
    if len(words) < 2:
        return False
    first = words[0].rstrip(".,")
    if (first.isalpha() and first.islower()) or any(word.endswith((":", "：")) for word in words):
        return True
    plain = [word for word in (word.strip(".,;()") for word in words) if word.isalpha() and word[1:].islower()]
    return (
        not any(c.isdigit() for c in text)
        or len(plain) > 1
        or any(len(word) > 3 and word[0].isupper() for word in plain)
    )


@dataclass(slots=True, eq=False)
class Mention:
    """An IGSN ID written somewhere: what it says, where it stands, and what shows that it is an IGSN ID.

    ``start`` and ``end`` delimit it in its segment, tag and resolver included; offsets of ``spelling`` count from
    ``start``. ``tagged`` says whether a tag or label before it calls it an IGSN, also that of a list it stands in.
    ``link`` is the hyperlink that shows it, ``code`` whether it stands in program text, ``slot`` which property or
    labelled field it is the whole value of, and ``item`` that property. Where a hyphen at a line end leaves it open
    what the suffix is, ``reading`` is the likeliest and ``also`` are the others; it is ``doubtful`` where nothing else
    in the document tells which of them is right. ``linked`` says that a link which shows other words leads to it.
    """

    segment: Segment
    start: int
    end: int
    spelling: Spelling
    role: Role
    evidence: Evidence
    state: State = "plain"
    record: Record | None = None
    tagged: bool = False
    link: Link | None = None
    code: bool = False
    slot: Slot = ""
    item: Item | None = None
    reading: str | None = None
    also: tuple[str, ...] = ()
    doubtful: bool = False
    linked: bool = False

    @property
    def raw(self) -> str:
        """The ID as it stands, with tag or resolver."""
        return self.segment.text[self.start : self.end]

    @property
    def prefix(self) -> str | None:
        """The prefix, or None where only a code stands."""
        return self.spelling.prefix

    @property
    def suffix(self) -> str:
        """The suffix as understood: without ligatures and invisible characters, its case as written."""
        suffix = self.spelling.suffix if self.reading is None else self.reading
        return suffix if suffix.isascii() else suffix.translate(facts.typesetting())

    @property
    def form(self) -> Form:
        """How the ID is written."""
        return self.spelling.form

    @property
    def doi_prefix(self) -> str | None:
        """The prefix where it is one of a DOI."""
        return self.prefix if self.prefix and is_doi_prefix(self.prefix) else None

    @property
    def key(self) -> str:
        """What makes two Mentions the same ID: PREFIX/SUFFIX or the bare suffix, in ASCII upper case."""
        prefix = self.prefix
        return upper(f"{prefix}/{self.suffix}" if prefix else self.suffix)

    @property
    def is_sentence(self) -> bool:
        """Whether it is words of a language and no code with gaps: "see Table 3", "vgl. W1", "Lab: 7"."""
        return self.prefix is None and is_sentence(self.suffix)

    @property
    def is_words(self) -> bool:
        """Whether a field named for an ID holds words instead (one or several): it names no sample."""
        suffix = self.suffix
        if self.evidence != "label" or self.prefix is not None:
            return False
        return self.is_sentence or (suffix != upper(suffix) and not any(c.isdigit() for c in suffix))

    @property
    def sample(self) -> str:
        """The suffix in ASCII upper case."""
        return upper(self.suffix)

    @property
    def canonical(self) -> str | None:
        """The canonical URL of the ID that is meant, or None where the DOI prefix is unknown."""
        return f"https://doi.org/{''.join(mended(self.key).split())}" if self.doi_prefix and self.suffix else None

    @property
    def is_plain(self) -> bool:
        """Whether it is spelled without anything odd: the DOI name, the canonical URL or igsn: and the DOI name.

        Of a link target it must be all. What stands right before it may be part of it where it is not ASCII.
        """
        text, start = self.segment.text, self.start
        if _PLAIN.fullmatch(text, start, self.end) is None or (start and not text[start - 1].isascii()):
            return False
        return self.role != "target" or (self.link is not None and self._ends(self.link))

    def _ends(self, link: Link) -> bool:
        return link.target_start is not None and self.end == link.target_start + len(link.target)

    @property
    def is_legacy(self) -> bool:
        """Whether it is written as a Handle of before 2023."""
        return self.prefix == LEGACY_PREFIX or (self.prefix is None and self.spelling.has("igsn-url"))

    @property
    def target(self) -> str | None:
        """Where its hyperlink leads."""
        return self.link.target if self.link else None

    @property
    def linked_doi(self) -> Igsn | None:
        """The DOI of the sample where a suffix alone is shown, and its link leads to it."""
        if self.prefix is not None or self.link is None or not self.suffix:
            return None
        try:
            target = Igsn.parse(self.link.target)
        except NotAnIgsn:
            return None
        return target if target.doi and upper(target.suffix) == self.sample else None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the Place of a span of the spelling, or of the whole Mention."""
        return Place(
            self.segment.origin,
            self.start if start is None else self.start + start,
            self.end if end is None else self.start + end,
        )

    def breach(
        self,
        message: str,
        start: int | None = None,
        end: int | None = None,
        *,
        fix: str | None = None,
        safe: bool = False,
    ) -> Breach:
        """Return a Breach at a span of the spelling; ``fix`` is the text to put there."""
        place = self.place(start, end)
        edits = (Edit(place, fix, safe),) if fix is not None else ()
        return Breach(place, message, edits, mention=self)


class Gap(NamedTuple):
    """A cell in which an ID should stand and none does: it is empty, or a spreadsheet damaged what stood there.

    ``damage`` names what became of the ID (a number, a date); None where the cell is empty or holds a null word.
    """

    segment: Segment
    damage: str | None

    def breach(self, message: str) -> Breach:
        """Return a Breach at the whole cell."""
        return Breach(self.segment.place(0, len(self.segment.text)), message)


class Related(NamedTuple):
    """Another place that belongs to a Breach; ``path`` is set where it stands in another file."""

    message: str
    place: Place
    path: str | None = None


class Breach(NamedTuple):
    """One break of a rule: where, in which words, and how to mend it.

    ``replacement`` is the right form of the whole Mention to paste; ``path`` is set by Collection checks only.
    ``item`` is the property of which the place is a part, for rules that give way to one about the whole of it.
    """

    place: Place
    message: str
    edits: tuple[Edit, ...] = ()
    mention: Mention | None = None
    record: Record | None = None
    replacement: str | None = None
    related: tuple[Related, ...] = ()
    path: str | None = None
    identifier: str | None = None
    item: Item | None = None
