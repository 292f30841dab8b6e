"""Which pages do proposals of courses have?"""

from __future__ import annotations

from app.funding.bundles.views import adopting, costs, listing, showing
from app.funding.bundles.views.pages import NAV, blueprint

__all__ = ["NAV", "adopting", "blueprint", "costs", "listing", "showing"]
