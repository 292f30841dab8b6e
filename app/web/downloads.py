"""How is a file sent so that a browser keeps it and never runs it?"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def download(body: bytes | Iterable[bytes], name: str, media_type: str | None = None) -> Response:
    """A file under a name; the type follows from the ending where none is given."""
    ending = name.rsplit(".", 1)[-1].lower()
    response = Response(body, mimetype=None)
    response.headers["Content-Type"] = media_type or TYPES.get(ending, "application/octet-stream")
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def disposition(name: str) -> str:
    """A Content-Disposition that no name can break out of."""
    clean = "".join(c for c in name if c.isprintable() and c not in '"\\/' and c not in BIDI)[:150]
    plain = clean.encode("ascii", "ignore").decode().strip() or "archivo"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean or plain)}"


BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
"""Marks that turn the direction of a name, and so can hide its ending."""
