"""What do later features do once a unit gave its receipt, or a communication is forgotten?

They register it here; exchanges do not know who they are. All of it runs where both countries are reached.
"""

from __future__ import annotations

from collections.abc import Callable

from app.cases.exchanges.models import Addressee
from app.outbox.deeds import Write

Hears = Callable[[Addressee], Write]
Forgets = Callable[[str, str], None]
_hearing: list[Hears] = []
_forgetting: list[Forgets] = []


def hears_receipts(look: Hears) -> Hears:
    """Register what finds out what a receipt changes; it gives what is left to be written."""
    _hearing.append(look)
    return look


def forgets(forget: Forgets) -> Forgets:
    """Register what is forgotten with a communication: it gets the id of what was read, and why as a code.

    The id is the communication's for its own unit, and the addressee's for whoever received it.
    """
    _forgetting.append(forget)
    return forget


def look_at_receipt(addressee: Addressee) -> list[Write]:
    """Find out, for a deed, what else follows from a receipt."""
    return [look(addressee) for look in _hearing]


def forget(read_id: str, why: str) -> None:
    """Let everything go that stood on this communication."""
    for each in _forgetting:
        each(read_id, why)
