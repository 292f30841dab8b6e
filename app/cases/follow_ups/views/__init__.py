"""Which pages has the follow-up of a child, or of the person with it?"""

from __future__ import annotations

from app.cases.follow_ups import by_the_clock, ending, loose_ends
from app.cases.follow_ups.views import asked, beginning, changing
from app.cases.follow_ups.views.pages import NAV, blueprint

__all__ = [
    "NAV",
    "asked",
    "beginning",
    "blueprint",
    "by_the_clock",
    "changing",
    "ending",
    "loose_ends",
]
