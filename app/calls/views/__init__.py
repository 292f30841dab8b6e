"""Which pages do calls have?"""

from __future__ import annotations

from app.calls.views import editing, following, life, reading
from app.calls.views.pages import NAV, blueprint

__all__ = ["NAV", "blueprint", "editing", "following", "life", "reading"]
