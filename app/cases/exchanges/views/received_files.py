"""Which page shows the files of what reached one's own unit, and opens one of them?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Response, request, url_for
from werkzeug.exceptions import BadRequest

from app.attachments.sealed.models import SealedFile
from app.cases.exchanges import purposes, queries, reading
from app.cases.exchanges.opened import Received
from app.cases.exchanges.views import opening
from app.cases.exchanges.views.received import blueprint, purpose_options
from app.intake.enclosed import showing
from app.intake.enclosed.taking import chosen, taken
from app.intake.sealed.asking import asked
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("/<addressee_id>/files")
@guarded(Permission.CASE_RECEIVED_OPEN, load=opening.readable, is_recorded=True)
def files(received: Received) -> Response:
    """GET /received/cases/<id>/files: its files, as far as they may be read, and opening one."""
    return _page(received)


@blueprint.post("/<addressee_id>/files/openings")
@guarded(Permission.CASE_RECEIVED_OPEN, load=opening.readable, is_repeatable=True)
def file_openings(received: Received) -> Response:
    """POST /received/cases/<id>/files/openings: take a file away, once, for a purpose, on record."""
    if not {"file", "purpose"} <= request.form.keys():
        raise BadRequest
    actor, addressee_id = current_actor(), received.id
    among = purposes.fitting(received.exchange.purpose)
    asking = asked(actor, among=among)
    received = queries.get_readable(actor, addressee_id)  # as it stands after that
    kept, errors = chosen(_there(actor, received), asking)
    if kept is None:
        return _page(received, errors)
    return taken(actor, kept, subject=("addressee", received.id), purpose=asking.chosen,
                 among=among, detail={"delivery": received.delivery.id})  # fmt: skip


def _there(actor: Actor, received: Received) -> dict[str, SealedFile]:
    try:
        return reading.files(actor, received, reading.read(actor, received))
    except (SealingUnavailable, Unopenable):
        return {}


def _page(received: Received, errors: Mapping[str, str] = MappingProxyType({})) -> Response:
    there = _there(current_actor(), received).values()
    return page(
        "cases/received_files.html", status=422 if errors else 200, received=received, errors=errors,
        files=showing.shown(reading.format_of(received), there), purposes=purpose_options(received),
        opening_url=url_for("received_cases.file_openings", addressee_id=received.id),
        typed=request.form,
    )  # fmt: skip
