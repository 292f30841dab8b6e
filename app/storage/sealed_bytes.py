"""Where do sealed files lie? In a folder beside the others, each under a random name that says nothing.

Nothing here knows what is in them: they come sealed and go sealed. As with other files the bytes are on the
disk before the transaction commits that speaks of them, and what was left behind is swept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from pathlib import Path

from app.storage import files

_NAME = re.compile(r"[a-z0-9]{20}")


def folder() -> Path:
    """Where the sealed files of this installation are."""
    return files.folder() / "sealed"


def path_of(name: str) -> Path:
    """Where the sealed file of this name is, if it is. Raises ValueError for what is no such name."""
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a sealed file")
    return folder() / name[:2] / name


def put(name: str, sealed: bytes) -> None:
    """Keep sealed bytes. Raises Unwelcome where there is no room."""
    files.refuse_without_space()
    path = path_of(name)
    files.make_folder(path.parent)
    with files.incoming() as arriving:
        with arriving.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        arriving.rename(path)
    files.sync_folder(path.parent)


def get(name: str) -> bytes:
    """The sealed bytes. Raises files.Lost when they are not there."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        raise files.Lost(name) from None


def names() -> Iterator[str]:
    """Every sealed file in the folder."""
    for path in sorted(folder().glob("??/*")):
        if _NAME.fullmatch(path.name):
            yield path.name


def sweep(spoken_of: Container[str], *, older_than: float = files.ORPHAN_AGE) -> int:
    """Remove those of which no record speaks; the number of them. `older_than` in seconds."""
    return sum(
        files.remove_if_old(path_of(name), older_than) for name in names() if name not in spoken_of
    )
