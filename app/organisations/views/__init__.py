"""Which pages has the Secretariat for organisations and the people who act for them?"""

from __future__ import annotations

from app.organisations import acting as acting
from app.organisations import mail as mail
from app.organisations.views import admission, factors, overview, people
from app.organisations.views.pages import NAV, blueprint

__all__ = ["NAV", "admission", "blueprint", "factors", "overview", "people"]
