"""Is it one whole picture, and of a size that can be opened safely? Nothing is decoded to find out."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from app.formats.words import N_
from app.storage.refusals import Unwelcome
from app.storage.texts import OTHER_KIND

MOST_PIXELS = 50_000_000
TOO_MANY_PIXELS = N_(
    "The picture has more than %(megapixels)s million dots. Make it smaller and send it again."
)
LONGEST_CHUNK = 64 * 1024 * 1024
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG segments that say how large the picture is."""
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""JPEG marks without content."""


def examine_png(file: BinaryIO) -> None:
    """Every chunk whole and with its checksum, and nothing after the last."""
    if file.read(8) != PNG_SIGNATURE:
        raise Unwelcome(OTHER_KIND)
    kind, first = b"", True
    while kind != b"IEND":
        kind, content = _chunk(file)
        if first:
            _measure_png(kind, content)
        first = False
    if file.read(1):
        raise Unwelcome(OTHER_KIND)


def _chunk(file: BinaryIO) -> tuple[bytes, bytes]:
    head = file.read(8)
    if len(head) != 8:
        raise Unwelcome(OTHER_KIND)
    length, kind = struct.unpack(">I4s", head)
    if length > LONGEST_CHUNK:  # believed, it would be made room for
        raise Unwelcome(OTHER_KIND)
    content, checksum = file.read(length), file.read(4)
    if len(content) != length or checksum != struct.pack(">I", zlib.crc32(kind + content)):
        raise Unwelcome(OTHER_KIND)
    return kind, content


def _measure_png(kind: bytes, content: bytes) -> None:
    if kind != b"IHDR" or len(content) != 13:
        raise Unwelcome(OTHER_KIND)
    _measure(*struct.unpack(">II", content[:8]))


def examine_jpeg(file: BinaryIO) -> None:
    """Segments up to the picture itself, which has an end. Telephones write notes after it."""
    if file.read(2) != b"\xff\xd8":
        raise Unwelcome(OTHER_KIND)
    is_measured = False
    while (mark := _mark(file)) != 0xDA:
        if mark in _BARE:
            continue
        content = _segment(file)
        if mark in _FRAMES:
            if len(content) < 6:
                raise Unwelcome(OTHER_KIND)
            height, width = struct.unpack(">HH", content[1:5])
            _measure(width, height)
            is_measured = True
    if not is_measured or b"\xff\xd9" not in file.read() or zipfile.is_zipfile(file):
        raise Unwelcome(OTHER_KIND)


def _mark(file: BinaryIO) -> int:
    if file.read(1) != b"\xff":
        raise Unwelcome(OTHER_KIND)
    mark = b"\xff"
    while mark == b"\xff":
        mark = file.read(1)
    if mark in (b"", b"\x00", b"\xd9"):
        raise Unwelcome(OTHER_KIND)
    return mark[0]


def _segment(file: BinaryIO) -> bytes:
    head = file.read(2)
    length = int.from_bytes(head) - 2
    content = file.read(max(length, 0))
    if len(head) != 2 or length < 0 or len(content) != length:
        raise Unwelcome(OTHER_KIND)
    return content


def _measure(width: int, height: int) -> None:
    if not width or not height:
        raise Unwelcome(OTHER_KIND)
    if width * height > MOST_PIXELS:
        raise Unwelcome(TOO_MANY_PIXELS, megapixels=MOST_PIXELS // 1_000_000)
