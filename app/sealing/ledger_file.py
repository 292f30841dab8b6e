"""How is the ledger of erasures kept outside the database, and told to one that was brought back?

A line of JSON for each erased record. It names records and says nothing of what was in them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
FIELDS = ("organisation_id", "record_id", "erased_at", "erased_by", "reason")


class NotALedger(ValueError):
    """A line is no erasure; says which."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not an erasure")
        self.line = line


def read(path: Path) -> list[Entry]:
    """The erasures of a file. Raises NotALedger."""
    lines = path.read_text().splitlines()
    return [_entry(line, number) for number, line in enumerate(lines, start=1) if line.strip()]


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write the file whole, readable by its owner alone."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        for entry in entries:
            at = entry["erased_at"].isoformat()
            file.write(
                json.dumps({name: entry[name] for name in FIELDS} | {"erased_at": at}) + "\n"
            )
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def merged(*ledgers: Iterable[Entry]) -> list[Entry]:
    """All erasures, each once, in the order in which they happened."""
    each: dict[tuple[str, str], Entry] = {}
    for entry in (entry for ledger in ledgers for entry in ledger):
        each.setdefault((entry["organisation_id"], entry["record_id"]), entry)
    return sorted(each.values(), key=lambda entry: (entry["erased_at"], entry["record_id"]))


def _entry(line: str, number: int) -> Entry:
    try:
        found = json.loads(line)
        entry = {name: found[name] for name in FIELDS}
        entry["erased_at"] = datetime.fromisoformat(entry["erased_at"])
    except (ValueError, KeyError, TypeError):
        raise NotALedger(number) from None
    texts = [entry["organisation_id"], entry["record_id"], entry["reason"]]
    if entry["erased_at"].tzinfo is None or not all(isinstance(each, str) for each in texts):
        raise NotALedger(number)
    return entry
