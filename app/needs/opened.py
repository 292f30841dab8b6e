"""What does a view of a need hold once the guard has let somebody through?"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app import clock
from app.calls.models import Call
from app.calls.queries import state_now
from app.calls.wording import band_until
from app.intake.opened import Opened


@dataclass
class OpenedNeed(Opened):
    """An opened dossier that is a need of this call."""

    call: Call
    late_reason: str | None = None

    @property
    def band(self) -> Markup:
        """The deadline above the pages of its draft, and how long is left; there must be one."""
        ends = self.closes_at or self.call.closes_at
        is_late = state_now(self.call, clock.now()) == "closed"
        return band_until(ends, self.call.zone, is_late=is_late)
