"""What of a communication does not every unit decide, whatever it writes?"""

from __future__ import annotations

from app.cases.exchanges.opened import OpenedCase
from app.formats.words import N_
from app.intake.opened import Opened
from app.organisations.units import PROTECTING

OF_PROTECTION = "minors.followup_outcome"
"""How the follow-up of a child ended: decided by a child-protection officer."""
NOT_PROTECTING = N_(
    "How the follow-up of a child ends is decided by a unit that protects children. Leave it empty."
)


def refuses(case: Opened, key: str) -> str:
    """Why the unit that writes may not answer at this place, as a msgid; "" where it may."""
    if key != OF_PROTECTION or not isinstance(case, OpenedCase):
        return ""
    return "" if case.unit.kind in PROTECTING else NOT_PROTECTING
