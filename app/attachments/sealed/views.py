"""How is a sealed file taken away that was just opened on purpose?"""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.attachments.sealed import keeping, links
from app.db.errors import Missing
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.storage.files import Lost
from app.web.downloads import download
from app.web.guard import current_actor, guarded
from app.web.page import done
from app.web.transaction import record_now

blueprint = Blueprint("sealed_files", __name__, url_prefix="/sealed-files")


@blueprint.get("/<token>")
@guarded(Permission.SEALED_FILE_READ, is_recorded=True)
def show(token: str) -> Response:
    """GET /sealed-files/<token>: once, always as a download, never to be run, kept by no cache."""
    actor = current_actor()
    try:
        kept = links.get(actor, token)
        label, body = keeping.label_of(kept), keeping.body_of(kept)
        if request.method == "GET":  # who only asks about it does not use it up
            record_now(lambda: links.use(actor, token))
    except (Missing, SealingUnavailable, Unopenable, Lost):
        return done(url_for("desk.show"),
                    _("This link works once, for a minute, where it was asked for. Open the file again."),
                    "warn")  # fmt: skip
    response = download(body, label.name, label.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
