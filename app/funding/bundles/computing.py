"""How is a proposal computed outside a request, and how far is it?

A job claims the proposal, computes without holding anything, and writes what it found in one
transaction. Its claim ends by itself if it is killed, and the next one begins anew.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import or_

from app import clock
from app.audit import trail
from app.bundling import record
from app.bundling.plan import Plan
from app.bundling.solving import propose
from app.bundling.world import World
from app.db.changing import changed
from app.db.errors import is_passing
from app.db.transactions import transaction
from app.extensions import db
from app.funding.bundles.models import Bundle
from app.jobs.registry import Times, job

WORK = "propose-courses"
CLAIM = timedelta(minutes=10)
"""Longer than the solver may be silent."""
TRIES = 3
EACH = 0.5
"""Seconds between two words about how far it is."""
AT_ONCE = 20
_BUNDLE = Bundle.__table__
log = structlog.get_logger()


@job(WORK)
def compute(bundle_id: str) -> None:
    """Compute a proposal, if it waits for that and nobody else is at it."""
    if not _claim(bundle_id):
        return
    with transaction(writing=False) as session:
        inputs = session.scalar(db.select(_BUNDLE.c.inputs).where(_BUNDLE.c.id == bundle_id))
    try:
        world = record.world_of(inputs["world"])
        plan = propose(world, _Progress(bundle_id))
    except Exception as fault:
        if is_passing(fault):
            raise
        log.error("bundle_failed", bundle=bundle_id, fault=type(fault).__name__)
        _end(bundle_id, "failed")
        return
    _end(
        bundle_id,
        "ready",
        ready_at=clock.now(),
        result=record.written(plan),
        gist=gist(world, plan),
    )


@job("continue-course-proposals", times=Times(minute="*/5"))
def continue_all() -> None:
    """Take up what was lost on the way."""
    with transaction(writing=False) as session:
        waiting = session.scalars(
            db.select(_BUNDLE.c.id).where(_BUNDLE.c.state == "running", _free())
            .order_by(_BUNDLE.c.made_at, _BUNDLE.c.id).limit(AT_ONCE)
        ).all()  # fmt: skip
    for bundle_id in waiting:
        compute(bundle_id)


def gist(world: World, plan: Plan) -> dict[str, Any]:
    """The figures of a proposal, for its lead and for lists."""
    served = {need for course in plan.courses for need, _ in course.seats}
    needs = {need.key: need for group in world.groups for need in group.needs}
    return {
        "courses": len(plan.courses), "needs": len(served),
        "countries": len({needs[key].country for key in served}),
        "places": sum(course.places for course in plan.courses),
        "asked": sum(need.seats for need in needs.values()), "gap": plan.gap, "money": plan.money,
    }  # fmt: skip


class _Progress:
    """Says how far a proposal is, now and then."""

    def __init__(self, bundle_id: str) -> None:
        self.bundle_id, self.said = bundle_id, time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.said < EACH:
            return
        self.said = time.monotonic()
        with transaction(writing=True) as session:
            session.execute(
                db.update(_BUNDLE).where(_BUNDLE.c.id == self.bundle_id)
                .values(done=done, total=total, claimed_at=clock.real_now())
            )  # fmt: skip


def _free() -> Any:
    ended = clock.real_now() - CLAIM
    return or_(_BUNDLE.c.claimed_at.is_(None), _BUNDLE.c.claimed_at < ended)


def _claim(bundle_id: str) -> bool:
    """Whether this job has the proposal now. One that was lost again and again is given up."""
    claim = (
        db.update(_BUNDLE)
        .where(_BUNDLE.c.id == bundle_id, _BUNDLE.c.state == "running", _free())
        .values(claimed_at=clock.real_now(), tries=_BUNDLE.c.tries + 1)
    )
    with transaction(writing=True) as session:
        if not changed(session, claim):
            return False
        tries = session.scalar(db.select(_BUNDLE.c.tries).where(_BUNDLE.c.id == bundle_id))
    if (tries or 0) > TRIES:
        _end(bundle_id, "failed")
        return False
    return True


def _end(bundle_id: str, state: str, **values: Any) -> None:
    with transaction(writing=True) as session:
        ended = changed(
            session,
            db.update(_BUNDLE).where(_BUNDLE.c.id == bundle_id, _BUNDLE.c.state == "running")
            .values(state=state, claimed_at=None, revision=_BUNDLE.c.revision + 1, **values),
        )  # fmt: skip
        if ended:
            trail.record(None, f"bundle-{state}", subject=("bundle", bundle_id))
