"""What a command says and writes: lines on standard error, and outputs."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from igsn_lint.reporters import FORMATS
from igsn_lint.source import visible

if TYPE_CHECKING:
    from typing import BinaryIO


def tell(message: str) -> None:
    """Print one line on stderr, where it can be written."""
    with contextlib.suppress(OSError):
        click.echo(f"igsn-lint: {visible(message)}", err=True)


def say(line: str, *, err: bool = False) -> None:
    """Print a line in UTF-8, as every output is, whatever the encoding of the stream can not write."""
    if err:
        click.echo(line.encode("utf-8", "backslashreplace"), err=True)
    else:
        write(f"{line}\n", None)


def fail(message: str) -> NoReturn:
    """Print one line on stderr and leave with exit code 2."""
    tell(message)
    sys.exit(2)


def _is_device(path: str) -> bool:
    """Return whether there is something at the path that is no file and no folder."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def outputs_of(formats: tuple[str, ...], place: str = "") -> list[tuple[str, str | None]]:
    """Return the formats with the file that each goes to (None: standard output).

    Ends the program where a format does not exist, two go to one place, or a file can not be written; ``place`` says
    where they are named.
    """
    chosen = []
    for value in formats or ("text",):
        name, _, target = value.partition("=")
        if name not in FORMATS:
            from difflib import get_close_matches

            near = get_close_matches(name, FORMATS, n=1)
            fail(
                f"{place}there is no format {name!r}"
                + (f"; did you mean {near[0]}?" if near else f" (there are {', '.join(FORMATS)})")
            )
        chosen.append((name, target or None))
    files = [target for _, target in chosen if target is not None and not _is_device(target)]
    if len({os.path.realpath(target) for target in files}) < len(files):
        fail(f"{place}two formats can not go to one file")
    for target in files:
        # Told before a long run, not after it.
        if os.path.isdir(target):
            fail(f"{place}{target}: it is a folder")
        folder = os.path.dirname(os.path.realpath(target))
        if not os.path.isdir(folder):
            fail(f"{place}{target}: its folder does not exist")
        if not os.access(folder, os.W_OK | os.X_OK):
            fail(f"{place}{target}: its folder can not be written to")
    if sum(target is None for _, target in chosen) > 1:
        fail(f"{place}only one format can go to standard output; write the others as NAME=FILE")
    return chosen


def write(text: str, target: str | None) -> None:
    """Write an output: to standard output, or to a file, beside it first and renamed then.

    A device, pipe or link is written through and never replaced. Ends the program where it can not be written.
    """
    write_bytes(text.encode("utf-8", "backslashreplace"), target)


def write_bytes(data: bytes, target: str | None) -> None:
    """Write an output as ``write`` does, byte for byte."""
    try:
        if target is None:
            sys.stdout.flush()
            _write_all(sys.stdout.buffer, data)
        elif os.path.lexists(target) and (os.path.islink(target) or not os.path.isfile(target)):
            with open(target, "wb") as file:
                file.write(data)
        else:
            from igsn_lint.discover import replace_file

            replace_file(target, data)
    except BrokenPipeError:
        raise
    except (OSError, AttributeError) as error:
        # Python has no standard output at all where it was closed before the start.
        fail(f"{target or 'standard output'}: {getattr(error, 'strerror', None) or 'can not be written'}")


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write all of it: what lies below the buffer takes a part at a time, and nothing while it would have to wait."""
    raw = getattr(stream, "raw", stream)
    left = memoryview(data)
    while left:
        written = raw.write(left)
        if written is None:
            import select

            select.select([], [raw], [])
        else:
            left = left[written:]
    stream.flush()


def read_standard_input() -> bytes:
    """Return what comes on standard input; ends the program where it is closed."""
    try:
        return sys.stdin.buffer.read()
    except (OSError, AttributeError):
        fail("standard input can not be read")
