"""Which pages send a focal point the link by which the country confirms, and revoke it?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.web.guard import current_actor
from app.web.page import done


def link(mount: Mount, opened: Opened) -> Response:
    """POST /…/<id>/filing/link: send a link; the one before no longer holds."""
    mount.verbs.send_link(current_actor(), opened)
    return done(mount.url(opened, "filing"),
                _("The link is on its way to the focal point's registered address."))  # fmt: skip


def link_revocation(mount: Mount, opened: Opened) -> Response:
    """POST /…/<id>/filing/link/revocation: the link no longer holds."""
    mount.verbs.revoke_link(current_actor(), opened)
    return done(mount.url(opened, "filing"), _("The link no longer holds."))
