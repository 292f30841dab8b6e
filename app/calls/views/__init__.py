"""Which pages do calls have?"""

from __future__ import annotations

from app.calls import by_the_clock, mail
from app.calls.views import editing, following, life, reading
from app.calls.views.pages import NAV, blueprint

__all__ = ["NAV", "blueprint", "by_the_clock", "editing", "following", "life", "mail", "reading"]
