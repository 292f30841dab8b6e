"""Who can one be in the demonstration, and only there?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, create_app
from app.accounts.models import Person
from app.audit import trail
from app.audit.verify import verify
from app.cli.demo.people import SEATS, first_seat_of, seed_people
from app.db.transactions import transaction
from app.extensions import db
from app.formats.countries import MEMBERS
from app.organisations import catalogue
from app.organisations.models import Membership, Organisation
from app.policy.actor import ROLES_OF, OrganisationKind, Role
from app.web.errors import Refusal
from tests.accounts.house import Browser, House
from tests.support.good_html import assert_good_html
from tests.support.world import let_go, settings

KEYS = [
    "hn.contributor",
    "hn.colleague",
    "hn.focal",
    "sv.focal",
    "mx.focal",
    "ca.focal",
    "st.officer",
    "st.coordinator",
    "ca.pledger",
    "us.reader",
    "iom.pledger",
    "ar.observer",
    "ppt.reader",
    "hn.legal",
    "hn.prosecutor",
    "sv.prosecutor",
    "hn.child",
    "hn.border",
    "operator",
]


@pytest.fixture
def demonstration(app: Flask, database, tmp_path) -> Iterator[Flask]:
    """The application as a demonstration, with its people."""
    made = create_app(settings(database.url, tmp_path, environment="demonstration"))
    with (
        made.app_context(),
        clock.stopped_at(datetime(2004, 5, 24, 14, tzinfo=UTC)),
        transaction(writing=True) as session,
    ):
        seed_people()
        trail.append_queued(session)
    yield made
    let_go(made)


@pytest.fixture
def visitor(demonstration: Flask) -> Browser:
    return Browser(demonstration)


def choose(visitor: Browser, key: str, **more: str):
    return visitor.send("/demo/sign-in", person=key, **more)


def test_everybody_the_story_needs_is_there_and_can_be_chosen(visitor: Browser) -> None:
    shown = visitor.get("/demo/sign-in")
    assert_good_html(shown.text)
    for key in KEYS:
        assert f'value="{key}"' in shown.text, key
    for country in MEMBERS:
        for role in ("contributor", "focal"):
            assert f'value="{country.lower()}.{role}"' in shown.text


def test_one_click_and_one_is_that_person(visitor: Browser) -> None:
    for key in sorted({seat.key for seat in SEATS} | {"st.coordinator"}):
        hidden = visitor.hidden(visitor.get("/demo/sign-in"))
        answer = visitor.post("/demo/sign-in", hidden | {"person": key, "next": "/me"})
        assert (answer.status_code, answer.location) == (303, "/me")
        shown = visitor.get("/me")
        assert f"{key}@example.org" in shown.text
        assert "demostración" in shown.text or "demonstration" in shown.text
        assert visitor.get("/").status_code == 200, key


def test_somebody_who_is_not_there_cannot_be_chosen(visitor: Browser) -> None:
    for key in ("", "nobody", "HN.FOCAL", "hn.focal' OR 1=1"):
        answer = choose(visitor, key)
        assert answer.status_code == 422
        assert_good_html(answer.text)
    assert not visitor.is_signed_in()


def test_without_signing_in_one_is_led_to_the_choice_and_back(visitor: Browser) -> None:
    answer = visitor.get("/needs")
    assert answer.location == "/demo/sign-in?next=/needs"
    assert 'name="next" value="/needs"' in visitor.get(answer.location).text
    assert choose(visitor, "hn.focal", next="/needs").location == "/needs"
    assert choose(visitor, "hn.focal", next="//evil.example").location == "/"


def test_the_choice_needs_the_token_of_the_session(visitor: Browser) -> None:
    assert visitor.post("/demo/sign-in", {"person": "hn.focal"}).status_code == 400
    assert not visitor.is_signed_in()


def test_elsewhere_there_is_no_such_page(house: House, somebody: Browser) -> None:
    missing = somebody.get("/there-is-no-such-page")
    for answer in (
        somebody.get("/demo/sign-in"),
        somebody.send("/sign-in", "/demo/sign-in", person="hn.focal"),
    ):
        assert answer.status_code == 404
        assert 'name="person"' not in answer.text
    assert len(somebody.get("/demo/sign-in").text) - len(missing.text) in range(-100, 100)
    assert not somebody.is_signed_in()


def test_nobody_of_the_demonstration_has_a_password(demonstration: Flask, visitor: Browser) -> None:
    with demonstration.app_context(), transaction(writing=False) as session:
        people = session.scalars(select(Person)).all()
        assert len(people) == len({seat.key for seat in SEATS}) + 1
        assert all(person.password is None for person in people)
        assert all("(dem" in person.name for person in people)
    assert visitor.sign_in("hn.focal", "").status_code == 422


def test_the_organisations_are_the_conferences(demonstration: Flask) -> None:
    with demonstration.app_context(), transaction(writing=False) as session:
        organisations = session.scalars(select(Organisation)).all()
        delegations = [one for one in organisations if one.kind == OrganisationKind.DELEGATION]
        assert sorted(one.country for one in delegations) == sorted(MEMBERS)
        assert len(organisations) == len(catalogue.ALL) + 1
        roles = session.execute(
            select(
                Organisation.kind, Membership.role, Membership.unit_id, Membership.note_number
            ).join(Membership, Membership.organisation_id == Organisation.id)
        ).all()
    for kind, role, unit_id, note in roles:
        assert Role(role) in ROLES_OF[OrganisationKind(kind)]
        assert (unit_id is not None) is (
            role in ("case_officer", "child_protection_officer", "document_officer")
        )
        assert (note is not None) is (role == "focal_point")


def test_the_world_is_made_once_and_its_trail_is_whole(demonstration: Flask) -> None:
    with demonstration.app_context():
        with pytest.raises(Refusal), transaction(writing=True):
            seed_people()
        trail.forget_queued(db.session())
        found = verify()
        assert found.faults == []
        assert found.count > 100


def test_a_person_acts_for_the_organisation_they_are_asked_for(demonstration: Flask) -> None:
    with demonstration.app_context(), transaction(writing=False):
        assert first_seat_of("us.focal").organisation_kind is OrganisationKind.DELEGATION
        assert first_seat_of("us.focal", "us.sponsor").is_sponsor
        with pytest.raises(LookupError):
            first_seat_of("nobody")
