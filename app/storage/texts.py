"""Is it a plain text, or a PDF without anything that runs?"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from app.formats.words import N_
from app.storage.refusals import Unwelcome

OTHER_KIND = N_(
    "The content of the file is not what its name says. Save it again as one of: %(kinds)s."
)
ACTIVE = N_("The file holds a program (macro or script). Save it without it and send it again.")
KNOWN_CONTROLS = frozenset(b"\t\n\r\f")

_RUNS = re.compile(rb"/(JavaScript|JS|Launch|XFA|RichMedia)\b")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_PIECE, _OVERLAP = 1 << 20, 64


def examine_plain(file: BinaryIO) -> None:
    """UTF-8 without control characters, so that it is text to everybody who opens it."""
    rest = b""
    while piece := file.read(_PIECE):
        whole = rest + piece
        if any(letter < 32 and letter not in KNOWN_CONTROLS for letter in set(whole)):
            raise Unwelcome(OTHER_KIND)
        rest = _undecoded(whole)
    if rest:
        raise Unwelcome(OTHER_KIND)


def _undecoded(piece: bytes) -> bytes:
    """The bytes of a letter that goes on in the next piece."""
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or len(piece) - error.start > 3:
            raise Unwelcome(OTHER_KIND) from None
        return piece[error.start :]
    return b""


def examine_pdf(file: BinaryIO) -> None:
    """A PDF from its first byte, whole, no other kind at the same time, with nothing that runs.

    What is hidden inside compressed streams is not found here: the file is never opened on the
    server, and is given back only as a download.
    """
    if file.read(5) != b"%PDF-":
        raise Unwelcome(OTHER_KIND)
    end = file.seek(0, 2)
    file.seek(max(0, end - 2048))
    if b"%%EOF" not in file.read() or zipfile.is_zipfile(file):
        raise Unwelcome(OTHER_KIND)
    file.seek(0)
    tail = b""
    while piece := file.read(_PIECE):
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), tail + piece)
        if _RUNS.search(plain):
            raise Unwelcome(ACTIVE)
        tail = piece[-_OVERLAP:]
