"""How is it written down that a country gave a course again by its own means?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.funding.delivery.holding import hold
from app.funding.delivery.models import CourseReplication
from app.funding.delivery.queries import Held
from app.funding.offers.queries import today
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal

VERB = "replicate"
BEFORE = N_("A course is given again after it was held first.")
WHICH = N_("Choose the country.")
TO_COME = N_("Write a day that has come.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A replication as it was written."""

    organisation_id: str
    held_on: date
    institution: str
    participants: int | None = None
    note: str = ""


def add(actor: Actor, held: Held, terms: Terms) -> None:
    """Write it down: the Secretariat for any country, a delegation for its own. Raises Refusal."""
    require(actor, Permission.REPLICATE, held)
    held = hold(actor, held, VERB)
    if held.course.ends_on and terms.held_on < held.course.ends_on:
        raise Refusal(BEFORE, field="held_on")
    if terms.held_on > today():
        raise Refusal(TO_COME, field="held_on")
    db.session.add(CourseReplication(
        id=new_id(), course_id=held.id, recorded_by=actor.person_id, recorded_at=clock.now(),
        **vars(terms)))  # fmt: skip
    trail.record(actor, "replication-recorded", subject=("course", held.id),
                 owner=terms.organisation_id)  # fmt: skip
