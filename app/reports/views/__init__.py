"""Which pages does the needs report have?"""

from __future__ import annotations

from app.reports import mail
from app.reports.views import behind, editions, figures, files, preparing
from app.reports.views.pages import NAV, blueprint

__all__ = ["NAV", "behind", "blueprint", "editions", "figures", "files", "mail", "preparing"]
