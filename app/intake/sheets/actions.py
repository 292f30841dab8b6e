"""What can be done with a filled workbook: take it in, decide on it, make drafts of its rows?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from app import clock
from app.attachments import actions as attachments
from app.attachments.models import Attachment
from app.attachments.queries import DRAFT
from app.audit import trail
from app.calls.models import Call
from app.db.base import new_id
from app.db.changing import changed
from app.documents.xlsx_parts import BROKEN
from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import drafting
from app.intake.history import FILLED
from app.intake.saving_many import Moved, Save, save_many
from app.intake.sealed.at_rest import NOWHERE, event_value
from app.intake.sheets import made, queries
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import SheetMount
from app.intake.sheets.planning import Plan
from app.policy.actor import Actor
from app.policy.engine import require
from app.storage import names
from app.storage.files import NO_FILE, Stored
from app.storage.texts import OTHER_KIND
from app.web.errors import Refusal
from app.workflow.machine import NotNow

MOST_UNDER_WAY = 5
ONLY_XLSX = N_("Send an Excel workbook (.xlsx). Workbooks with macros (.xlsm) are not accepted.")
BUSY = N_(
    "Other spreadsheets of your delegation are being worked on. Wait until they are done, then send "
    "this one."
)
CHOOSE = N_(
    "Some rows have problems. Say that they may be left out, or mend them and send the file again."
)
NOTHING_TO_DO = N_("There is nothing in this spreadsheet to bring in.")
_UPLOAD = SheetUpload.__table__


class Meanwhile(Exception):
    """What was checked is no longer so; nothing was brought in."""


def keep(file: FileStorage | None) -> Stored:
    """Examine and keep the bytes of a workbook, before anything is written. Raises Refusal."""
    if file is None or not file.filename:
        raise Refusal(NO_FILE, field="file")
    if names.ending_of(file.filename) != "xlsx":
        raise Refusal(ONLY_XLSX, field="file")
    try:
        return attachments.receive(file)
    except Refusal as refusal:
        if refusal.message != OTHER_KIND:
            raise
        raise Refusal(BROKEN, field="file") from None  # of all kinds only this one is taken here


def receive(actor: Actor, mount: SheetMount, stored: Stored) -> SheetUpload:
    """Keep a filled workbook, to be checked by a job. Raises Refusal."""
    require(actor, mount.start)
    if queries.under_way(actor, mount.format_name) >= MOST_UNDER_WAY:
        raise Refusal(BUSY, status=409)
    upload_id = new_id()
    file = attachments.attach(actor, DRAFT, upload_id, stored)
    db.session.flush()
    upload = SheetUpload(
        id=upload_id, organisation_id=actor.organisation_id, format_name=mount.format_name,
        file_id=file.id, name=stored.name, sha256=stored.sha256, uploaded_by=actor.person_id,
        uploaded_at=clock.now(), lang=actor.lang, state="waiting",
    )  # fmt: skip
    db.session.add(upload)
    trail.record(actor, "sheet-received", subject=("sheet", upload.id), owner=actor.organisation_id,
                 detail={"sha256": stored.sha256, "size": stored.size})  # fmt: skip
    return upload


def bring_in(actor: Actor, mount: SheetMount, upload: SheetUpload, *, leaves_out: bool) -> bool:
    """Decide that drafts be made; a job makes them. False where that was decided before.

    Raises Refusal while rows with problems are neither mended nor left out on purpose.
    """
    require(actor, mount.start)
    if upload.state in ("importing", "imported"):
        return False
    if upload.state != "checked" or upload.findings is None:
        raise NotNow("sheet", upload.state, "bring-in")
    if upload.findings["bad"] and not leaves_out:
        raise Refusal(CHOOSE, field="leave_out")
    if not upload.findings["new"] + upload.findings["changed"]:
        raise Refusal(NOTHING_TO_DO)
    decided = (
        db.update(_UPLOAD)
        .where(_UPLOAD.c.id == upload.id, _UPLOAD.c.state == "checked")
        .values(state="importing", leaves_out=leaves_out, claimed_at=None, tries=0,
                decided_by=actor.person_id)
    )  # fmt: skip
    if not changed(db.session(), decided):
        return False
    trail.record(actor, "sheet-decided", subject=("sheet", upload.id), owner=upload.organisation_id,
                 detail={"leaves_out": leaves_out})  # fmt: skip
    return True


def discard(actor: Actor, mount: SheetMount, upload: SheetUpload) -> None:
    """Remove a workbook that nobody works on, and what was found in it. A second time does nothing."""
    require(actor, mount.start)
    if upload.state == "discarded":
        return
    gone = (
        db.update(_UPLOAD)
        .where(_UPLOAD.c.id == upload.id, _UPLOAD.c.state.in_(queries.DISCARDABLE))
        .values(state="discarded", file_id=None, name="", findings=None)
    )
    if not changed(db.session(), gone):
        raise NotNow("sheet", upload.state, "discard")
    remove([upload.file_id])
    trail.record(actor, "sheet-discarded", subject=("sheet", upload.id),
                 owner=upload.organisation_id)  # fmt: skip


def remove(file_ids: Sequence[str | None]) -> None:
    """Remove files of workbooks, once no workbook speaks of them."""
    db.session.execute(db.delete(Attachment).where(Attachment.id.in_(file_ids)),
                       execution_options={"synchronize_session": False})  # fmt: skip


def write(
    actor: Actor, mount: SheetMount, upload: SheetUpload, call: Call, form: Format, plan: Plan
) -> list[str]:
    """Make the drafts and changes of a plan, all or nothing; the references of what was touched.

    Raises Meanwhile where somebody brought the same file in before, or saved while this was written.
    As little as can be is done here: on SQLite everybody who writes waits for it.
    """
    finished = (
        db.update(_UPLOAD)
        .where(_UPLOAD.c.id == upload.id, _UPLOAD.c.state == "importing")
        .values(state="imported", finished_at=clock.now())
    )
    if not changed(db.session(), finished):
        raise Meanwhile
    begun = mount.begin(actor, call, plan.given)
    for record, (_dossier, draft) in zip(plan.new, begun, strict=True):
        trail.record(actor, FILLED, subject=("draft", draft.id), owner=draft.organisation_id,
                     detail={"sheet": upload.id},
                     **event_value(draft, FILLED, NOWHERE, record.answers))  # fmt: skip
    if plan.anew:
        made.forget_given_up(actor, call.id)
    made.remember_new(
        (dossier, record) for record, (dossier, _) in zip(plan.new, begun, strict=True)
    )
    references = [dossier.reference for dossier, _draft in begun]
    try:
        save_many(actor, form, [save for _record, known, changes in plan.changed
                                for save in _change(actor, known, changes)])  # fmt: skip
    except (Moved, NotNow):
        raise Meanwhile from None
    for record, known, _changes in plan.changed:
        trail.record(actor, FILLED, subject=("dossier", known.dossier.id),
                     owner=known.dossier.organisation_id,
                     detail={"sheet": upload.id, "draft": known.draft.id})  # fmt: skip
        if record.is_made:
            made.remember_again(known.dossier, record)
        references.append(record.reference)
    trail.record(actor, "sheet-brought-in", subject=("sheet", upload.id),
                 owner=upload.organisation_id,
                 detail={"new": len(plan.new), "changed": len(plan.changed),
                         "left_out": plan.bad_rows})  # fmt: skip
    return references


def _change(actor: Actor, known: Any, changes: Any) -> Iterator[Save]:
    """Take rows away and add new ones; what is left to be saved in them and elsewhere."""
    dossier, draft, found = known.dossier, known.draft, known.found
    for asked, row_id in changes.removed:
        drafting.remove_row(actor, dossier, draft, asked, row_id)
    for (row, key), value in changes.answers:
        yield Save(draft, (row, key), value, found.revision(key, row))
    for asked, row in changes.added:
        row_id = drafting.add_row(actor, dossier, draft, asked)
        for cell in asked.cells:
            if cell.key in row:
                yield Save(draft, (row_id, f"{asked.key}.{cell.key}"), row[cell.key], 0)
