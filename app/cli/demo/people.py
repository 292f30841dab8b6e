"""Who works with Enlace in the demonstration, and for whom?

The organisations are the Conference's; every person is invented, has no password, and is marked as of
the demonstration. Their notes of designation are invented as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.extensions import db
from app.organisations import actions, catalogue
from app.organisations.actions import Note
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.roles import CHILD_OFFICERS, units_with

UNITS = (
    ("hn", "prosecution", "Fiscalía Especial, Honduras", "Special Prosecution Office, Honduras"),
    ("hn", "child_protection", "Protección de la niñez, Honduras", "Child Protection, Honduras"),
    ("hn", "border_post", "Puesto fronterizo de Corinto, Honduras",
     "Corinto Border Post, Honduras"),
    ("sv", "prosecution", "Fiscalía, Unidad contra la Trata, El Salvador",
     "Prosecution, Anti-Trafficking Unit, El Salvador"),
    ("sv", "child_protection", "Protección de la niñez, El Salvador", "Child Protection, El Salvador"),
    ("gt", "prosecution", "Fiscalía contra la Trata, Guatemala",
     "Anti-Trafficking Prosecution, Guatemala"),
    ("gt", "child_protection", "Protección de la niñez, Guatemala", "Child Protection, Guatemala"),
)  # fmt: skip
"""(organisation, kind, name in Spanish, name in English); invented for the demonstration."""

COORDINATOR = ("st.coordinator", "Irene Solano")
ENGLISH = frozenset({"bz", "ca", "us", "ca.sponsor", "us.sponsor"})


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A person of the demonstration, in one role."""

    key: str
    name: str
    organisation: str
    role: Role
    unit: str | None = None


def _country(of: str, contributor: str, focal: str) -> tuple[Seat, Seat]:
    return (
        Seat(key=f"{of}.contributor", name=contributor, organisation=of, role=Role.CONTRIBUTOR),
        Seat(key=f"{of}.focal", name=focal, organisation=of, role=Role.FOCAL_POINT),
    )


SEATS = (
    *_country("hn", "Ana Rivas", "Marta Zelaya"),
    Seat(key="hn.colleague", name="Luis Paz", organisation="hn", role=Role.CONTRIBUTOR),
    Seat(key="hn.legal", name="Elena Bonilla", organisation="hn", role=Role.LEGAL_ADVISER),
    Seat(key="hn.prosecutor", name="Óscar Mejía", organisation="hn", role=Role.CASE_OFFICER,
         unit="prosecution"),
    Seat(key="hn.child", name="Sonia Lagos", organisation="hn", role=Role.CHILD_PROTECTION_OFFICER,
         unit="child_protection"),
    Seat(key="hn.border", name="Raúl Pineda", organisation="hn", role=Role.DOCUMENT_OFFICER,
         unit="border_post"),
    *_country("sv", "Carmen Orellana", "Jorge Menjívar"),
    Seat(key="sv.legal", name="Marina Escobar", organisation="sv", role=Role.LEGAL_ADVISER),
    Seat(key="sv.prosecutor", name="Silvia Portillo", organisation="sv", role=Role.CASE_OFFICER,
         unit="prosecution"),
    Seat(key="sv.child", name="Delmy Recinos", organisation="sv", role=Role.CHILD_PROTECTION_OFFICER,
         unit="child_protection"),
    *_country("mx", "Laura Cervantes", "Héctor Salinas"),
    *_country("ca", "Claire Bouchard", "Peter Lawson"),
    *_country("us", "Emily Carter", "Mark Jensen"),
    *_country("gt", "Rosa Ixchel Morales", "Mario Estrada"),
    Seat(key="gt.prosecutor", name="Otto Barrios", organisation="gt", role=Role.CASE_OFFICER,
         unit="prosecution"),
    Seat(key="gt.child", name="Ingrid Tzul", organisation="gt", role=Role.CHILD_PROTECTION_OFFICER,
         unit="child_protection"),
    Seat(key="gt.legal", name="Lucía Cojtí", organisation="gt", role=Role.LEGAL_ADVISER),
    *_country("ni", "Karla Espinoza", "Denis Obando"),
    *_country("cr", "Sofía Quirós", "Andrés Brenes"),
    *_country("pa", "Yadira Batista", "Rubén Arosemena"),
    *_country("bz", "Lisa Castillo", "Mark Usher"),
    *_country("do", "Altagracia Peña", "Ramón Taveras"),
    Seat(key="st.officer", name="Diego Araya", organisation="st", role=Role.OFFICER),
    Seat(key="ca.pledger", name="Anne Tremblay", organisation="ca.sponsor", role=Role.SPONSOR_PLEDGER),
    Seat(key="us.reader", name="David Miller", organisation="us.sponsor", role=Role.SPONSOR_READER),
    Seat(key="us.focal", name="Mark Jensen", organisation="us.sponsor", role=Role.SPONSOR_PLEDGER),
    Seat(key="mx.pledger", name="Patricia Luna", organisation="mx.sponsor", role=Role.SPONSOR_PLEDGER),
    Seat(key="iom.pledger", name="Fabián Rojas", organisation="iom", role=Role.SPONSOR_PLEDGER),
    Seat(key="unhcr.pledger", name="Beatriz Ugarte", organisation="unhcr", role=Role.SPONSOR_PLEDGER),
    Seat(key="ar.observer", name="Julieta Ferrari", organisation="ar", role=Role.OBSERVER),
    Seat(key="ppt.reader", name="Ernesto Vallarino", organisation="ppt", role=Role.MEMBER_READER),
    Seat(key="operator", name="Nadia Cubero", organisation="operator", role=Role.OPERATOR),
)  # fmt: skip
"""One person may have several seats: us.focal works for the delegation and for the sponsor's side."""


def seed_people() -> dict[str, str]:
    """Found the Secretariat, admit everybody, and seat the people: key -> id of the person.

    Run within a writing transaction of the caller's that reaches every organisation. Raises Refusal
    where there is a Secretariat already.
    """
    st = catalogue.SECRETARIAT
    founder = actions.found(
        name=_marked(COORDINATOR[1], "es"), email=_address(COORDINATOR[0]), lang="es",
        name_es=st.name_es, name_en=st.name_en, zone=st.zone, key=COORDINATOR[0], sends_link=False,
    )  # fmt: skip
    db.session.flush()
    coordinator = first_seat_of(COORDINATOR[0])
    organisations = dict(_admitted(coordinator))
    organisations["st"] = db.session.get_one(Organisation, coordinator.organisation_id)
    units = {
        (key, kind): actions.add_unit(
            coordinator, organisations[key], kind=kind, name_es=name_es, name_en=name_en
        ).id
        for key, kind, name_es, name_en in UNITS
    }
    db.session.flush()
    people: dict[str, str] = {COORDINATOR[0]: founder.id}
    for seat in SEATS:
        _seat(coordinator, seat, organisations[seat.organisation], units, people)
    db.session.flush()
    return people


def first_seat_of(key: str, organisation: str | None = None) -> Actor:
    """A person of the demonstration as whoever acts: for the organisation they joined first, or the
    one of this key. Raises LookupError for an unknown one."""
    query = (
        db.select(Person, Organisation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.key == key, Membership.ended_at.is_(None))
        .order_by(Membership.created_at, Organisation.kind)
    )
    if organisation is not None:
        query = query.where(Organisation.key == organisation)
    found = db.session.execute(query.limit(1)).one_or_none()
    if found is None:
        raise LookupError(key)
    person, acting = found
    held = db.session.execute(
        db.select(Membership.role, Membership.unit_id).where(
            Membership.person_id == person.id, Membership.organisation_id == acting.id,
            Membership.ended_at.is_(None),
        )
    ).all()  # fmt: skip
    return Actor(
        person_id=person.id,
        session_id="",
        name=person.name,
        lang=person.lang,
        organisation_id=acting.id,
        organisation_kind=OrganisationKind(acting.kind),
        organisation_name=acting.name(person.lang),
        country=acting.country,
        roles=frozenset(Role(row.role) for row in held),
        unit_ids=frozenset(row.unit_id for row in held if row.unit_id),
        case_unit_ids=units_with((row.role, row.unit_id) for row in held),
        child_unit_ids=units_with(((row.role, row.unit_id) for row in held), CHILD_OFFICERS),
    )


def _admitted(coordinator: Actor) -> Iterator[tuple[str, Organisation]]:
    for entry in catalogue.ALL:
        yield entry.key, actions.admit(
            coordinator, kind=entry.kind, country=entry.country, name_es=entry.name_es,
            name_en=entry.name_en, zone=entry.zone, key=entry.key,
        )  # fmt: skip


def _seat(
    coordinator: Actor, seat: Seat, organisation: Organisation, units: dict[tuple[str, str], str],
    people: dict[str, str],
) -> None:  # fmt: skip
    if seat.key not in people:
        lang = "en" if seat.organisation in ENGLISH else "es"
        people[seat.key] = accounts.create_person(
            name=_marked(seat.name, lang), email=_address(seat.key), lang=lang,
            zone=organisation.zone, password=None, key=seat.key,
        ).id  # fmt: skip
    unit_id = units[seat.organisation, seat.unit] if seat.unit else None
    membership = actions.give_role(
        coordinator, organisation, people[seat.key], seat.role, unit_id=unit_id
    )
    db.session.flush()
    if seat.role is Role.FOCAL_POINT:
        number = f"DEMO-{seat.organisation.upper()}-2004-01"
        actions.note_designation(
            coordinator, membership, Note(number=number, date=date(2004, 4, 1))
        )


def _marked(name: str, lang: str) -> str:
    return f"{name} ({'demonstration' if lang == 'en' else 'demostración'})"


def _address(key: str) -> str:
    return f"{key}@example.org"
