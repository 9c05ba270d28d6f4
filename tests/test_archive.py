"""Archives: members come back as they are, and what is hostile, damaged or locked is refused in words."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igsn_lint.api import lint
from igsn_lint.archive import OLE, Archive, Refused
from igsn_lint.model import Settings

SETTINGS = Settings()


def packed(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes, settings: Settings = SETTINGS) -> tuple[str, str]:
    def read_all() -> None:
        archive = Archive(data, settings)
        for member in archive.names:
            archive.read(member)

    with pytest.raises(Refused) as caught:
        read_all()
    return caught.value.fault.kind, caught.value.fault.message


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8).filter(lambda n: n[-1] != "/" and "\0" not in n and n.isprintable()),
        st.binary(max_size=99),
        max_size=4,
    )
)
def test_members_come_back_as_they_are(members: dict[str, bytes]) -> None:
    archive = Archive(packed(members), SETTINGS)
    assert {name: archive.read(name) for name in archive.names} == members
    assert all(archive.size(name) == len(data) for name, data in members.items())


def test_a_name_that_leaves_the_folder_is_only_a_name() -> None:
    archive = Archive(packed({"../../etc/x": b"igsn", "folder/": b""}), SETTINGS)
    assert archive.names == ["../../etc/x"]
    assert archive.read("../../etc/x") == b"igsn"
    assert "etc/x" not in archive


def test_limits_of_size_ratio_and_count() -> None:
    noise = random.Random(1).randbytes(3 << 20)
    assert refusal(packed({"a": bytes(3 << 20)})) == (
        "hostile-document",
        'the member "a" unpacks to more than 200 times its size',
    )
    assert refusal(packed({"a": noise}), replace(SETTINGS, max_member=2 << 20)) == (
        "hostile-document",
        'the member "a" has more than 2 MB unpacked',
    )
    many = packed({str(i): b"" for i in range(30)})
    assert refusal(many, replace(SETTINGS, max_members=29)) == (
        "hostile-document",
        "the archive has more than 29 members",
    )
    assert len(Archive(many, replace(SETTINGS, max_members=30)).names) == 30
    # A reader may allow more for one member.
    assert Archive(packed({"a": noise}), replace(SETTINGS, max_member=2 << 20)).read("a", 4 << 20) == noise


def test_what_is_read_again_and_again_counts_each_time() -> None:
    # So do members that overlap in the file: each unpacks to less than the ratio allows.
    archive = Archive(packed({"a": bytes(random.Random(1).choices(b"ab", k=900_000))}), replace(SETTINGS, max_ratio=20))

    def again() -> None:
        for _ in range(30):
            archive.read("a")

    with pytest.raises(Refused, match="20 times"):
        again()


def test_damaged_locked_and_other_files_are_named_as_what_they_are() -> None:
    whole = packed({"a": b"igsn" * 100, "b": b"x"})
    assert refusal(whole[:-30]) == ("unreadable-file", "the file is truncated or damaged")
    assert refusal(b"plain text") == ("unreadable-file", "the file is no ZIP archive")
    assert refusal(b"") == ("unreadable-file", "the file is no ZIP archive")
    locked = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked) == ("unreadable-file", "the file is password protected")
    wrong = bytearray(packed({"a": b"igsn"}, zipfile.ZIP_STORED))
    wrong[wrong.index(b"igsn")] = 0
    assert refusal(bytes(wrong)) == ("unreadable-file", 'the member "a" is truncated or damaged')
    flagged = bytearray(packed({"a": b"igsn"}))
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(flagged)) == ("unreadable-file", 'the member "a" is password protected')
    odd = bytearray(packed({"a": b"igsn"}))
    odd[odd.index(b"PK\x01\x02") + 10] = 99
    odd[8] = 99
    assert refusal(bytes(odd)) == ("unreadable-file", 'the member "a" is packed in a way that is not read')


@given(st.binary(max_size=60), st.integers(0, 200), st.integers(0, 255))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, byte: int) -> None:
    damaged = bytearray(packed({"a": b"igsn" * 9}))
    damaged[at % len(damaged)] = byte
    for data in (noise, b"PK\x03\x04" + noise, noise + b"PK\x05\x06" + noise, bytes(damaged)):
        try:
            archive = Archive(data, SETTINGS)
            for name in archive.names:
                archive.read(name)
        except Refused as error:
            assert error.fault.message


def test_a_member_without_a_name_stops_nothing() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
        archive.writestr("b.csv", "IGSN\n10273/AU1101\n")
    # What stands behind a NUL is no part of a name.
    report = lint(("x.zip", packed.getvalue().replace(b"a.txt", b"\0.txt")))
    assert report.failures == []
    assert {finding.path for finding in report.findings} == {"x.zip!/b.csv"}
