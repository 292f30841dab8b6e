"""Is it an office document that stays small when opened, and runs nothing?

Office documents are ZIP archives. Only the archive's directory and one small entry are read here.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from typing import BinaryIO

from app.formats.words import N_
from app.storage.refusals import Unwelcome
from app.storage.texts import ACTIVE, OTHER_KIND

MOST_ENTRIES = 2000
MOST_BYTES = 150 * 1024 * 1024
"""What all entries together may declare to hold."""
MOST_EXPANSION = 100
"""How many times larger than the file, for what holds more than a megabyte."""
SMALL = 1024 * 1024

BOMB = N_("The file would become far too large when opened. Save it again with less in it.")
LOCKED = N_("The file is protected with a password. Save it without one and send it again.")

NESTED = (".zip", ".docx", ".xlsx", ".xlsm", ".docm", ".odt", ".7z", ".rar", ".gz", ".jar")
RUNNING = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "basic/", "scripts/",
           "meta-inf/macrosignatures.xml", ".exe", ".dll", ".js", ".vbs", ".html", ".htm", ".svg")  # fmt: skip
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an office document begins that was protected with a password, or is of the old kind."""


def examine_docx(file: BinaryIO) -> None:
    """A Word document without macros."""
    _open_xml(file, "word/document.xml", "wordprocessingml.document.main+xml")


def examine_xlsx(file: BinaryIO) -> None:
    """An Excel workbook without macros."""
    _open_xml(file, "xl/workbook.xml", "spreadsheetml.sheet.main+xml")


def examine_odt(file: BinaryIO) -> None:
    """An OpenDocument text without macros."""
    _open_document(file, b"application/vnd.oasis.opendocument.text")


def examine_ods(file: BinaryIO) -> None:
    """An OpenDocument spreadsheet without macros."""
    _open_document(file, b"application/vnd.oasis.opendocument.spreadsheet")


def _open_document(file: BinaryIO, media_type: bytes) -> None:
    with _archive(file) as archive:
        if _small_entry(archive, "mimetype") != media_type:
            raise Unwelcome(OTHER_KIND)
        if "content.xml" not in archive.namelist():
            raise Unwelcome(OTHER_KIND)


def _open_xml(file: BinaryIO, main: str, content_type: str) -> None:
    with _archive(file) as archive:
        types = _small_entry(archive, "[Content_Types].xml")
        if main not in archive.namelist() or content_type.encode() not in types:
            raise Unwelcome(OTHER_KIND)
        if b"macroenabled" in types.lower():
            raise Unwelcome(ACTIVE)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    start = file.read(8)
    if start == COMPOUND:
        raise Unwelcome(LOCKED)
    if not start.startswith(b"PK\x03\x04"):  # something else stands before the archive
        raise Unwelcome(OTHER_KIND)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unwelcome(OTHER_KIND) from None
    size = file.seek(0, 2)
    for refuse in (_refuse_bombs, _refuse_strange_entries, _refuse_programs):
        refuse(archive.infolist(), size)
    return archive


Entries = list[zipfile.ZipInfo]


def _refuse_bombs(entries: Entries, size: int) -> None:
    declared = sum(entry.file_size for entry in entries)
    too_dense = declared > SMALL and declared > size * MOST_EXPANSION
    if len(entries) > MOST_ENTRIES or declared > MOST_BYTES or too_dense:
        raise Unwelcome(BOMB)
    if any(_is_nested(entry.filename.lower()) for entry in entries):
        raise Unwelcome(BOMB)
    # Entries that share their bytes: a small file can declare little and still unfold to much.
    if sum(entry.compress_size for entry in entries) > size:
        raise Unwelcome(BOMB)


def _is_nested(name: str) -> bool:
    # A chart in a Word document brings its workbook along; nothing here opens it.
    return name.endswith(NESTED) and "/embeddings/" not in name


def _refuse_strange_entries(entries: Entries, size: int) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unwelcome(OTHER_KIND)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Unwelcome(LOCKED)
        leads_out = entry.filename.startswith(("/", "\\")) or ".." in entry.filename
        if leads_out or stat.S_ISLNK(entry.external_attr >> 16):
            raise Unwelcome(OTHER_KIND)


def _refuse_programs(entries: Entries, size: int) -> None:
    for entry in entries:
        name = "/" + entry.filename.lower()
        if name.endswith(RUNNING) or any(part in name for part in RUNNING if part.endswith("/")):
            raise Unwelcome(ACTIVE)


def _small_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of an entry; what it declares to hold is not believed."""
    try:
        with archive.open(name) as entry:
            return entry.read(SMALL)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        EOFError,
        RuntimeError,
    ):
        raise Unwelcome(OTHER_KIND) from None
