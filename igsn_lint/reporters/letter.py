"""The letter to an author: what is to be changed, in plain sentences, to be copied into a mail.

What several rules say of one ID at one place is one item. Where a rule has words for people who do not program
(``plain`` and ``ask`` on its page), these stand in place of its message and its demand.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from igsn_lint.identifier import Igsn, NotAnIgsn
from igsn_lint.model import SEVERITIES
from igsn_lint.patterns import lazy
from igsn_lint.reporters.common import all_places, place_in_words
from igsn_lint.source import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from igsn_lint.model import Finding, Report
    from igsn_lint.registry import Registry

_QUOTED = 80
_MOST = 2000
_MOST_PLACES = 20
"""So many places are named of what stands in many."""


def letter(report: Report, registry: Registry) -> str:
    """Return the letter, or an empty text where there is nothing to ask for; its characters are not escaped."""
    concerning = [finding for finding in report.findings if _concerns_author(finding, registry)][:_MOST]
    if not concerning:
        return ""
    lines = [
        "Dear author,",
        "",
        "your files name physical samples by their IGSN IDs. Before publication, please look at these places, so that",
        "every reader and every machine gets from your text to the right sample:",
        "",
    ]
    number = 0
    for path, findings in groupby(concerning, key=lambda finding: finding.path):
        lines.append(path)
        for item in _items(findings):
            number += 1
            head, *others = _item(item, registry)
            lines += [f"{number}. {head}", *(f"   {line}" for line in others)]
        lines.append("")
    return "\n".join(map(shown, lines))


def words(finding: Finding, registry: Registry) -> str:
    """Return what is wrong in plain words."""
    plain = registry.rule(finding.rule).plain.replace("`", "")
    return plain or " ".join((finding.alone or finding.message).split())


def _concerns_author(finding: Finding, registry: Registry) -> bool:
    """Return whether an author is to hear of a finding: it is no note, or a question that nobody else can answer."""
    return finding.severity != "note" or registry.rule(finding.rule).ask.endswith("?")


def _items(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """Return the findings in their order, those about one ID at one place (or the same many places) together."""
    items: dict[object, list[Finding]] = {}
    for finding in findings:
        whole = finding.whole
        where = everywhere(finding) if finding.count > 1 else finding.pointer
        together = None if whole is None else (where, whole.begin, finding.identifier, finding.count)
        items.setdefault(together or id(finding), []).append(finding)
    return items.values()


def _item(item: Sequence[Finding], registry: Registry) -> Iterator[str]:
    """Yield the lines of an item: where which ID stands and what is wrong with it, and what is asked for."""
    first = item[0]
    quoted = max((quoted_id(finding) for finding in item), key=len)
    says = "; ".join(dict.fromkeys(words(finding, registry) for finding in item))
    requests = list(_requests(item, registry))
    if first.count > 1:
        yield f"{first.count} places{f', the first of them {quoted}' if quoted else ''}: {says}."
        if where := everywhere(first):
            yield f"Where: {where}."
        requests.append("Please do likewise at the other places.")
    else:
        yield f"{place_in_words(first) or 'the file'}:{f' {quoted}:' if quoted else ''} {says}."
    yield " ".join(requests)


def _requests(item: Sequence[Finding], registry: Registry) -> Iterator[str]:
    """Yield what the author is asked to do, in sentences."""
    yield from dict.fromkeys(_asked(finding, registry) for finding in item if finding.replacement is None)
    # Each is right in all that is wrong with the ID; where two edits exclude one another, the graver one is asked for.
    gravest = sorted(item, key=lambda finding: SEVERITIES.index(finding.severity))
    put = [(finding.links, finding.replacement) for finding in gravest if finding.replacement is not None]
    write = next((text for links, text in put if not links), "")
    link = next((text for links, text in put if links), "")
    if write and link:
        yield f"Please write {write} and link it to {_target(write, link)}."
    elif write or link:
        yield f"Please write {write}." if write else f"Please link it to {link}."


def _target(write: str, link: str) -> str:
    """Return where the link of an ID leads that is written anew: a change of it is one of both."""
    try:
        target = Igsn.parse(write).canonical or link
    except NotAnIgsn:
        target = link
    return "this address" if write == target else target


def _asked(finding: Finding, registry: Registry) -> str:
    rule = registry.rule(finding.rule)
    sentence = (rule.ask or rule.demand).replace("`", "")
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def everywhere(finding: Finding) -> str:
    """Return in words where all that is stands for which a finding stands, equal places once."""
    places = [place for place in dict.fromkeys(map(place_in_words, all_places(finding))) if place]
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    comma = "; " if any(", " in place for place in places) else ", "
    return comma.join(places[:_MOST_PLACES]) + more


def quoted_id(finding: Finding) -> str:
    """Return the whole ID, or what else a finding is about, between double quotes; empty where nothing stands there."""
    text = " ".join((finding.text if finding.whole is None else finding.whole.text).split())
    cut = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return f'"{cut}"' if cut else ""


_CODE_POINT = lazy(r"<U\+[0-9A-F]{4,6}>")


def shown(line: str) -> str:
    """Return a line in which nothing is invisible, for people who know no code points."""
    return _CODE_POINT.sub("[invisible]", visible(line))
