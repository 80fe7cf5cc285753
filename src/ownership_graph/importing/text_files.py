"""Text files out of hostile hands, opened: gzipped or not, in the encoding that they are in."""

from __future__ import annotations

import codecs
import gzip
import io
import stat
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_RATIO = 100
"""How many times larger than its file unpacked text may be; tables reach 10 to 30."""

ALWAYS_UNPACKED = 64 * 1024 * 1024
"""Bytes of unpacked text that are taken whatever the ratio."""

_CHUNK = 64 * 1024
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_USUAL = ("auto", "utf-8", "cp1252", "latin-1", "utf-16")


@dataclass(frozen=True, slots=True)
class _Fault:
    """The first byte that an encoding cannot be; `foreign` where good non-ASCII stood before."""

    line: int
    byte: str
    foreign: bool


@contextmanager
def open_text(path: Path, *, encoding: str = "auto", doing: str) -> Iterator[IO[str]]:
    """The text of the file at `path`, line ends as they are; it was all decoded once before.

    Gzip is known by its first bytes. `encoding` "auto" takes UTF-8 (with or without a byte
    order mark), UTF-16 with one, or cp1252. `doing` begins the sentence of an error.

    Raises:
        SourceError: it is missing, a folder, unreadable, empty, packed and cut off, too large
            when unpacked, or not text in that encoding.
        UsageError: there is no such encoding.
    """
    codec = _codec(encoding)
    with _opened(path, doing) as (stream, most):
        found = _encoding(stream, codec, most, file=str(path), doing=doing)
        stream.seek(0)
        with io.TextIOWrapper(stream, encoding=found, newline="") as text:
            yield text


@contextmanager
def open_chunks(path: Path, *, doing: str) -> Iterator[Iterator[bytes]]:
    """The bytes of the file at `path` in chunks, unpacked where it is gzipped.

    Raises:
        SourceError: it is missing, a folder, unreadable, empty, packed and cut off, or too large
            when unpacked.
    """
    with _opened(path, doing) as (stream, most):
        yield _chunks(stream, most, file=str(path), doing=doing)


@contextmanager
def _opened(path: Path, doing: str) -> Iterator[tuple[IO[bytes], int]]:
    """The bytes of the file, unpacked, and how many there may be."""
    try:
        size = _size_of_file(path, doing)
        with path.open("rb") as raw:
            yield _unpacked(raw, size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(
            f"{doing}: the gzip file is cut off or damaged ({error}). Get it again.",
            file=str(path),
        ) from error
    except OSError as error:
        raise SourceError(
            f"{doing}: the file could not be read ({error.strerror}). Check the path, and whether"
            " you may read it.",
            file=str(path),
        ) from error


def _codec(encoding: str) -> str:
    """The codec's name; UTF-8 is read with its byte order mark taken off."""
    if encoding == "auto":
        return encoding
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"reading the option 'encoding': there is no encoding {encoding!r}."
            + (nearest(encoding, _USUAL) or f" Usual ones: {', '.join(_USUAL)}.")
        ) from error
    return "utf-8-sig" if name == "utf-8" else name


def _size_of_file(path: Path, doing: str) -> int:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        why = "this is a folder. Name a file in it."
    elif not stat.S_ISREG(found.st_mode):
        why = "this is no ordinary file. Save what it gives to a file, and name that."
    elif found.st_size == 0:
        why = "the file is empty, without even a header. Was it written to its end?"
    else:
        return found.st_size
    raise SourceError(f"{doing}: {why}", file=str(path))


def _unpacked(raw: IO[bytes], size: int) -> tuple[IO[bytes], int]:
    """The bytes of the text, and how many there may be."""
    packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(0)
    if not packed:
        return raw, size
    return gzip.GzipFile(fileobj=raw), max(ALWAYS_UNPACKED, size * LARGEST_RATIO)  # type: ignore[return-value]  # a GzipFile is one in all but name


def _encoding(stream: IO[bytes], codec: str, most: int, *, file: str, doing: str) -> str:
    """The encoding of the text, of which every byte was tried."""
    start = stream.read(len(_ZIP))
    if start == _ZIP:
        raise SourceError(
            f"{doing}: this is a workbook or a ZIP archive, not text. Save the sheet as CSV.",
            file=file,
        )
    tried = []
    for each in _candidates(codec, start):
        stream.seek(0)
        fault = _first_fault(stream, each, most, file=file, doing=doing)
        if fault is None:
            return each
        tried.append((each, fault))
        if fault.foreign:
            break
    raise _not_text(tried, codec, file=file, doing=doing)


def _candidates(codec: str, start: bytes) -> tuple[str, ...]:
    """The encodings to try, for a text that starts with these bytes."""
    if codec != "auto":
        return (codec,)
    if start.startswith(_UTF_16):
        return ("utf-16",)
    return ("utf-8-sig",) if start.startswith(codecs.BOM_UTF8) else ("utf-8-sig", "cp1252")


def _first_fault(
    stream: IO[bytes], encoding: str, most: int, *, file: str, doing: str
) -> _Fault | None:
    """The first place where the bytes are not text in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, foreign = 1, False
    for chunk in chain(_chunks(stream, most, file=file, doing=doing), [b""]):
        try:
            foreign = not decoder.decode(chunk, final=not chunk).isascii() or foreign
        except UnicodeDecodeError as error:
            good, bad = error.object[: error.start], error.object[error.start]
            return _Fault(line + good.count(b"\n"), f"0x{bad:02x}", foreign or not good.isascii())
        line += chunk.count(b"\n")
    return None


def _chunks(stream: IO[bytes], most: int, *, file: str, doing: str) -> Iterator[bytes]:
    """The bytes to their end, or until they are more than there may be."""
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        if read > most:
            raise SourceError(
                f"{doing}: it unpacks to more than {most:,} bytes, {LARGEST_RATIO} times its"
                " size. If it is sound, unpack it first.",
                file=file,
            )
        yield chunk


def _not_text(
    tried: list[tuple[str, _Fault]], codec: str, *, file: str, doing: str
) -> SourceError:
    """The error for bytes that are in no encoding that was tried."""
    encoding, fault = tried[-1]
    if len(tried) > 1:
        why = (
            "is neither UTF-8 nor cp1252. State the encoding; if this is no text file, save it"
            " as CSV."
        )
    elif codec == "auto":
        why = (
            f"is not {encoding.removesuffix('-sig')}, as the text up to it is: the file is"
            " damaged, or put together from two encodings. Mend it, or state its encoding."
        )
    else:
        why = f"is not {encoding.removesuffix('-sig')}. State another encoding, or 'auto'."
    return SourceError(f"{doing}: the byte {fault.byte} {why}", file=file, line=fault.line)
