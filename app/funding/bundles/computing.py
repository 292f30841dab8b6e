"""How is a proposal computed outside a request, and how far is it?

A job claims the proposal, computes without holding anything, and writes what it found in one
transaction. Its claim ends by itself if it is killed, and the next one begins anew.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Update, or_

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
    if (claim := _claim(bundle_id)) is None:
        return
    with transaction(writing=False) as session:
        inputs = session.scalar(db.select(_BUNDLE.c.inputs).where(_BUNDLE.c.id == bundle_id))
    try:
        world = record.world_of(inputs["world"])
        plan = propose(world, claim)
    except Lost:
        return
    except Exception as fault:
        if is_passing(fault):
            raise
        log.error("bundle_failed", bundle=bundle_id, fault=type(fault).__name__)
        claim.end("failed")
        return
    claim.end(
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


class Lost(Exception):
    """Another job has the proposal by now: it was silent for too long."""


class _Claim:
    """That this job has a proposal; says now and then how far it is. The time of its last word is its token."""

    def __init__(self, bundle_id: str, at: datetime) -> None:
        self.bundle_id, self.at, self.said = bundle_id, at, time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.said < EACH:
            return
        self.said, at = time.monotonic(), clock.real_now()
        with transaction(writing=True) as session:
            if not changed(
                session, self._mine().values(done=done, total=total, claimed_at=at)
            ):  # fmt: skip
                raise Lost(self.bundle_id)
        self.at = at

    def end(self, state: str, **values: Any) -> None:
        """Write down what came of it, unless another job has it by now."""
        ending = self._mine().values(
            state=state, claimed_at=None, revision=_BUNDLE.c.revision + 1, **values
        )
        with transaction(writing=True) as session:
            if changed(session, ending):
                trail.record(None, f"bundle-{state}", subject=("bundle", self.bundle_id))

    def _mine(self) -> Update:
        return db.update(_BUNDLE).where(
            _BUNDLE.c.id == self.bundle_id, _BUNDLE.c.state == "running",
            _BUNDLE.c.claimed_at == self.at,
        )  # fmt: skip


def _free() -> Any:
    ended = clock.real_now() - CLAIM
    return or_(_BUNDLE.c.claimed_at.is_(None), _BUNDLE.c.claimed_at < ended)


def _claim(bundle_id: str) -> _Claim | None:
    """The proposal for this job, if it is free. One that was lost again and again is given up."""
    at = clock.real_now()
    claim = (
        db.update(_BUNDLE)
        .where(_BUNDLE.c.id == bundle_id, _BUNDLE.c.state == "running", _free())
        .values(claimed_at=at, tries=_BUNDLE.c.tries + 1)
    )
    with transaction(writing=True) as session:
        if not changed(session, claim):
            return None
        tries = session.scalar(db.select(_BUNDLE.c.tries).where(_BUNDLE.c.id == bundle_id))
    found = _Claim(bundle_id, at)
    if (tries or 0) > TRIES:
        found.end("failed")
        return None
    return found
