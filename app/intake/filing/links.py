"""For whom is the link by which a country confirms what was filed, and does it still hold?

A link is made of the server's key when its mail is written; what is stored is a hash. It serves one
person for one record, once, while that person still may certify for the country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case

from app import clock
from app.accounts import lifetimes, tokens
from app.accounts.models import Person
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.intake.filing.models import FilingLink
from app.intake.models import Dossier
from app.organisations.bearers import with_bearer
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.roles import CERTIFIERS
from app.web.errors import Refusal

NOBODY = N_("This country has no focal point now to whom a link could be sent.")
_LINK = FilingLink.__table__
_UNANSWERED = _LINK.c.used_at.is_(None) & _LINK.c.revoked_at.is_(None)
_USE = db.update(_LINK).where(_LINK.c.id == db.bindparam("of"), _UNANSWERED)
_REVOKE = db.update(_LINK).where(_LINK.c.dossier_id == db.bindparam("of"), _UNANSWERED)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whoever a link was sent to, as that person stands now, and for which record."""

    link_id: str
    dossier_id: str
    zone: str
    """By whose clocks they read hours."""
    actor: Actor


def send(actor: Actor, dossier: Dossier) -> FilingLink:
    """A new link for the country's focal point; the one before no longer holds. Raises Refusal."""
    person_id = _certifier(dossier.organisation_id)
    if person_id is None:
        raise Refusal(NOBODY, status=409)
    _revoke(dossier)
    link_id = new_id()
    link = FilingLink(
        id=link_id, organisation_id=dossier.organisation_id, dossier_id=dossier.id,
        person_id=person_id, token_hash=tokens.digest(tokens.of_confirmation(link_id)),
        asked_by=actor.person_id, asked_at=clock.now(),
        expires_at=clock.real_now() + lifetimes.CONFIRMATION,
    )  # fmt: skip
    db.session.add(link)
    _record(actor, "filing-link-sent", dossier.id, dossier.organisation_id, link=link_id)
    return link


def revoke(actor: Actor, dossier: Dossier) -> None:
    """The link holds no longer; without one nothing is done."""
    if _revoke(dossier):
        _record(actor, "filing-link-revoked", dossier.id, dossier.organisation_id)


def _revoke(dossier: Dossier) -> int:
    statement = _REVOKE.values(revoked_at=clock.real_now())
    return changed(db.session(), statement, {"of": dossier.id})


def use(holder: Holder) -> None:
    """The link has had its use. Raises Missing when it was used or revoked meanwhile."""
    if not changed(db.session(), _USE.values(used_at=clock.real_now()), {"of": holder.link_id}):
        raise Missing("link")
    actor = holder.actor
    _record(
        actor, "filing-link-used", holder.dossier_id, actor.organisation_id, link=holder.link_id
    )


def open_link(dossier: Dossier) -> Any:
    """The link that still holds: to whom (`name`), `asked_at`, `expires_at`; None where there is none.

    `expires_at` is in the product's time, as everything that a page says.
    """
    found = db.session.execute(
        db.select(Person.name, FilingLink.asked_at, FilingLink.expires_at)
        .join(Person, Person.id == FilingLink.person_id)
        .where(FilingLink.dossier_id == dossier.id, _holds())
    ).one_or_none()
    if found is None:
        return None
    ahead = clock.now() - clock.real_now()
    return {"name": found.name, "asked_at": found.asked_at, "expires_at": found.expires_at + ahead}


def holder(token: str, *, was_used: bool = False) -> Holder:
    """Whose link this is, if it holds and the person still may certify. Raises Missing.

    `was_used` asks instead for one that had its use.
    """
    standing = FilingLink.used_at.is_not(None) if was_used else _holds()
    whose = db.select(
        FilingLink.id.label("link_id"), FilingLink.dossier_id, Person.id, Person.name, Person.lang,
        Person.zone, Organisation.id.label("organisation_id"), Organisation.kind, Organisation.country,
        Organisation.name_es, Organisation.name_en, Membership.role,
    )  # fmt: skip
    rows = db.session.execute(
        with_bearer(whose, FilingLink, CERTIFIERS)
        .where(FilingLink.token_hash == tokens.digest(token), standing)
    ).all()  # fmt: skip
    if not rows:
        raise Missing("link")
    return Holder(
        link_id=rows[0].link_id,
        dossier_id=rows[0].dossier_id,
        zone=rows[0].zone,
        actor=_actor(rows),
    )


def _holds() -> ColumnElement[bool]:
    return and_(FilingLink.used_at.is_(None), FilingLink.revoked_at.is_(None),
                FilingLink.expires_at > clock.real_now())  # fmt: skip


def _actor(rows: Sequence[Row[Any]]) -> Actor:
    """The person for this one record: certifying, and nothing that their other roles allow."""
    first = rows[0]
    return Actor(
        person_id=first.id, session_id="", name=first.name, lang=first.lang,
        organisation_id=first.organisation_id, organisation_kind=OrganisationKind(first.kind),
        organisation_name=first.name_en if first.lang == "en" else first.name_es,
        country=first.country, roles=frozenset(Role(row.role) for row in rows),
    )  # fmt: skip


def _certifier(organisation_id: str) -> str | None:
    """The country's focal point, else an alternate: of several the one who is it longest."""
    rank = case((Membership.role == Role.FOCAL_POINT, 0), else_=1)
    return db.session.scalar(
        db.select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(CERTIFIERS),
               Membership.ended_at.is_(None), Person.active)
        .order_by(rank, Membership.created_at, Membership.id)
        .limit(1)
    )  # fmt: skip


def _record(actor: Actor, kind: str, dossier_id: str, owner: str, **detail: str) -> None:
    trail.record(actor, kind, subject=("dossier", dossier_id), owner=owner, detail=detail)
