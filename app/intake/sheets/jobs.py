"""How are filled workbooks checked and brought in outside a request, so that one may leave and come back?

A job claims an upload, reads the file without holding anything, and writes what it found or made in one
transaction. One that was killed leaves a claim that ends, and the next minute's takes it up again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app import clock
from app.attachments.models import Attachment
from app.audit.commit import committed
from app.calls import queries as calls
from app.calls.models import Call
from app.db.changing import changed
from app.db.errors import Missing
from app.db.scoping import Scope
from app.db.transactions import transaction
from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import published
from app.intake.sheets import actions, queries, reading
from app.intake.sheets.filled import Filled
from app.intake.sheets.layout import Mark
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import SheetMount, mount_of
from app.intake.sheets.planning import Plan, make, titles
from app.intake.sheets.problems import MOST_KEPT, kept
from app.jobs.registry import Times, job
from app.organisations.standing import actor_now
from app.policy.actor import Actor
from app.policy.engine import Forbidden, require
from app.storage import files
from app.storage.refusals import Unwelcome
from app.web.errors import Refusal
from app.web.identity import scope_for

CLAIM = timedelta(minutes=5)
TRIES = 3
KEPT = timedelta(days=30)
"""How long a file that was sent in is kept, with what was found in it."""
EVERY = 100
"""Rows after which progress is written down."""
TITLES = 50
OTHER_FORM = N_("This spreadsheet belongs to another form. Download the right one here.")
OTHER_CALL = N_("The call of this spreadsheet is not open to your delegation now.")
OTHER_VERSION = N_("The form of this call has another version now. Download it again.")
MAY_NOT = N_("Whoever sent this spreadsheet may no longer start drafts for this delegation.")
_UPLOAD = SheetUpload.__table__
Update = dict[str, Any]


@job("work-on-sheet")
def work_on(upload_id: str) -> None:
    """Check an upload, or bring it in, whichever it waits for."""
    upload = _claim(upload_id)
    if upload is None:
        return
    with transaction(writing=False):
        person = upload.decided_by or upload.uploaded_by
        actor = actor_now(person, upload.organisation_id, upload.lang)
    if actor is None:
        _refuse(upload, MAY_NOT)
        return
    mount = mount_of(upload.format_name)
    scope = scope_for(actor, mount.start)
    try:
        if upload.state == "waiting":
            _check(actor, mount, scope, upload)
        else:
            _bring_in(actor, mount, scope, upload)
    except Unwelcome as refusal:
        _refuse(upload, refusal.message, refusal.params)
    except Refusal as refusal:
        _refuse(upload, refusal.message, refusal.params)
    except Forbidden:
        _refuse(upload, MAY_NOT)


@job("continue-sheets", times=Times())
def continue_all() -> None:
    """Take up what was lost on the way: each minute."""
    with transaction(writing=False) as session:
        waiting = session.execute(
            db.select(_UPLOAD.c.id).where(_may_be_claimed()).order_by(_UPLOAD.c.uploaded_at)
        ).scalars().all()  # fmt: skip
    for upload_id in waiting:
        work_on(upload_id)


@job("forget-sheets", times=Times(minute="15", hour="9"))
def forget_old() -> None:
    """Remove files that were sent in long ago, and what was found in them."""
    with transaction(writing=True) as session:
        old = session.execute(
            db.select(SheetUpload).where(
                SheetUpload.uploaded_at < clock.now() - KEPT, SheetUpload.file_id.is_not(None),
                SheetUpload.state.not_in(queries.UNDER_WAY),
            ).limit(500)
        ).scalars().all()  # fmt: skip
        gone = [upload.file_id for upload in old]
        for upload in old:
            upload.file_id = upload.findings = None
        session.flush()
        session.execute(db.delete(Attachment).where(Attachment.id.in_(gone)),
                        execution_options={"synchronize_session": False})  # fmt: skip


def _may_be_claimed() -> Any:
    ended = clock.real_now() - CLAIM
    is_free = _UPLOAD.c.claimed_at.is_(None) | (_UPLOAD.c.claimed_at < ended)
    return _UPLOAD.c.state.in_(queries.UNDER_WAY) & is_free


def _claim(upload_id: str) -> SheetUpload | None:
    """The upload, if nobody else is at it. One that failed again and again is given up."""
    claim = (
        db.update(_UPLOAD)
        .where(_UPLOAD.c.id == upload_id, _may_be_claimed())
        .values(claimed_at=clock.real_now(), tries=_UPLOAD.c.tries + 1)
    )
    with transaction(writing=True) as session:
        if not changed(session, claim):
            return None
        upload = session.get_one(SheetUpload, upload_id)
        if upload.tries > TRIES:
            upload.state = "failed"
            return None
        session.flush()
        session.expunge(upload)
        return upload


def _check(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> None:
    filled = _read(actor, mount, scope, upload)
    with transaction(writing=False, scope=scope):
        require(actor, mount.start)
        _call_of(actor, filled)
        plan = make(actor, filled)
        findings = _findings(upload, filled, plan)
    _write(upload, state="checked", findings=findings)


def _bring_in(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> None:
    """Make what was decided; where things changed since, say so and let people look again."""
    filled = _read(actor, mount, scope, upload)
    findings: Update = {}
    try:
        with committed(scope):
            call = _call_of(actor, filled)
            queries.wait_for_others(actor, call.id)
            plan = make(actor, filled)
            findings = _findings(upload, filled, plan)
            if findings["bad"] > _bad_before(upload) or (findings["bad"] and not upload.leaves_out):
                raise actions.Meanwhile
            if findings["before"]:
                plan.new.clear()
            findings["made"] = actions.write(actor, mount, upload, call, filled.form, plan)
            db.session.execute(
                db.update(_UPLOAD).where(_UPLOAD.c.id == upload.id)
                .values(findings=findings, claimed_at=None)
            )  # fmt: skip
    except actions.Meanwhile:
        _write(upload, state="checked", findings={**findings, "is_again": True})


def _bad_before(upload: SheetUpload) -> int:
    return int((upload.findings or {}).get("bad", 0))


def _read(actor: Actor, mount: SheetMount, scope: Scope, upload: SheetUpload) -> Filled:
    """Read the file; no transaction is open while its rows are read."""

    def form_of(mark: Mark) -> Format:
        if mark.format_name != mount.format_name:
            raise Unwelcome(OTHER_FORM)
        with transaction(writing=False, scope=scope):
            try:
                return published.get(mark.format_name, mark.version)
            except Missing:
                raise Unwelcome(OTHER_FORM) from None

    with files.open_file(upload.sha256) as file:
        return reading.read(file, form_of, actor.locale, _progress(upload))


def _progress(upload: SheetUpload) -> Callable[[int, int], None]:
    def say(done: int, total: int) -> None:
        if done % EVERY == 0:
            with transaction(writing=True) as session:
                session.execute(
                    db.update(_UPLOAD).where(_UPLOAD.c.id == upload.id)
                    .values(done=done, total=total)
                )  # fmt: skip

    return say


def _call_of(actor: Actor, filled: Filled) -> Call:
    """The call the workbook was made for, if it is open. Raises Unwelcome."""
    try:
        call = calls.get_open(actor, filled.mark.call_id)
    except (Missing, Refusal):
        raise Unwelcome(OTHER_CALL) from None
    if (call.format_name, call.format_version) != (filled.form.name, filled.form.version):
        raise Unwelcome(OTHER_VERSION)
    return call


def _findings(upload: SheetUpload, filled: Filled, plan: Plan) -> Update:
    blocking = [each for each in plan.problems if not each.is_remark]
    before = queries.brought_in_before(upload)
    return {
        "new": 0 if before else len(plan.new), "changed": len(plan.changed),
        "same": len(plan.same), "bad": plan.bad_rows + filled.lost_rows,
        "incomplete": plan.incomplete, "call": filled.mark.call_id,
        "problems": [kept(each) for each in plan.problems[:MOST_KEPT]],
        "problem_count": len(blocking), "remark_count": len(plan.problems) - len(blocking),
        "titles": titles(plan, filled.form.title_field, TITLES),
        "before": [before.finished_at.isoformat() if before.finished_at else "", len(plan.new)]
        if before and plan.new else None,
        "version": filled.form.version,
    }  # fmt: skip


def _refuse(upload: SheetUpload, message: str, params: Update | None = None) -> None:
    plain = {key: value if isinstance(value, int | str) else str(value)
             for key, value in (params or {}).items()}  # fmt: skip
    _write(upload, state="refused", findings={"refusal": message, "params": plain})


def _write(upload: SheetUpload, **values: Any) -> None:
    with transaction(writing=True) as session:
        session.execute(
            db.update(_UPLOAD)
            .where(_UPLOAD.c.id == upload.id, _UPLOAD.c.state == upload.state)
            .values(claimed_at=None, **values)
        )
