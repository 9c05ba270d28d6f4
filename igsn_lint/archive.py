"""Archives: the members of a ZIP file (also of DOCX, XLSX, ODT …), read in memory and within limits, never onto a disk.

Names of members are only names: ``../../etc/x`` is looked up in the archive and nowhere else.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Literal

from igsn_lint.model import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of old Office formats begins, and a new one with a password."""

ZIP = b"PK\x03\x04"
"""How a ZIP file with at least one member begins."""

_CHUNK = 1 << 18
_SMALL = 1 << 20
"""So many bytes unpacked harm nobody, whatever their ratio: short repetitive XML shrinks a lot."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, OverflowError)


class Refused(Exception):
    """A file or a member that is not opened; ``fault`` says why, for the Document's faults."""

    def __init__(self, kind: Literal["unreadable-file", "hostile-document"], message: str) -> None:
        super().__init__(message)
        self.fault = Fault(kind, None, message)


def is_password_protected(data: bytes) -> bool:
    """Return whether the bytes are an Office document that only a password opens ([MS-OFFCRYPTO] 2.3.4)."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


class Archive:
    """A ZIP file in memory; ``names`` are those of its members in their order, folders left out.

    All that is read from it together may not be more than the ratio of the Settings allows for its size, so that
    members that overlap in the file gain nothing.

    Raises Refused where the file is no ZIP file, is truncated, needs a password or has too many members.
    """

    def __init__(self, data: bytes, settings: Settings) -> None:
        if is_password_protected(data):
            raise Refused("unreadable-file", "the file is password protected")
        if _members(data) > settings.max_members:
            raise Refused("hostile-document", f"the archive has more than {settings.max_members} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, NotImplementedError) as error:
            what = "truncated or damaged" if data.startswith(b"PK") else "no ZIP archive"
            raise Refused("unreadable-file", f"the file is {what}") from error
        self._settings = settings
        self._left = max(len(data) * settings.max_ratio, _SMALL)
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        self.names = list(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """Return how many bytes a member says that it has unpacked; 0 where there is none of this name."""
        info = self._infos.get(name)
        return info.file_size if info is not None else 0

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of a member; ``most`` replaces the limit of the Settings for the size of one.

        Raises KeyError where there is no such member, Refused where it is damaged, too large or needs a password.
        """
        return b"".join(self.chunks(name, most))

    def chunks(self, name: str, most: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a member in pieces, so that a long one need not be held in memory.

        Raises what ``read`` raises; what the head of the member claims is judged before the first byte.
        """
        info = self._infos[name]
        limit = self._settings.max_member if most is None else most
        self._judge(info, info.file_size, limit)
        if info.flag_bits & 1:
            raise Refused("unreadable-file", f'the member "{name}" is password protected')
        seen = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    seen += len(chunk)
                    self._left -= len(chunk)
                    self._judge(info, seen, limit)
                    yield chunk
        except NotImplementedError as error:
            raise Refused("unreadable-file", f'the member "{name}" is packed in a way that is not read') from error
        except (*_BROKEN, RuntimeError) as error:
            raise Refused("unreadable-file", f'the member "{name}" is truncated or damaged') from error

    def _judge(self, info: zipfile.ZipInfo, size: int, limit: int) -> None:
        """Refuse a member of this size where it is over a limit."""
        if size > limit:
            raise Refused("hostile-document", f'the member "{info.filename}" has more than {limit >> 20} MB unpacked')
        ratio = self._settings.max_ratio
        if (size > _SMALL and size > ratio * max(info.compress_size, 1)) or self._left < 0:
            message = f'the member "{info.filename}" unpacks to more than {ratio} times its size'
            raise Refused("hostile-document", message)


def _members(data: bytes) -> int:
    """Return how many members the directory at the end of a ZIP file has, without reading them."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 16:
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data.count(b"PK\x01\x02", 0 if size == 0xFFFFFFFF else max(0, end - size), end)
