"""How does a regional course begin that gives again one which was held?

It takes over what was taught, by whom, in how many days and at what cost, as a default to edit. It takes
over nothing that somebody said: no seats, dates, host, pledges, nor who paid.
"""

from __future__ import annotations

from app.funding.courses import actions, queries
from app.funding.courses.actions import Cost, Part, Terms
from app.funding.courses.models import Course
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.workflow import tables

VERB = "replicate"
ROLES = ("content", "technical", "fund_seeker")
"""What organisations were to the course before and are asked to be again; who pays or hosts, nobody knows yet."""


def replicate(actor: Actor, original: Course, *, title_es: str, title_en: str) -> Course:
    """A new plan that names what it replicates. Raises Refusal, or NotNow before it was held."""
    require(actor, Permission.COURSE_EDIT)
    tables.COURSE.after(original.state, VERB)
    course = actions.create(
        actor, title_es=title_es, title_en=title_en, as_in_2004=False, replicates_id=original.id,
        is_demonstration=original.is_demonstration,
    )  # fmt: skip
    terms = _terms(original, title_es, title_en)
    actions.edit(actor, course, terms=terms, revision=course.revision)
    actions.set_costs(actor, course, costs=_costs(original), revision=course.revision)
    return course


def _terms(original: Course, title_es: str, title_en: str) -> Terms:
    parts = [
        Part(title_es=part.title_es, title_en=part.title_en, provider_id=part.provider_id,
             provider=part.provider, hours=part.hours)
        for part, _provider in queries.components(original.id)
    ]  # fmt: skip
    roles = [(role.role, one.id) for role, one in queries.roles(original.id) if role.role in ROLES]
    return Terms(
        title_es=title_es, title_en=title_en, lang=original.lang, days=original.days,
        hours_per_day=original.hours_per_day, seats_min=original.seats_min,
        seats_max=original.seats_max, vetting=original.vetting, components=tuple(parts),
        roles=tuple(roles),
    )  # fmt: skip


def _costs(original: Course) -> dict[str, Cost]:
    split = queries.split(original.id)
    return {
        line: Cost(amount=cost.amount, per_participant=cost.per_participant, note=cost.note,
                   payers=tuple(split.get(line, ())))
        for line, cost in queries.costs(original.id).items()
    }  # fmt: skip
