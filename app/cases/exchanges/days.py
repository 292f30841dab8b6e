"""Which day is it for everybody who exchanges cases? The one on the Conference's clocks."""

from __future__ import annotations

from app.clock import ZONE, today
from app.clock import day_of as of

__all__ = ["ZONE", "of", "today"]
