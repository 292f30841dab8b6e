"""Where do the bytes of a file lie, and how do they get there so that they are never lost?

The folder `files` of the instance, by content: the name of a file is the SHA-256 of its bytes. Bytes
are on the disk, and so are the names of their folders, before the transaction commits that speaks of
them; a transaction that does not commit leaves an orphan for the sweeper.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from flask import current_app

from app.db.base import new_id
from app.formats.words import N_
from app.storage import names
from app.storage.kinds import KINDS, SHOWN
from app.storage.refusals import Unwelcome

NO_FILE = N_("Choose a file first.")
NO_SPACE = N_(
    "There is no room for files now. Whoever runs Enlace was told; please try again later."
)
TOO_LARGE = N_("The file is larger than %(megabytes)s MB. Make it smaller and send it again.")
UNKNOWN_KIND = N_("This kind of file is not accepted. Send one of: %(kinds)s.")
MEGABYTE = 1024 * 1024
ORPHAN_AGE = 24 * 3600.0
"""Seconds for which a file may lie here before a transaction speaks of it."""
_PIECE = 1 << 20
_INCOMING, _LOCK = "incoming", "lock"
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file that lies in the folder. `size` in bytes; `name` is the cleaned one."""

    sha256: str
    size: int
    media_type: str
    name: str


class Lost(RuntimeError):
    """A file of which the database speaks is not in the folder."""


def folder() -> Path:
    """Where the files of this installation are."""
    return current_app.config["ENLACE"].instance / "files"


def path_of(sha256: str) -> Path:
    """Where the file with this content is, if it is. Raises ValueError for what is no hash."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return folder() / sha256[:2] / sha256[2:]


def store(stream: BinaryIO, *, name: str) -> Stored:
    """Examine a file and keep it. Raises Unwelcome, and keeps nothing then.

    Slow (it reads, hashes and writes to the disk): best called before a transaction begins to write.
    """
    cleaned = names.clean(name)
    if not name.strip():
        raise Unwelcome(NO_FILE)
    kind = KINDS.get(names.ending_of(cleaned))
    if kind is None:
        raise Unwelcome(UNKNOWN_KIND, kinds=SHOWN)
    refuse_without_space()
    with incoming() as path:
        sha256, size = _receive(stream, path)
        with path.open("rb") as file:
            try:
                kind.examine(file)
            except Unwelcome as refusal:
                refusal.params.setdefault("kinds", SHOWN)
                raise
        _keep(path, path_of(sha256))
    return Stored(sha256=sha256, size=size, media_type=kind.media_type, name=cleaned)


def open_file(sha256: str) -> BinaryIO:
    """The bytes. Raises Lost when they are not there."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError:
        raise Lost(sha256) from None


def pieces(sha256: str) -> Iterator[bytes]:
    """The bytes, some at a time; the file is open only while they are read. Raises Lost at once."""
    path = path_of(sha256)
    if not path.is_file():
        raise Lost(sha256)
    return _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def hashes() -> Iterator[str]:
    """The hash of every file in the folder."""
    for first in sorted(folder().glob("[0-9a-f][0-9a-f]")):
        for path in sorted(first.iterdir()):
            yield first.name + path.name


def sweep(spoken_of: Container[str], *, older_than: float = ORPHAN_AGE) -> int:
    """Remove files whose hash no record speaks of; the number of them. `older_than` in seconds."""
    removed = 0
    for path in (folder() / _INCOMING).glob("*"):
        removed += remove_if_old(path, older_than)
    for sha256 in hashes():
        if sha256 not in spoken_of:
            removed += remove_if_old(path_of(sha256), older_than)
    return removed


def remove_if_old(path: Path, older_than: float) -> bool:
    """Remove a file that has lain here for so many seconds; whether it was."""
    with _locked():  # the same content may be arriving again at this moment
        try:
            is_old = time.time() - path.stat().st_mtime >= older_than
        except FileNotFoundError:
            return False
        if is_old:
            path.unlink()
    return is_old


def free_bytes(path: Path) -> int:
    """How much room is left where `path` is."""
    return shutil.disk_usage(path).free


def refuse_without_space() -> None:
    """Raise Unwelcome where files would fill the disk."""
    settings = current_app.config["ENLACE"]
    make_folder(folder())
    if free_bytes(folder()) < settings.free_space_megabytes * MEGABYTE:
        log.error("no_space_for_files")
        raise Unwelcome(NO_SPACE, will_pass=True)


def _receive(stream: BinaryIO, path: Path) -> tuple[str, int]:
    limit = current_app.config["ENLACE"].upload_megabytes
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limit * MEGABYTE:
                raise Unwelcome(TOO_LARGE, megabytes=limit)
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Unwelcome(NO_FILE)
    return digest.hexdigest(), size


def _keep(incoming: Path, path: Path) -> None:
    with _locked():
        make_folder(path.parent)
        if path.exists():
            os.utime(path)  # not an orphan again
            return
        incoming.rename(path)
    sync_folder(path.parent)


@contextmanager
def incoming() -> Iterator[Path]:
    """A file of its own for what is arriving; gone at the end, unless it was moved away."""
    waiting = folder() / _INCOMING
    make_folder(waiting)
    path = waiting / new_id()
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _locked() -> Iterator[None]:
    lock = os.open(folder() / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def make_folder(path: Path) -> None:
    """A folder that only its owner may enter, whose name outlives a power cut."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
