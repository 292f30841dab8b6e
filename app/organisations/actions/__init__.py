"""What can be done with organisations, their units, and the people who act for them?"""

from __future__ import annotations

from app.organisations.actions.admission import (
    add_unit,
    admit,
    end,
    end_unit,
    found,
    readmit,
    rename,
)
from app.organisations.actions.designations import (
    Note,
    accept_designation,
    note_designation,
    note_of,
)
from app.organisations.actions.invitations import (
    Wanted,
    accept,
    invite,
    join,
    send_again,
    withdraw,
)
from app.organisations.actions.roles import end_role, give_role, reset_factor, restore, suspend

__all__ = [
    "Note", "Wanted", "accept", "accept_designation", "add_unit", "admit", "end", "end_role",
    "end_unit", "found", "give_role", "invite", "join", "note_designation", "note_of", "readmit", "rename", "reset_factor", "restore",
    "send_again", "suspend", "withdraw",
]  # fmt: skip
