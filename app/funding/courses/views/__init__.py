"""Which pages do courses have? That of one course stands with the pledges, which it shows."""

from __future__ import annotations

from app.funding.courses import reported
from app.funding.courses.views import asking, editing, hosting, listing, rates, replicating, sheet
from app.funding.courses.views.pages import NAV, blueprint

__all__ = ["NAV", "asking", "blueprint", "editing", "hosting", "listing", "rates", "replicating", "reported",
           "sheet"]  # fmt: skip
