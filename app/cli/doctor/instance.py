"""Can others on this machine read the data, and is there room for more?"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import config
from app.cli.speech import Finding, either, right, wrong
from app.storage import files

PRIVATE_FILES = ("enlace.db", "queue.db", "secret-key", "password-salt", "master-keys")


def look(settings: config.Settings) -> Iterator[Finding]:
    """The folder of the instance: permissions and free space."""
    folder = settings.instance
    if not folder.is_dir():
        yield wrong(f"instance: there is no folder {folder}")
        return
    open_ones = [path for path in _private(folder) if _is_open(path)]
    for path in open_ones:
        yield wrong(
            f"instance: others may read {path}; chmod {'700' if path.is_dir() else '600'} it"
        )
    if not open_ones:
        yield right(f"instance: only its owner may read {folder}")
    free = files.free_bytes(folder) // files.MEGABYTE
    least = settings.free_space_megabytes
    yield either(
        free >= least,
        f"instance: {free} MB are free",
        f"instance: only {free} MB are free; below {least} MB no files are accepted",
    )


def _private(folder: Path) -> list[Path]:
    candidates = [folder, folder / "files", *(folder / name for name in PRIVATE_FILES)]
    return [path for path in candidates if path.exists()]


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
