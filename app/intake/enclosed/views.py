"""Which pages add, remove and open the files of a record?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request
from werkzeug.exceptions import BadRequest

from app.attachments.sealed import keeping
from app.attachments.sealed.models import SealedFile
from app.db.errors import Missing
from app.intake.answers import document_of, written
from app.intake.enclosed import actions, places, showing
from app.intake.enclosed.places import Spot, holder_of, ids_at
from app.intake.enclosed.taking import NOTHING, chosen, taken
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.intake.pages import address
from app.intake.sealed.asking import asked, may_open, purpose_options
from app.intake.sealed.showing import sealing_of_record
from app.intake.views import record_name
from app.storage.examining import Examined, examined
from app.storage.kinds import KINDS, SHOWN
from app.storage.refusals import Unwelcome
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.identity import begin_writing
from app.web.page import done, page
from app.web.sentences import gettext as _

STRICTEST = ("secret", "RED")
"""How a file is classed and marked unless its sender says otherwise: nobody gets it by mistake."""


def files(mount: Mount, opened: Opened) -> Response:
    """GET /…/<id>/files: every file of the record, and opening one on purpose."""
    return _all(mount, opened)


def file_openings(mount: Mount, opened: Opened) -> Response:
    """POST /…/<id>/files/openings: let whoever asks take one file away, once and on record."""
    if not {"file", "purpose"} <= request.form.keys():
        raise BadRequest
    actor, record_id = current_actor(), opened.id
    if opened.organisation_id != actor.organisation_id:
        raise Missing(record_id)
    asking = asked(actor)
    opened = mount.load(actor, **{mount.id_name: record_id})  # as it stands after that
    kept, errors = chosen(_living(opened), asking)
    if kept is None:
        return _all(mount, opened, errors)
    return taken(actor, kept, subject=("dossier", record_id), purpose=asking.chosen)


def _living(opened: Opened) -> dict[str, SealedFile]:
    files = keeping.files_of(holder_of(opened))
    return {key: each for key, each in files.items() if each.removed_at is None}


def _all(mount: Mount, opened: Opened, errors: Mapping[str, str] = NOTHING) -> Response:
    sealing = sealing_of_record(opened.dossier, opened.format)
    living = _living(opened) if sealing is None or not sealing.erased_at else {}
    may = may_open(mount, opened) and sealing is not None and sealing.is_writable
    return page(
        "intake/files.html", mount=mount, opened=opened, sealing=sealing, errors=errors,
        files=showing.shown(opened.format, living.values()), may_open=may, typed=request.form,
        purposes=purpose_options(), opening_url=mount.url(opened, "file_openings"),
        status=422 if errors else 200,
    )  # fmt: skip


def files_at(mount: Mount, opened: Opened, place: str) -> Response:
    """GET, POST /…/<id>/files/<place>: the files of one question of the draft, and adding one."""
    spot = places.spot(opened, place, written(opened.open_draft))
    if not is_submitted():
        return _at(mount, opened, spot)
    if not {"klass", "mark"} <= request.form.keys() or "file" not in request.files:
        raise BadRequest
    try:
        actions.refuse_unmarked(spot, request.form["klass"], request.form["mark"])
        file = _examined()
        begin_writing()
        actor, ids = current_actor(), {mount.id_name: opened.id}
        opened = mount.load_to_write(actor, **ids)
        spot = places.spot(opened, place, written(opened.open_draft))
        actions.add(
            actor, opened, spot, file, klass=request.form["klass"], mark=request.form["mark"]
        )
    except Refusal as refusal:
        return _at(mount, opened, spot, {refusal.field or "file": refusal.say()},
                   status=refusal.status)  # fmt: skip
    return done(mount.url(opened, "files_at", place=place), _("The file was sealed and added."))


def _examined() -> Examined:
    upload = request.files["file"]
    try:
        return examined(upload.stream, name=upload.filename or "")  # type: ignore[arg-type]
    except Unwelcome as refusal:
        raise Refusal(refusal.message, field="file", **refusal.params) from refusal


def _at(
    mount: Mount,
    opened: Opened,
    spot: Spot,
    errors: Mapping[str, str] = NOTHING,
    *,
    status: int = 200,
) -> Response:
    found = written(opened.open_draft)
    sealing = sealing_of_record(opened.dossier, opened.format)
    is_closed = sealing is not None and not sealing.is_writable
    ids = [] if is_closed else ids_at(opened, found, spot.place)
    there = showing.with_gone(ids, keeping.files_of(holder_of(opened)))
    return page(
        "intake/files_at.html", mount=mount, opened=opened, spot=spot, sealing=sealing, errors=errors,
        files=showing.shown(opened.format, there), status=status, is_closed=is_closed,
        may_add=len(ids) < spot.most and not is_closed, kinds=SHOWN,
        accept=",".join(f".{ending}" for ending in KINDS),
        record_name=record_name(opened, document_of(opened.format, found)),
        title=showing.label_of(opened.format, spot.place[1]), typed=request.form, strictest=STRICTEST,
        class_options=showing.class_options(actions.classes(spot)),
        mark_options=showing.mark_options(opened.format), page_url=address(mount, opened, spot.page),
    )  # fmt: skip


def file_removal(mount: Mount, opened: Opened, place: str, file_id: str) -> Response:
    """GET, POST /…/<id>/files/<place>/<file>/removal: ask once more, and take the file out of the draft."""
    found = written(opened.open_draft)
    spot = places.spot(opened, place, found)
    back = mount.url(opened, "files_at", place=place)
    there = showing.with_gone(
        ids_at(opened, found, spot.place), keeping.files_of(holder_of(opened))
    )
    file = next((each for each in there if each.id == file_id), None)
    if file is None:
        return done(back, _("This file is not in the draft any more."), "warn")
    if is_submitted():
        actions.remove(current_actor(), opened, spot, file_id)
        return done(back, _("The file was removed from the draft."))
    return page(
        "intake/file_removal.html", mount=mount, opened=opened, back_url=back,
        action=mount.url(opened, "file_removal", place=place, file_id=file_id),
        file=showing.shown(opened.format, [file])[0],
    )  # fmt: skip
