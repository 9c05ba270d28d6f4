"""Plain text: one Segment, and nothing to understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint.model import Document

if TYPE_CHECKING:
    from igsn_lint.model import Settings
    from igsn_lint.source import Source


def read(source: Source, form: str, settings: Settings) -> Document:
    """Return the Source as one run of text."""
    return Document(source)
