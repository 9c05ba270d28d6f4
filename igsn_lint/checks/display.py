"""IL2: the form in which an ID is shown and cited."""

from __future__ import annotations

from collections.abc import Iterator

from igsn_lint.model import Breach, Context, Mention, check

_CANONICAL = "https://doi.org/"


@check("IL201", Mention)
def non_canonical_url(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report doi.org URLs that are not https://doi.org/."""
    if mention.doi_prefix is None:
        return
    for wrapper in mention.spelling.wrappers:
        written = mention.spelling.text[wrapper.start : wrapper.end]
        if wrapper.kind == "doi-url" and written != _CANONICAL:
            yield mention.breach(
                f'the resolver is written "{written}" instead of "{_CANONICAL}"',
                wrapper.start,
                wrapper.end,
                fix=_CANONICAL,
                safe=True,
            )
