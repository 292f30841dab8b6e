"""How does a file of a report come about that takes long, and how long is it kept?

A job makes it outside any request. Those of a published edition are made once, as soon as it is
published, and never again. Whoever wants one of figures that move asks for it, one at a time; the next
one takes its place, and after a day it is forgotten.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import func, or_

from app import clock
from app.db.base import new_id
from app.db.changing import changed
from app.db.errors import is_passing
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job
from app.policy.actor import Actor
from app.reports import wanted
from app.reports.counted import FACT, counted
from app.reports.exports import WRITERS, report_file
from app.reports.figures import FULL, MEMBERS, Basis
from app.reports.models import Edition, ReportFile
from app.reports.wanted import Wanted

LARGE = 200
"""Needs up to which a file is made while one waits for it."""
WORK, CONTINUE = "make-report-file", "continue-report-files"
CLAIM = timedelta(minutes=10)
TRIES = 3
AT_ONCE = 20
KEPT = timedelta(days=1)
_FILE = ReportFile.__table__
log = structlog.get_logger()


def needs_in(basis: Basis) -> int:
    """How many needs a report of live figures would list."""
    return db.session.scalar(db.select(func.count()).select_from(FACT).where(counted(basis))) or 0


def promise(edition: Edition) -> None:
    """Have every file of an edition that is being published made, once and for ever."""
    db.session.execute(db.insert(_FILE), [
        _row(Wanted(call_id=edition.call_id, edition_id=edition.id, audience=audience, lang=lang,
                    ending=ending), None)
        for audience in (FULL, MEMBERS) for lang in ("es", "en") for ending in WRITERS
    ])  # fmt: skip


def kept(asked: Wanted) -> ReportFile | None:
    """The file of a published edition that is kept for all its readers."""
    return db.session.scalars(
        db.select(ReportFile).where(
            _FILE.c.edition_id == asked.edition_id, _FILE.c.audience == asked.audience,
            _FILE.c.lang == asked.lang, _FILE.c.ending == asked.ending, _FILE.c.asked_by.is_(None),
        )
    ).one_or_none()  # fmt: skip


def own(actor: Actor) -> ReportFile | None:
    """The last file that the person asked for."""
    return db.session.scalars(
        db.select(ReportFile).where(_FILE.c.asked_by == actor.person_id)
    ).one_or_none()


def ask(actor: Actor, asked: Wanted) -> str | None:
    """Have a file made, in place of the one asked for before; its id. None while that one is made."""
    before = own(actor)
    if before is not None:
        if before.state == "waiting":
            return None
        db.session.delete(before)
        db.session.flush()
    row = _row(asked, actor.person_id)
    db.session.execute(db.insert(_FILE), [row])
    return str(row["id"])


def _row(asked: Wanted, asked_by: str | None) -> dict[str, Any]:
    return {"id": new_id(), "asked_by": asked_by, "asked_at": clock.now(), "state": "waiting",
            "name": "", "tries": 0, **asked._asdict()}  # fmt: skip


@job(WORK)
def make(file_id: str) -> None:
    """Make a file, if it waits for that and nobody else is at it."""
    if not _claim(file_id):
        return
    try:
        with transaction(writing=False) as session:
            row = session.get_one(ReportFile, file_id)
            report, fingerprint = wanted.report_of(Wanted.of(row))
            lang, ending = row.lang, row.ending
        body, name = report_file(
            report, ending, "en" if lang == "en" else "es", fingerprint=fingerprint,
            demonstration=current_app.config["ENLACE"].is_demonstration,
        )  # fmt: skip
    except Exception as fault:
        if is_passing(fault):
            raise
        log.error("report_file_failed", file=file_id, fault=type(fault).__name__)
        _end(file_id, state="failed")
        return
    _end(file_id, state="ready", content=body, name=name, ready_at=clock.now())


@job(CONTINUE, times=Times())
def continue_all() -> None:
    """Make what was promised, and take up what was lost on the way: each minute."""
    with transaction(writing=False) as session:
        waiting = session.scalars(
            db.select(_FILE.c.id).where(_FILE.c.state == "waiting", _free())
            .order_by(_FILE.c.asked_at, _FILE.c.id).limit(AT_ONCE)
        ).all()  # fmt: skip
    for file_id in waiting:
        make(file_id)


@job("forget-report-files", times=Times(minute="35"))
def forget_old() -> None:
    """Remove what somebody asked for and had a day to take."""
    old = _FILE.c.asked_by.is_not(None) & (_FILE.c.asked_at < clock.now() - KEPT)
    with transaction(writing=True) as session:
        session.execute(db.delete(_FILE).where(old))


def _free() -> Any:
    ended = clock.real_now() - CLAIM
    return or_(_FILE.c.claimed_at.is_(None), _FILE.c.claimed_at < ended)


def _claim(file_id: str) -> bool:
    """Whether this job has the file now. One that was lost again and again is given up."""
    claim = (
        db.update(_FILE)
        .where(_FILE.c.id == file_id, _FILE.c.state == "waiting", _free())
        .values(claimed_at=clock.real_now(), tries=_FILE.c.tries + 1)
    )
    with transaction(writing=True) as session:
        if not changed(session, claim):
            return False
        tries = session.scalar(db.select(_FILE.c.tries).where(_FILE.c.id == file_id))
    if (tries or 0) > TRIES:
        _end(file_id, state="failed")
        return False
    return True


def _end(file_id: str, **values: Any) -> None:
    with transaction(writing=True) as session:
        session.execute(
            db.update(_FILE).where(_FILE.c.id == file_id, _FILE.c.state == "waiting")
            .values(claimed_at=None, **values)
        )  # fmt: skip
