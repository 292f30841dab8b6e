"""Which needs exist for this actor?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam

from app.calls.models import Call, CallInvitation
from app.calls.queries import submission_closes_at
from app.db.scoping import is_writing
from app.extensions import db
from app.intake.comments.queries import open_count
from app.intake.filing import queries as filings
from app.intake.models import Dossier, Draft
from app.needs.models import Need
from app.needs.opened import OpenedNeed
from app.organisations.models import Organisation
from app.policy.actor import Actor

FILINGS = "needs.filings"
"""Where the Secretariat reads what became of what it filed."""


def visible_to(actor: Actor) -> Any:
    """The condition under which a dossier exists for an actor.

    A delegation has its own; the Secretariat has what was ever certified, and never a draft.
    """
    if actor.is_secretariat:
        return Dossier.is_submitted
    return Dossier.organisation_id == actor.organisation_id


def get(actor: Actor, need_id: str) -> OpenedNeed:
    """A need with its dossier, draft, call and country, in one query. Raises Missing."""
    statement = FOR_SECRETARIAT if actor.is_secretariat else FOR_DELEGATION
    if is_writing():
        # Whoever changes a dossier sees it as the one before left it, and the next one waits.
        statement = LOCKED[statement]
    row = db.session.execute(statement, {"id": need_id, "own": actor.organisation_id}).one_or_none()
    if row is None:
        raise filings.not_there(actor, need_id, FILINGS)
    dossier, draft, organisation, call, invitation, open_comments = row
    return OpenedNeed(
        dossier, draft, organisation, submission_closes_at(call, invitation), open_comments, call,
        invitation.late_reason if invitation else None,
    )  # fmt: skip


def get_to_write(actor: Actor, need_id: str) -> OpenedNeed:
    """A need as `get` gives it, for its pages of writing. Raises Missing.

    For the Secretariat there are only those that it drafts for a country which has not answered yet.
    """
    need = get(actor, need_id)
    if actor.is_secretariat and not need.on_behalf:
        raise filings.not_there(actor, need_id, FILINGS)
    return need


def _opened(*, shared_only: bool) -> Select[Any]:
    whose = Dossier.on_behalf if shared_only else Draft.organisation_id == bindparam("own")
    own_draft = and_(Draft.dossier_id == Dossier.id, Draft.closed_at.is_(None), whose)
    invited = and_(
        CallInvitation.call_id == Need.call_id,
        CallInvitation.organisation_id == Need.organisation_id,
    )
    return (
        db.select(
            Dossier, Draft, Organisation, Call, CallInvitation, open_count(shared_only=shared_only)
        )
        .select_from(Need)
        .join(Dossier, Dossier.id == Need.id)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .join(Call, Call.id == Need.call_id)
        .outerjoin(Draft, own_draft)
        .outerjoin(CallInvitation, invited)
        .where(Need.id == bindparam("id"))
    )


# Every page of a need begins with this: made once, since putting it together takes longer than asking.
FOR_SECRETARIAT = _opened(shared_only=True).where(Dossier.is_submitted | Dossier.on_behalf)
FOR_DELEGATION = _opened(shared_only=False).where(Dossier.organisation_id == bindparam("own"))
LOCKED = {each: each.with_for_update(of=Dossier) for each in (FOR_SECRETARIAT, FOR_DELEGATION)}
