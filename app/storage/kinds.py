"""Which kinds of file are let in, and how is each known by its bytes?

Nothing that a browser or an office program would run: no HTML, no SVG, no macros.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from app.storage import archives, pictures, texts

OPEN_XML = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, and what raises Unwelcome for bytes that are something else."""

    media_type: str
    examine: Callable[[BinaryIO], None]


KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", texts.examine_pdf),
    "txt": Kind("text/plain; charset=utf-8", texts.examine_plain),
    "png": Kind("image/png", pictures.examine_png),
    "jpg": Kind("image/jpeg", pictures.examine_jpeg),
    "jpeg": Kind("image/jpeg", pictures.examine_jpeg),
    "docx": Kind(f"{OPEN_XML}.wordprocessingml.document", archives.examine_docx),
    "xlsx": Kind(f"{OPEN_XML}.spreadsheetml.sheet", archives.examine_xlsx),
    "odt": Kind("application/vnd.oasis.opendocument.text", archives.examine_odt),
}
"""By the ending of the file's name."""

SHOWN = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG, JPEG, TXT"
"""The kinds as people know them."""
