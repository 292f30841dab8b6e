"""What does a view of a need hold once the guard has let somebody through?"""

from __future__ import annotations

from dataclasses import dataclass

from app.calls.models import Call
from app.intake.opened import Opened


@dataclass
class OpenedNeed(Opened):
    """An opened dossier that is a need of this call."""

    call: Call
    late_reason: str | None = None
