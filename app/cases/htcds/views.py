"""Which pages take a file of HTCDS in, and give communications out in its columns?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app import clock
from app.audit import trail
from app.cases.common_format import queries as format_queries
from app.cases.common_format.format import CASE
from app.cases.exchanges import previewing, queries, reading
from app.cases.exchanges.actions import Beginning, NotBegun
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.opened import OpenedCase, Received
from app.cases.exchanges.views import opening
from app.cases.htcds import beginning
from app.cases.htcds.beginning import KIND, Waiting
from app.cases.htcds.exports import Leaving, htcds_csv, htcds_workbook
from app.cases.htcds.findings import Effect
from app.cases.htcds.importing import Examined, FileKind, examine
from app.cases.htcds.places import EVENTS, PERSONS, SUSPECTS, VICTIMS
from app.cases.htcds.standard import standard
from app.cases.htcds.taking import MOST_ROWS
from app.db.base import new_id
from app.formats.spec import Format
from app.formats.words import N_
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.storage.files import NO_FILE
from app.storage.refusals import Unwelcome
from app.web.downloads import download
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.locale import lang
from app.web.page import done, finish_reading, page
from app.web.transaction import record_now

blueprint = Blueprint("htcds", __name__)
MOST_SHOWN = 400
"""Mismatches that a page shows."""
REALITY = {"real": False, "practice": True}
KINDS = {
    FileKind.DEFINITIONS: N_("These are field definitions. They hold no cases."),
    FileKind.FORM: N_("This is a survey form. It holds no cases."),
    FileKind.CASES: N_("This is a sheet of cases."),
}
EFFECTS = {
    Effect.NOTED: N_("noted"),
    Effect.UNDERSTOOD: N_("read as expected"),
    Effect.LEFT_OUT: N_("left out"),
}
NOT_NOW = N_(
    "What is sealed in it cannot be opened now, so no file can be made of it. Nothing is lost."
)
TABLES = {
    PERSONS: N_("Persons"), VICTIMS: N_("Rows on trafficking"), EVENTS: N_("Legs of the route"),
    SUSPECTS: N_("Suspects"),
}  # fmt: skip


@blueprint.get("/cases/htcds")
@guarded(Permission.CASE_START)
def upload() -> Response:
    """GET /cases/htcds: a file of HTCDS may be sent here."""
    return _page()


@blueprint.post("/cases/htcds")
@guarded(Permission.CASE_START, is_repeatable=True)
def check() -> Response:
    """POST /cases/htcds: what is in the file. Nothing of it is kept."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(mistakes={"file": _(NO_FILE)})
    try:
        examined = examine(file.stream, file.filename, CASE, new_id)  # type: ignore[arg-type]
    except Unwelcome as refused:
        return _page(mistakes={"file": _(refused.message, **refused.params)})
    finally:
        file.close()
    return _page(examined, Waiting.of(examined))


@blueprint.post("/cases/htcds/draft")
@guarded(Permission.CASE_START)
def begin() -> Response:
    """POST /cases/htcds/draft: begin a draft with what was read."""
    actor, waiting = current_actor(), None
    units = queries.own_units(actor)
    chosen = request.form.get("unit", units[0].id if len(units) == 1 else "")
    begins = Beginning(
        unit=next((unit for unit in units if unit.id == chosen), None), kind=request.form.get("kind", ""),
        is_exercise=REALITY.get(request.form.get("reality", "")),
    )  # fmt: skip
    try:
        waiting = beginning.carried_back(actor, request.form["taken"])
        made = beginning.begin(actor, waiting, begins)
    except NotBegun as missing:
        return _page(waiting=waiting, mistakes={at: _(why) for at, why in missing.found.items()})
    except Refusal as refusal:
        return _page(waiting=waiting, mistakes={refusal.field or "kind": refusal.say()})
    return done(url_for("cases.show", case_id=made.id),
                _("The draft is open, with what was read of the file."))  # fmt: skip


@blueprint.get("/cases/<case_id>/htcds.<any(xlsx, csv):ending>")
@guarded(Permission.CASE_READ, load=queries.get, is_recorded=True)
def own(case: OpenedCase, ending: str) -> Response:
    """GET /cases/<id>/htcds.xlsx or .csv: what one's own unit wrote. That it leaves is put on record first."""
    document = _readable(lambda: previewing.document(case))
    return _file(case.format, document, _leaving(case), ending, case.exchange)


@blueprint.get("/received/cases/<addressee_id>/htcds.<any(xlsx, csv):ending>")
@guarded(Permission.CASE_RECEIVE, load=opening.readable, is_recorded=True)
def received(received: Received, ending: str) -> Response:
    """GET /received/cases/<id>/htcds.xlsx or .csv: what reached one's own unit, as it may be read now."""
    document = _readable(lambda: reading.read(current_actor(), received).document)
    return _file(
        reading.format_of(received), document, _leaving(received), ending, received.addressee
    )


def _readable(read: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return read()
    except (SealingUnavailable, Unopenable):
        raise Refusal(NOT_NOW, status=503) from None


def _leaving(held: OpenedCase | Received) -> Leaving:
    return Leaving(held.exchange.reference, held.unit.name(lang()), clock.today())


def _file(
    form: Format,
    document: Mapping[str, Any],
    leaving: Leaving,
    ending: str,
    of: Exchange | Addressee,
) -> Response:
    if request.method == "GET":  # HEAD shows nobody anything
        actor, subject = current_actor(), (of.__tablename__, of.id)
        record_now(lambda: trail.record(actor, "case-left", subject=subject, owner=actor.organisation_id,
                                        detail={"file": f"htcds.{ending}"}))  # fmt: skip
    finish_reading()
    name = f"{leaving.reference} HTCDS.{ending}"
    if ending == "csv":
        return download("".join(htcds_csv(form, document)).encode(), name)
    return download(htcds_workbook(form, document, leaving, lang()), name)


def _page(
    examined: Examined | None = None, waiting: Waiting | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    actor = current_actor()
    units = queries.own_units(actor)
    return page(
        "cases/htcds.html", status=422 if mistakes else 200, examined=examined, waiting=waiting,
        mistakes=mistakes or {}, typed=request.form, units=units, most_rows=MOST_ROWS, most=MOST_SHOWN,
        standard=standard(), kinds=KINDS, effects=EFFECTS, tables=TABLES,
        carried=waiting.carried(actor) if waiting else "",
        unit_options=[(unit.id, unit.name(lang())) for unit in units],
kind_options=[(kind, CASE.code_lists[KIND].label(kind, lang())) for kind in waiting.kinds] if waiting else [],
        format_standing=format_queries.standing(CASE.name, CASE.version),
    )  # fmt: skip
