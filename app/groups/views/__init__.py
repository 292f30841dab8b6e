"""Which pages do groups of similar needs have?"""

from __future__ import annotations

from app.groups.views import changing, groups, proposals
from app.groups.views.pages import NAV, blueprint

__all__ = ["NAV", "blueprint", "changing", "groups", "proposals"]
