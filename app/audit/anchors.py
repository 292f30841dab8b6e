"""How is the end of the chain remembered where nobody who owns the database can change it?

An anchor is a line: the number of an event, its hash, and when it was written down. Kept on paper, in
a mailbox or on another machine, it proves later that everything up to it is still there unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.audit.models import AuditHead
from app.db.transactions import transaction


class NotAnAnchor(ValueError):
    """A line that says nothing about the chain; `args[0]` is its number."""


@dataclass(frozen=True)
class Anchor:
    """The chain held `seq` events at `at`, the last of which had this hash."""

    seq: int
    hash: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.seq} {self.hash} {self.at:%Y-%m-%dT%H:%M:%SZ}"


def present() -> Anchor:
    """The end of the chain as it stands. Raises LookupError if the chain has lost its head."""
    with transaction(writing=False) as session:
        head = session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    if head is None:
        raise LookupError("the audit trail has no head")
    return Anchor(head.seq, head.hash, clock.real_now())


def read(lines: Iterable[str]) -> tuple[Anchor, ...]:
    """The anchors in these lines; empty ones are passed over. Raises NotAnAnchor."""
    return tuple(_parse(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _parse(number: int, line: str) -> Anchor:
    try:
        seq, digest, at = line.split()
        anchor = Anchor(int(seq), digest, datetime.strptime(at, "%Y-%m-%dT%H:%M:%S%z"))
    except ValueError:
        raise NotAnAnchor(number) from None
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise NotAnAnchor(number)
    return anchor
