"""How are filled workbooks checked and brought in outside a request, so that one may leave and come back?

A job claims an upload, reads the file without holding anything, and writes what it found or made in one
transaction. Its claim is renewed as it goes on. One that was killed leaves a claim that ends, and the
next minute's takes it up again; one that fails by itself is not tried again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog

from app import clock
from app.db.changing import changed
from app.db.errors import is_passing
from app.db.transactions import transaction
from app.extensions import db
from app.intake.sheets import actions, queries, working
from app.intake.sheets.models import SheetUpload
from app.intake.sheets.mounting import mount_of
from app.jobs.registry import Times, job
from app.organisations.standing import actor_now
from app.policy.engine import Forbidden
from app.storage.refusals import Unwelcome
from app.web.errors import Refusal
from app.web.identity import scope_for

CLAIM = timedelta(minutes=5)
TRIES = 3
KEPT = timedelta(days=30)
"""How long a file that was sent in is kept, with what was found in it."""
_UPLOAD = SheetUpload.__table__
log = structlog.get_logger()


@job("work-on-sheet")
def work_on(upload_id: str) -> None:
    """Check an upload, or bring it in, whichever it waits for."""
    upload = _claim(upload_id)
    if upload is None:
        return
    try:
        _check_or_bring_in(upload)
    except working.Overtaken:
        log.warning("sheet_overtaken", upload=upload.id)
    except Exception as fault:
        if is_passing(fault):
            raise
        # It would fail the same way again; what was in the file is nobody's business here.
        log.error("sheet_failed", upload=upload.id, fault=type(fault).__name__)
        working.give_up(upload)


def _check_or_bring_in(upload: SheetUpload) -> None:
    with transaction(writing=False):
        person = upload.decided_by or upload.uploaded_by
        actor = actor_now(person, upload.organisation_id, upload.lang)
    if actor is None:
        working.refuse(upload, working.MAY_NOT)
        return
    mount = mount_of(upload.format_name)
    scope = scope_for(actor, mount.start)
    act = working.check if upload.state == "waiting" else working.bring_in
    try:
        act(actor, mount, scope, upload)
    except (Unwelcome, Refusal) as refusal:
        working.refuse(upload, refusal.message, refusal.params)
    except Forbidden:
        working.refuse(upload, working.MAY_NOT)


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
            upload.name = ""
        session.flush()
        actions.remove(gone)


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
