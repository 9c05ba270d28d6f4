"""ZIP archives of supplements: each member is a document of its own, ``a.zip!/b.csv``, read in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from igsn_lint.archive import Archive, Refused
from igsn_lint.model import Member, Unreadable
from igsn_lint.readers.blocks import BlockDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from igsn_lint.model import Settings
    from igsn_lint.source import Source

_OURS = ("__MACOSX/", ".DS_Store")
"""What macOS adds by itself."""


class BundleDocument(BlockDocument):
    """An archive; it says nothing itself."""

    format = "zip"

    def __init__(self, source: Source, settings: Settings) -> None:
        super().__init__(source)
        self._archive: Archive | None = None
        self._settings = settings
        try:
            self._archive = Archive(source.data, settings)
        except Refused as refused:
            self.faults.append(refused.fault)

    def members(self) -> Iterator[Member]:
        """Yield the members in their order.

        An archive among them gets what this one leaves of the ratio, so that nesting gains nothing.
        """
        archive = self._archive
        if archive is None:
            return
        unpacked = sum(archive.size(name) for name in archive.names)
        left = self._settings.max_ratio * len(self.source.data) // max(unpacked, len(self.source.data), 1)
        within = replace(self._settings, max_ratio=max(left, 1))
        for name in archive.names:
            if not name.startswith(_OURS[0]) and not name.endswith(_OURS[1]):
                is_archive = name.lower().endswith(".zip")
                shown = f"{self.source.name}!/{_shown(name)}"
                yield Member(shown, _opener(archive, name), within if is_archive else self._settings)


def _shown(name: str) -> str:
    """Return the name of a member as it is shown."""
    return name.replace("\\", "/").encode("utf-8", "replace").decode("utf-8")


def _opener(archive: Archive, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return archive.read(name)
        except Refused as refused:
            raise Unreadable(refused.fault) from refused

    return read


def read(source: Source, form: str, settings: Settings) -> BundleDocument:
    """Return the Source as an archive; where it can not be opened, a Document with the Fault."""
    return BundleDocument(source, settings)
