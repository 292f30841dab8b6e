"""Which pages do accounts have?"""

from __future__ import annotations

from app.accounts import mail as mail
from app.accounts.views import language, me, passwords, signing
from app.accounts.views.pages import blueprint

__all__ = ["blueprint", "language", "me", "passwords", "signing"]
