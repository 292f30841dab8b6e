"""Which pages do offers have?"""

from __future__ import annotations

from app.funding.offers import by_the_clock, mail, reported
from app.funding.offers.views import life, reading, writing
from app.funding.offers.views.pages import NAV, blueprint

__all__ = ["NAV", "blueprint", "by_the_clock", "life", "mail", "reading", "reported", "writing"]
