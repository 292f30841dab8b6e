"""Which pages do reservations have?"""

from __future__ import annotations

from app.cases.reservations import mail
from app.cases.reservations.views import deciding, reading, together, writing
from app.cases.reservations.views.pages import NAV, blueprint

__all__ = ["NAV", "blueprint", "deciding", "mail", "reading", "together", "writing"]
