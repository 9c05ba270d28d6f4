"""Archives: the members of a ZIP file (also of DOCX, XLSX, ODT …), read in memory and within limits, never onto a disk.

Names of members are only names: ``../../etc/x`` is looked up in the archive and nowhere else.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from igsn_lint.model import Fault
from igsn_lint.patterns import lazy
from igsn_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from igsn_lint.model import Change, Settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of old Office formats begins, and a new one with a password."""

ZIP = b"PK\x03\x04"
"""How a ZIP file with at least one member begins."""

_CHUNK = 1 << 18
_SMALL = 1 << 20
"""So many bytes unpacked harm nobody, whatever their ratio: short repetitive XML shrinks a lot."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, OverflowError)


_SIGNED = lazy(r"_xmlsignatures/|meta-inf/.*signatures\.xml")
"""Signatures of a whole package: [ECMA-376] part 2, 13, and OpenDocument part 2, 5."""


def names_in(path: str) -> frozenset[str] | None:
    """Return the names of the members of an archive as they are shown, or None where they can not be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(name.replace("\\", "/") for name in archive.namelist())
    except (*_BROKEN, NotImplementedError):
        return None


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
        self._data = data
        self._sources: dict[str, Source] = {}
        self._settings = settings
        self._left = max(len(data) * settings.max_ratio, _SMALL)
        self._infos = {info.filename: info for info in self._zip.infolist() if not _is_folder(info)}
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

    def source(self, name: str, most: int | None = None) -> Source:
        """Return a member as a Source, always the same. Raises what ``read`` raises."""
        if name not in self._sources:
            self._sources[name] = Source(name, self.read(name, most))
        return self._sources[name]

    @cached_property
    def writable(self) -> bool:
        """Whether members can be changed: nothing is signed or encrypted, and each name is there once."""
        infos = self._zip.infolist()
        names = {info.filename.lower() for info in infos}
        free = not any(_SIGNED.match(name) for name in names) and not any(info.flag_bits & 1 for info in infos)
        return free and len(names) == len(infos)

    def spliced(self, changes: Sequence[Change]) -> bytes:
        """Return the bytes of the archive with changes made in members that were asked for by ``source``.

        All other bytes stay, also where they stand in the file; where that can not be, the archive stays as it is.
        """
        members: dict[str, list[tuple[int, int, str]]] = {}
        for change in changes:
            members.setdefault(change.part, []).append((change.start, change.end, change.text))
        new = {name: self._sources[name].spliced(spans) for name, spans in members.items()}
        try:
            return _replaced(self._data, self._zip, new) if self.writable else self._data
        except (_Odd, struct.error):
            return self._data

    def _judge(self, info: zipfile.ZipInfo, size: int, limit: int) -> None:
        """Refuse a member of this size where it is over a limit."""
        if size > limit:
            raise Refused("hostile-document", f'the member "{info.filename}" has more than {limit >> 20} MB unpacked')
        ratio = self._settings.max_ratio
        if (size > _SMALL and size > ratio * max(info.compress_size, 1)) or self._left < 0:
            message = f'the member "{info.filename}" unpacks to more than {ratio} times its size'
            raise Refused("hostile-document", message)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Return whether an entry is no file; one without a name is none either (zipfile's own question raises there)."""
    return not info.filename or info.filename.endswith("/")


def _members(data: bytes) -> int:
    """Return how many members the directory at the end of a ZIP file has, without reading them."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 16:
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    return data.count(b"PK\x01\x02", 0 if size == 0xFFFFFFFF else max(0, end - size), end)


class _Odd(Exception):
    """What writing an archive raises where it is not as nearly all are: nothing is risked for it."""


_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_DESCRIBED = 8
"""The flag that says that size and checksum of a member stand behind it."""


class _Sums(NamedTuple):
    """What an archive says of a member: checksum, packed and unpacked size ([APPNOTE] 4.4.7 to 4.4.9)."""

    crc: int
    packed: int
    size: int


def _replaced(data: bytes, archive: zipfile.ZipFile, new: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file in which some members hold other bytes; the names, order, times and all else stay.

    Raises _Odd for what is longer than 4 GB, in several volumes, or not laid out as its directory says.
    """
    end = data.rfind(b"PK\x05\x06")
    _, disk, first, here, entries, length, directory, _ = _END.unpack_from(data, end)
    if disk or first or here != entries or directory + length != end:
        raise _Odd
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    found: dict[int, tuple[_Sums, _Sums, int]] = {}
    out = bytearray()
    at = 0
    for info, following in zip_longest(infos, infos[1:]):
        begin = info.header_offset
        if begin < at or data[begin : begin + 4] != ZIP:
            raise _Odd
        out += data[at:begin]
        at, now = begin, len(out)
        old = sums = _Sums(info.CRC, info.compress_size, info.file_size)
        if info.filename in new:
            member = data[begin : directory if following is None else following.header_offset]
            written, length, sums = _member(member, info, old, new[info.filename])
            out += written
            at += length
        found[begin] = old, sums, now
    out += data[at:directory]
    at, start = directory, len(out)
    for _ in range(entries):
        fields = list(_CENTRAL.unpack_from(data, at))
        if fields[0] != b"PK\x01\x02" or fields[16] not in found:
            raise _Odd
        old, sums, now = found[fields[16]]
        if tuple(fields[7:10]) != old:
            raise _Odd
        fields[7:10], fields[16] = sums, now
        rest = at + _CENTRAL.size + sum(fields[10:13])
        out += _CENTRAL.pack(*fields) + data[at + _CENTRAL.size : rest]
        at = rest
    if at != end:
        raise _Odd
    out += data[end : end + 16] + struct.pack("<I", start) + data[end + 20 :]
    return bytes(out)


def _member(data: bytes, info: zipfile.ZipInfo, old: _Sums, new: bytes) -> tuple[bytes, int, _Sums]:
    """Return a member with its head for other bytes, where the old one ended, and its sums."""
    fields = list(_LOCAL.unpack_from(data))
    method, name, extra = fields[3], fields[9], fields[10]
    if method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or method != info.compress_type:
        raise _Odd
    head = _LOCAL.size + name + extra
    packed = new
    if method == zipfile.ZIP_DEFLATED:
        deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = deflate.compress(new) + deflate.flush()
    sums = _Sums(zlib.crc32(new), len(packed), len(new))
    described = bool(fields[2] & _DESCRIBED)
    # Where the sums stand behind the member they are 0 here; some programs give them twice.
    if not (described and fields[6:9] == [0, 0, 0]):
        if tuple(fields[6:9]) != old:
            raise _Odd
        fields[6:9] = sums
    end = head + old.packed
    if end > len(data):
        raise _Odd
    pieces = [_LOCAL.pack(*fields), data[_LOCAL.size : head], packed]
    if described:
        mark = b"PK\x07\x08" if data.startswith(b"PK\x07\x08", end) else b""
        if data[end : end + len(mark) + 12] != mark + struct.pack("<III", *old):
            raise _Odd
        pieces += [mark, struct.pack("<III", *sums)]
        end += len(mark) + 12
    return b"".join(pieces), end, sums
