"""Which pages do second factors have?"""

from __future__ import annotations

from app.accounts.factors import mail as mail
from app.accounts.factors.views import adding, giving, mine
from app.accounts.factors.views.pages import blueprint

__all__ = ["adding", "blueprint", "giving", "mine"]
