"""Which invited countries have submitted needs, and what was done to reach the others?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func

from app import clock
from app.accounts.models import Person
from app.calls.later_tables import WITHDRAWN, dossier
from app.calls.models import Call, CallContact, CallInvitation
from app.calls.queries import may_be_late, may_submit
from app.extensions import db
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web.keyset import Page, page_of


@dataclass(frozen=True)
class Answer:
    """How one invited country stands: how many needs it submitted, and when it was last reached."""

    organisation: Organisation
    invitation: CallInvitation
    submitted: int
    reached_at: datetime | None


_submitted = and_(dossier.c.is_submitted, dossier.c.state != WITHDRAWN)
_has_submitted = (
    db.select(dossier.c.id)
    .where(
        dossier.c.call_id == CallInvitation.call_id,
        dossier.c.organisation_id == CallInvitation.organisation_id,
        _submitted,
    )
    .exists()
)
"""Of an invitation: whether its country has submitted a need to its call."""


def list_answers(actor: Actor, call: Call) -> list[Answer]:
    """Every invited country with the number of needs it submitted and did not withdraw, by name.

    For the Secretariat, to whom drafts do not exist and are not counted.
    """
    needs = (
        db.select(dossier.c.organisation_id, func.count().label("submitted"))
        .where(dossier.c.call_id == call.id, _submitted)
        .group_by(dossier.c.organisation_id)
        .subquery()
    )
    contacts = (
        db.select(CallContact.organisation_id, func.max(CallContact.created_at).label("at"))
        .where(CallContact.call_id == call.id)
        .group_by(CallContact.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        db.select(Organisation, CallInvitation, func.coalesce(needs.c.submitted, 0), contacts.c.at)
        .join(CallInvitation, CallInvitation.organisation_id == Organisation.id)
        .outerjoin(needs, needs.c.organisation_id == Organisation.id)
        .outerjoin(contacts, contacts.c.organisation_id == Organisation.id)
        .where(CallInvitation.call_id == call.id)
    )
    answers = [Answer(*row) for row in rows]
    return sorted(answers, key=lambda each: each.organisation.name(actor.lang).casefold())


def with_late_permission(call: Call, answers: list[Answer]) -> list[Answer]:
    """Of these countries, those that have late permission which is not over."""
    return [each for each in answers if may_be_late(call, each.invitation, clock.now())]


def totals(actor: Actor, call_ids: list[str]) -> dict[str, tuple[int, int]]:
    """Call -> how many of its invited countries have submitted needs, and how many are invited."""
    rows = db.session.execute(
        db.select(
            CallInvitation.call_id, func.sum(case((_has_submitted, 1), else_=0)), func.count()
        )
        .where(CallInvitation.call_id.in_(call_ids))
        .group_by(CallInvitation.call_id)
    )
    return {call_id: (int(with_needs), invited) for call_id, with_needs, invited in rows}


def without_submission(call: Call) -> list[str]:
    """The ids of the invited delegations that have submitted nothing yet."""
    found = db.session.execute(
        db.select(CallInvitation.organisation_id)
        .where(CallInvitation.call_id == call.id, ~_has_submitted)
        .order_by(CallInvitation.organisation_id)
    )
    return list(found.scalars())


def to_answer(call: Call, at: datetime) -> list[CallInvitation]:
    """The invitations of the delegations that may submit at an instant and have submitted nothing."""
    found = db.session.execute(
        db.select(CallInvitation)
        .where(CallInvitation.call_id == call.id, ~_has_submitted)
        .order_by(CallInvitation.organisation_id)
    ).scalars()
    return [invitation for invitation in found if may_submit(call, invitation, at)]


def to_confirm(call: Call, organisation_id: str) -> list[str]:
    """The references of what was drafted for a delegation in a call and waits for its word."""
    found = db.session.execute(
        db.select(dossier.c.reference)
        .where(dossier.c.call_id == call.id, dossier.c.organisation_id == organisation_id,
               dossier.c.on_behalf)
        .order_by(dossier.c.reference)
    )  # fmt: skip
    return list(found.scalars())


def reached_since(call: Call, channel: str, since: datetime) -> set[str]:
    """The ids of the delegations that were reached in this way since an instant."""
    found = db.session.execute(
        db.select(CallContact.organisation_id).where(
            CallContact.call_id == call.id,
            CallContact.channel == channel,
            CallContact.created_at > since,
        )
    )
    return set(found.scalars())


def list_contacts(actor: Actor, call: Call, mark: str = "") -> Page:
    """What was done to reach countries about a call, newest first, a page at a time.

    Each row is the entry, the country's organisation and the name of who did it, None for the clock.
    """
    query = (
        db.select(CallContact, Organisation, Person.name.label("by"))
        .join(Organisation, Organisation.id == CallContact.organisation_id)
        .outerjoin(Person, Person.id == CallContact.by)
        .where(CallContact.call_id == call.id)
    )
    return page_of(query, CallContact.created_at, CallContact.id, mark)
