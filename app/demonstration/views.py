"""Where is the mail of the demonstration read?"""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.demonstration import queries
from app.outbox.models import DeliveredMail
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import page

blueprint = Blueprint("demonstration", __name__, url_prefix="/demo/mail")


@blueprint.get("")
@guarded(Permission.MAIL_READ)
def mail() -> Response:
    """What was sent lately, to anybody."""
    found = queries.list_mail(current_actor(), request.args.get("after", ""))
    return page("demo/mail.html", block="results", rows=found.records, listed=found,
                is_first="after" not in request.args)  # fmt: skip


@blueprint.get("/<mail_id>")
@guarded(Permission.MAIL_READ, load=queries.get)
def letter(mail: DeliveredMail) -> Response:
    """One mail, as it would have arrived."""
    return page("demo/letter.html", mail=mail)
