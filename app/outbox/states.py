"""Where can a promised message stand?"""

from __future__ import annotations

from typing import Final

WAITING: Final = "waiting"
"""To be delivered once it is due."""
LEASED: Final = "leased"
"""Somebody is delivering it, until the lease ends."""
SENT: Final = "sent"
"""A mail server accepted it, or the demonstration kept it."""
SPLIT: Final = "split"
"""It was meant for several people; each has a message of their own."""
VOID: Final = "void"
"""Nobody is left to whom it could go."""
PARKED: Final = "parked"
"""Tried too often; whoever runs the server decides."""

ALL: Final = (WAITING, LEASED, SENT, SPLIT, VOID, PARKED)
