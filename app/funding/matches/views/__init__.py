"""Which pages do matches have?"""

from __future__ import annotations

from app.funding.matches import quoting
from app.funding.matches.views import rankings, weights
from app.funding.matches.views.pages import NAV, blueprint
from app.summaries import beginnings

beginnings.register(quoting.beginnings)

__all__ = ["NAV", "blueprint", "rankings", "weights"]
