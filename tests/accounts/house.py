"""Who is there in the tests of people and organisations, and with which browser do they come?"""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import actions as accounts
from app.accounts import passwords
from app.audit import trail
from app.db.scoping import SYSTEM
from app.db.transactions import transaction
from app.extensions import db
from app.organisations import actions
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind, Role

PASSWORD = "cuatro mangos verdes al amanecer"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class House:
    """Ids by key: people as `hn.focal`, organisations as `hn`."""

    people: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def address(self, key: str) -> str:
        return f"{key}@example.org"


SEATS = (
    ("st.second", "st", Role.OFFICER),
    ("hn.focal", "hn", Role.FOCAL_POINT),
    ("hn.contributor", "hn", Role.CONTRIBUTOR),
    ("sv.focal", "sv", Role.FOCAL_POINT),
    ("us.focal", "us", Role.FOCAL_POINT),
    ("us.focal", "us.sponsor", Role.SPONSOR_PLEDGER),
    ("ar.observer", "ar", Role.OBSERVER),
)
ORGANISATIONS = (
    ("hn", OrganisationKind.DELEGATION, "HN", "Honduras", "Honduras"),
    ("sv", OrganisationKind.DELEGATION, "SV", "El Salvador", "El Salvador"),
    ("us", OrganisationKind.DELEGATION, "US", "Estados Unidos", "United States"),
    ("us.sponsor", OrganisationKind.SPONSOR, "US", "EE. UU., cooperación", "US, cooperation"),
    ("ar", OrganisationKind.OBSERVER, "AR", "Argentina", "Argentina"),
)


def build(app: Flask) -> House:
    """The Secretariat with its coordinator, and everybody in SEATS, all with PASSWORD; committed."""
    house = House()
    with app.app_context():
        stored = passwords.hashed(PASSWORD)
        with transaction(writing=True, scope=SYSTEM) as session:
            _found(house, stored)
            _admit(house)
            for key, of, role in SEATS:
                if key not in house.people:
                    house.people[key] = _person(key, stored)
                organisation = db.session.get_one(Organisation, house.organisations[of])
                actions.give_role(None, organisation, house.people[key], role)
                db.session.flush()
            trail.append_queued(session)
    return house


def _found(house: House, stored: str) -> None:
    founder = actions.found(
        name="Irene Solano", email="st.coordinator@example.org", lang="es",
        name_es="Secretaría Técnica", name_en="Technical Secretariat", zone="America/Panama",
        key="st.coordinator", sends_link=False,
    )  # fmt: skip
    founder.password = stored
    db.session.flush()
    house.people["st.coordinator"] = founder.id
    house.organisations["st"] = db.session.scalars(db.select(Organisation.id)).one()


def _admit(house: House) -> None:
    coordinator = actor(
        house, "st.coordinator", "st", OrganisationKind.SECRETARIAT, Role.COORDINATOR
    )
    for key, kind, country, name_es, name_en in ORGANISATIONS:
        organisation = actions.admit(
            coordinator, kind=kind, country=country, name_es=name_es, name_en=name_en,
            zone="America/Tegucigalpa" if key == "hn" else "America/Panama", key=key,
        )  # fmt: skip
        house.organisations[key] = organisation.id
    honduras = db.session.get_one(Organisation, house.organisations["hn"])
    unit = actions.add_unit(
        coordinator, honduras, kind="prosecution", name_es="Fiscalía", name_en="Prosecution"
    )
    house.units["hn"] = unit.id


def _person(key: str, stored: str) -> str:
    name = key.replace(".", " ").title()
    return accounts.create_person(
        name=name, email=f"{key}@example.org", lang="es", zone="America/Panama", password=stored,
        key=key,
    ).id  # fmt: skip


def actor(house: House, key: str, of: str, kind: OrganisationKind, *roles: Role) -> Actor:
    """A person of the house as whoever acts, without a browser."""
    return Actor(
        person_id=house.people[key], session_id="", name=key, lang="es",
        organisation_id=house.organisations[of], organisation_kind=kind, organisation_name=of,
        country=None, roles=frozenset(roles),
    )  # fmt: skip


class Browser:
    """A browser as far as these tests need one: a cookie, and forms sent from the page they stand on."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.app, self.address = app, address
        self.client = app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **self._environment(more))

    def send(self, page: str, to: str | None = None, **fields: Any) -> TestResponse:
        """Open a page, and send a form of it; fields named `_…` replace its hidden parts."""
        shown = self.get(page)
        assert shown.status_code in (200, 404), (page, shown.status_code)
        return self.post(to or page, self.hidden(shown) | fields)

    def post(self, path: str, fields: dict[str, Any], **more: Any) -> TestResponse:
        return self.client.post(path, data=fields, **self._environment(more))

    def hidden(self, shown: TestResponse) -> dict[str, str]:
        """The unseen parts of the page's forms, with a key of one's own."""
        found = TOKEN.search(shown.text)
        parts = {
            "csrf_token": html.unescape(found[1]) if found else "",
            "_key": secrets.token_hex(12),
        }
        if acting := re.search(r'name="_acting" value="([^"]+)"', shown.text):
            parts["_acting"] = acting[1]
        return parts

    def sign_in(self, key: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        """Sign in on the page, as people do."""
        fields = {"email": f"{key}@example.org", "password": password, **more}
        return self.send("/sign-in", **fields)

    def be(self, house: House, key: str, of: str | None = None) -> Browser:
        """Be signed in, without the page and the time that hashing takes."""
        organisation = house.organisations[of or key.split(".")[0]]
        with self.app.app_context(), transaction(writing=True) as session:
            token = accounts.sign_in(
                house.people[key], organisation, browser="Firefox, Linux", by="test"
            )
            trail.append_queued(session)
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["sign_in"] = token
        return self

    def is_signed_in(self) -> bool:
        return self.get("/me").status_code == 200

    def _environment(self, more: dict[str, Any]) -> dict[str, Any]:
        return {"environ_overrides": {"REMOTE_ADDR": self.address}, **more}
