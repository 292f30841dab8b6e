"""Who is told that a rule of their country holds, or holds no longer?"""

from __future__ import annotations

from app.cases.reservations.models import ReservationRule
from app.outbox import post
from app.policy.actor import Role
from app.policy.roles import CASE_OFFICERS

READERS = (*CASE_OFFICERS, Role.LEGAL_ADVISER)
"""Who in a delegation reads its reservations."""


def changed(rule: ReservationRule) -> None:
    """Whoever sends or receives cases for the country hears that its rules changed."""
    post.to_roles(rule.organisation_id, READERS, "reservation-changed", rule=rule.id)
