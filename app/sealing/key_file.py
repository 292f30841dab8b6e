"""How does a new master key come into the file of keys, and may others read that file?"""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

from app.sealing.master import new_line, parse


def new_key(path: Path | None, today: date) -> tuple[str, str]:
    """The id and the line of a new key, which bears the day and is unlike those in the file."""
    taken = {key.id for key in parse(path.read_text())} if path and path.exists() else set()
    name, number = f"{today:%Y-%m-%d}", 1
    while name in taken:
        number += 1
        name = f"{today:%Y-%m-%d}-{number}"
    return name, new_line(name)


def put_first(path: Path, line: str) -> None:
    """Put a key before those that are there, for whoever reads the file now: the old one or the new one whole."""
    before = path.read_text() if path.exists() else ""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{line}\n{before}")
        if before:  # its owner keeps it, whoever gives the command
            os.fchown(descriptor, path.stat().st_uid, path.stat().st_gid)
        file.flush()
        os.fsync(descriptor)
    made.replace(path)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may do anything with the file."""
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
