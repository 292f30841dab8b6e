"""How is a course kept where it stands while something is written down of it?

Without that, a nomination could be written after the step that ends them, or beside a change of the seats
that it was held against.
"""

from __future__ import annotations

from app.funding.courses import actions as courses
from app.funding.delivery import queries
from app.funding.delivery.queries import Held
from app.policy.actor import Actor

courses.people(queries.people_of)


def hold(actor: Actor, held: Held, verb: str) -> Held:
    """The course as it stands now, held until the transaction ends. Raises NotNow or Missing."""
    courses.hold(held.course, verb)
    return queries.get(actor, held.id)
