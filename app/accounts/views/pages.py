"""Under which name do the pages of accounts stand?"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
