"""How does one make small files of each kind, honest and hostile?"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
TEXT = "Oficio n.º 17: se designa a …\n".encode()
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/{type}"/></Types>'
)
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "vnd.ms-word.document.macroEnabled.main+xml"


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png(width: int = 2, height: int = 2) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 14)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def jpeg(width: int = 2, height: int = 2, after: bytes = b"") -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    start = b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\x34"
    return b"\xff\xd8\xff\xe0\x00\x04AB" + start + scan + b"\xff\xd9" + after


def archive(entries: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return made.getvalue()


def docx(extra: dict[str, bytes] | None = None, content_type: str = WORD) -> bytes:
    types = TYPES.format(part="word/document.xml", type=content_type).encode()
    return archive(
        {"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **(extra or {})}
    )


def xlsx(extra: dict[str, bytes] | None = None) -> bytes:
    types = TYPES.format(part="xl/workbook.xml", type=EXCEL).encode()
    return archive(
        {"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", **(extra or {})}
    )


def odt(extra: dict[str, bytes] | None = None) -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return archive(
        {"mimetype": kind, "content.xml": b"<x/>", **(extra or {})}, stored=("mimetype",)
    )


def locked(content: bytes) -> bytes:
    """The archive with its entries marked as encrypted."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def bomb() -> bytes:
    """A workbook of a hundred kilobytes that declares a hundred megabytes."""
    return xlsx({"xl/worksheets/sheet1.xml": b"\x00" * (100 * 1024 * 1024)})
