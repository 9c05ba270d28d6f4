"""IL0: what users wrote to silence findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Place, Suppression, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("IL007", Suppression)
def unused_suppression(suppression: Suppression) -> Iterator[Breach]:
    """Report what silences nothing: rules that were on and found nothing there."""
    place = Place(suppression)
    if suppression.flaw:
        yield Breach(place, f"this silences nothing: it {suppression.flaw}")
        return
    for selector in suppression.selectors:
        if selector.codes & suppression.judged and not selector.codes & suppression.used:
            yield Breach(place, f'there is no finding of "{selector.text}" here to silence')


@check("IL008", Suppression)
def unknown_rule(suppression: Suppression) -> Iterator[Breach]:
    """Report names of rules that do not exist."""
    for selector in suppression.selectors:
        if not selector.codes:
            near = f'; did you mean "{selector.nearest}"?' if selector.nearest else ""
            yield Breach(Place(suppression), f'there is no rule "{selector.text}"{near}')
