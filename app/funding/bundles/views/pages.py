"""Under which addresses do proposals of courses stand?"""

from __future__ import annotations

from flask import Blueprint, url_for

from app.funding.bundles.models import Bundle
from app.web.navigation import Under

blueprint = Blueprint("bundles", __name__, url_prefix="/bundles")
NAV = Under("/bundles", ("courses.index",))
"""Found from the courses and from the groups of similar needs."""


def url_of(bundle: Bundle) -> str:
    return url_for("bundles.show", bundle_id=bundle.id)
