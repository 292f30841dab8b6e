"""How does somebody come to act for an organisation?

Whoever belongs to it already gets a further role at once. Anybody else is sent an invitation, whether
or not they have an account: whom an organisation invites learns nothing about whom others know.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts import actions as accounts
from app.accounts import lifetimes, tokens
from app.accounts import queries as people
from app.accounts.models import Invitation
from app.audit import trail
from app.db.base import new_id
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.organisations.actions import designations
from app.organisations.actions.designations import Note
from app.organisations.actions.roles import (
    OF_A_UNIT,
    give_role,
    is_own_delegation,
    roles_to_give,
)
from app.organisations.models import Membership, Organisation, Unit
from app.organisations.queries import find_open_invitation, is_member
from app.outbox import post
from app.policy.actor import ROLES_OF, Actor, OrganisationKind, Role
from app.policy.engine import Forbidden, allowed
from app.policy.permissions import Permission
from app.web.errors import Refusal

JUST_USED = N_(
    "This address has an account since a moment ago. Open the link of the message again."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom to invite, as what."""

    email: str
    name: str
    role: Role
    lang: str
    unit_id: str | None = None
    note: Note | None = None


def invite(actor: Actor, organisation: Organisation, wanted: Wanted) -> Invitation | Membership:
    """Invite somebody, or give a member a further role at once.

    Raises Forbidden, or Refusal at the field that does not fit.
    """
    _examine(actor, organisation, wanted)
    accepted_by = actor.person_id if allowed(actor, Permission.ORGANISATION_MANAGE) else None
    known = people.find_by_address(wanted.email)
    if known and is_member(known.id, organisation.id):
        return _give_at_once(actor, organisation, known.id, wanted, accepted_by)
    if find_open_invitation(organisation.id, wanted.email, wanted.role):
        raise Refusal(N_("This address is invited to this role already. You can send the message again."),
                      field="email")  # fmt: skip
    return _new_invitation(actor, organisation, wanted, accepted_by)


def _examine(actor: Actor, organisation: Organisation, wanted: Wanted) -> None:
    if wanted.role not in ROLES_OF[OrganisationKind(organisation.kind)]:
        raise Refusal(N_("An organisation of this kind has no such role."), field="role")
    if wanted.role not in roles_to_give(actor, organisation):
        raise Forbidden(Permission.PEOPLE_INVITE)
    if organisation.ended_at is not None:
        raise Refusal(N_("Nobody acts for this organisation any more."))
    if wanted.role in OF_A_UNIT and not _is_unit_of(organisation, wanted.unit_id):
        raise Refusal(N_("Choose the unit in which this person works."), field="unit")
    designations.examine(wanted.note, wanted.role)


def _is_unit_of(organisation: Organisation, unit_id: str | None) -> bool:
    query = db.select(Unit.id).where(
        Unit.id == unit_id, Unit.organisation_id == organisation.id, Unit.ended_at.is_(None)
    )
    return db.session.scalar(query) is not None


def _unit_of(wanted: Wanted) -> str | None:
    return wanted.unit_id if wanted.role in OF_A_UNIT else None


def _give_at_once(
    actor: Actor,
    organisation: Organisation,
    person_id: str,
    wanted: Wanted,
    accepted_by: str | None,
) -> Membership:
    membership = give_role(
        actor, organisation, person_id, wanted.role, unit_id=_unit_of(wanted),
        accepted_by=accepted_by if wanted.note else None,
    )  # fmt: skip
    db.session.flush()
    if wanted.note:
        designations.note_designation(actor, membership, wanted.note)
    post.to_person(person_id, "role-given", membership=membership.id)
    return membership


def _new_invitation(
    actor: Actor, organisation: Organisation, wanted: Wanted, accepted_by: str | None
) -> Invitation:
    invitation_id, note = new_id(), wanted.note
    file = designations.keep_file(actor, note, ("invitation", invitation_id), organisation.id)
    invitation = Invitation(
        id=invitation_id,
        token_hash=tokens.digest(tokens.of_invitation(invitation_id)),
        organisation_id=organisation.id,
        email=wanted.email,
        name=wanted.name,
        role=wanted.role.value,
        unit_id=_unit_of(wanted),
        lang=wanted.lang,
        note_number=note.number if note else None,
        note_date=note.date if note else None,
        note_file=file,
        accepted_by=accepted_by if note else None,
        invited_by=actor.person_id,
        created_at=clock.now(),
        expires_at=clock.real_now() + lifetimes.INVITATION,
    )
    db.session.add(invitation)
    _record(actor, "invited", invitation, role=wanted.role.value)
    post.to_invited(invitation_id, "invitation")
    return invitation


def send_again(actor: Actor, invitation: Invitation) -> None:
    """Send the same link once more, and let it hold as long as a new one."""
    _require_inviting(actor, invitation)
    invitation.expires_at = clock.real_now() + lifetimes.INVITATION
    _record(actor, "invitation-sent-again", invitation)
    post.to_invited(invitation.id, "invitation")


def withdraw(actor: Actor, invitation: Invitation) -> None:
    """The link holds no longer."""
    _require_inviting(actor, invitation)
    invitation.expires_at = clock.real_now()
    _record(actor, "invitation-withdrawn", invitation)


def join(
    invitation: Invitation,
    organisation: Organisation,
    *,
    name: str,
    lang: str,
    zone: str,
    password: str,
) -> str:
    """Accept as somebody new; the person's id. `password` is a hash.

    Raises Refusal when the address got an account meanwhile, Missing when the invitation was used.
    """
    try:
        person = accounts.create_person(
            name=name, email=invitation.email, lang=lang, zone=zone, password=password
        )
    except IntegrityError as twice:
        raise Refusal(JUST_USED, status=409) from twice
    accept(invitation, organisation, person.id)
    return person.id


def accept(invitation: Invitation, organisation: Organisation, person_id: str) -> None:
    """The person who was invited acts for the organisation from now on; the link has had its use.

    Raises Missing when it was used meanwhile.
    """
    unused = update(Invitation).where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
    done = db.session.execute(unused.values(used_at=clock.real_now()))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing
    give_role(
        None, organisation, person_id, Role(invitation.role), unit_id=invitation.unit_id,
        note_number=invitation.note_number, note_date=invitation.note_date,
        note_file=invitation.note_file, accepted_by=invitation.accepted_by,
    )  # fmt: skip
    _record(None, "invitation-accepted", invitation, person=person_id)
    post.to_person(invitation.invited_by, "invitation-accepted", invitation=invitation.id)


def _require_inviting(actor: Actor, invitation: Invitation) -> None:
    if allowed(actor, Permission.PEOPLE_INVITE, invitation):
        return
    if not is_own_delegation(actor, invitation.organisation_id):
        raise Forbidden(Permission.COLLEAGUES_INVITE)


def _record(actor: Actor | None, kind: str, invitation: Invitation, **detail: object) -> None:
    subject = ("invitation", invitation.id)
    trail.record(actor, kind, subject=subject, owner=invitation.organisation_id, detail=detail)
