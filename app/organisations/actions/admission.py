"""How does an organisation come to the Conference's desk, change, and leave it?"""

from __future__ import annotations

import re
import unicodedata

from app import clock
from app.accounts import actions as accounts
from app.accounts.models import Person
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.actions.roles import give_role
from app.organisations.models import Organisation, Unit
from app.organisations.words import UNITS
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal

ONE_EACH = {OrganisationKind.SECRETARIAT: N_("There is one Technical Secretariat, and it is here already."),
            OrganisationKind.PRESIDENCY: N_("There is one Pro Tempore Presidency, and it is here already."),
            OrganisationKind.DELEGATION: N_("This country has a delegation already.")}  # fmt: skip
"""Kinds of which there is one: for a delegation, one of each country."""


def found(
    *, name: str, email: str, lang: str, name_es: str, name_en: str, zone: str,
    key: str | None = None, sends_link: bool = True,
) -> Person:  # fmt: skip
    """The Secretariat and its first coordinator, who gets a link to choose a password.

    Done once, by whoever runs the server. `key` names the person in the demonstration, where nobody
    has a password. Raises Refusal when there is a Secretariat.
    """
    organisation = _new(
        kind=OrganisationKind.SECRETARIAT, country=None, name_es=name_es, name_en=name_en,
        zone=zone, key="st",
    )  # fmt: skip
    person = accounts.create_person(
        name=name, email=email, lang=lang, zone=zone, password=None, key=key
    )
    give_role(None, organisation, person.id, Role.COORDINATOR)
    trail.record(
        None, "organisation-founded", subject=_subject(organisation), owner=organisation.id
    )
    if sends_link:
        post.to_person(person.id, "password-reset")
    return person


def admit(
    actor: Actor, *, kind: OrganisationKind, country: str | None, name_es: str, name_en: str,
    zone: str, key: str | None = None,
) -> Organisation:  # fmt: skip
    """Admit an organisation. Raises Refusal where there may be one only, and there is."""
    require(actor, Permission.ORGANISATION_MANAGE)
    organisation = _new(
        kind=kind, country=country, name_es=name_es, name_en=name_en, zone=zone, key=key
    )
    trail.record(
        actor, "organisation-admitted", subject=_subject(organisation), owner=organisation.id,
        detail={"kind": kind.value, "country": country},
    )  # fmt: skip
    return organisation


def rename(
    actor: Actor, organisation: Organisation, *, name_es: str, name_en: str, zone: str
) -> None:
    """Change the names and the time zone; kind and country never change."""
    require(actor, Permission.ORGANISATION_MANAGE, organisation)
    organisation.name_es, organisation.name_en, organisation.zone = name_es, name_en, zone
    trail.record(
        actor, "organisation-renamed", subject=_subject(organisation), owner=organisation.id
    )


def end(actor: Actor, organisation: Organisation) -> None:
    """Nobody acts for the organisation from now on; what it did stays. Raises Refusal for one's own."""
    require(actor, Permission.ORGANISATION_MANAGE, organisation)
    if organisation.kind == OrganisationKind.SECRETARIAT:
        raise Refusal(N_("The Technical Secretariat cannot be ended."))
    organisation.ended_at = clock.now()
    trail.record(actor, "organisation-ended", subject=_subject(organisation), owner=organisation.id)


def readmit(actor: Actor, organisation: Organisation) -> None:
    """Its people may act for the organisation again."""
    require(actor, Permission.ORGANISATION_MANAGE, organisation)
    organisation.ended_at = None
    trail.record(
        actor, "organisation-readmitted", subject=_subject(organisation), owner=organisation.id
    )


def add_unit(
    actor: Actor, organisation: Organisation, *, kind: str, name_es: str, name_en: str
) -> Unit:
    """Name a unit of an organisation. Raises Refusal for an unknown kind."""
    require(actor, Permission.ORGANISATION_MANAGE, organisation)
    if kind not in UNITS:
        raise Refusal(N_("Choose one of the list."), field="kind")
    unit = Unit(
        id=new_id(), organisation_id=organisation.id, kind=kind, name_es=name_es, name_en=name_en,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(unit)
    trail.record(actor, "unit-added", subject=("unit", unit.id), owner=organisation.id)
    return unit


def end_unit(actor: Actor, unit: Unit) -> None:
    """The unit is no longer; what was addressed to it stays."""
    require(actor, Permission.ORGANISATION_MANAGE, unit)
    unit.ended_at = clock.now()
    trail.record(actor, "unit-ended", subject=("unit", unit.id), owner=unit.organisation_id)


def _new(
    *, kind: OrganisationKind, country: str | None, name_es: str, name_en: str, zone: str,
    key: str | None,
) -> Organisation:  # fmt: skip
    _refuse_second(kind, country)
    organisation = Organisation(
        id=new_id(), key=key or _key(country, name_en), kind=kind.value, country=country,
        name_es=name_es, name_en=name_en, zone=zone, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(organisation)
    db.session.flush()
    return organisation


def _refuse_second(kind: OrganisationKind, country: str | None) -> None:
    if kind is OrganisationKind.DELEGATION and not country:
        raise Refusal(N_("A delegation is of a country."), field="country")
    if kind not in ONE_EACH:
        return
    same = db.select(Organisation.id).where(
        Organisation.kind == kind.value, Organisation.country.is_not_distinct_from(country)
    )
    if db.session.scalar(same.limit(1)) is not None:
        field = "country" if kind is OrganisationKind.DELEGATION else "kind"
        raise Refusal(ONE_EACH[kind], field=field)


def _key(country: str | None, name: str) -> str:
    """A short mark of an organisation, unique whatever it is called."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24]
    return "-".join(filter(None, ((country or "").casefold(), words, new_id()[:6])))


def _subject(organisation: Organisation) -> tuple[str, str]:
    return ("organisation", organisation.id)
