"""Is a file let in that must not lie anywhere as it is? Examined in memory, and handed back to be sealed."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import BinaryIO

from flask import current_app

from app.storage import files, names
from app.storage.kinds import KINDS, SHOWN
from app.storage.redrawing import NAMES, redrawn
from app.storage.refusals import Unwelcome


@dataclass(frozen=True)
class Examined:
    """A file that is let in. `name` is the cleaned one; a picture is drawn anew."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


def examined(stream: BinaryIO, *, name: str) -> Examined:
    """Examine a file; nothing of it is kept. Raises Unwelcome.

    Slow: best called before a transaction begins to write.
    """
    if not name.strip():
        raise Unwelcome(files.NO_FILE)
    cleaned = names.clean(name)
    kind = KINDS.get(names.ending_of(cleaned))
    if kind is None:
        raise Unwelcome(files.UNKNOWN_KIND, kinds=SHOWN)
    data = _read(stream)
    try:
        kind.examine(io.BytesIO(data))
        if kind.media_type in NAMES:
            data = redrawn(data, kind.media_type)
    except Unwelcome as refusal:
        refusal.params.setdefault("kinds", SHOWN)
        raise
    return Examined(cleaned, kind.media_type, data)


def _read(stream: BinaryIO) -> bytes:
    limit = current_app.config["ENLACE"].upload_megabytes
    data = stream.read(limit * files.MEGABYTE + 1)
    if len(data) > limit * files.MEGABYTE:
        raise Unwelcome(files.TOO_LARGE, megabytes=limit)
    if not data:
        raise Unwelcome(files.NO_FILE)
    return data
