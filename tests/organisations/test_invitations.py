"""How does somebody who was invited come in, and nobody else with them?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Invitation, Person
from app.db.transactions import transaction
from app.organisations.models import Membership
from tests.accounts.house import Browser, House
from tests.accounts.posted import letters_of, link_in, promised
from tests.support.good_html import assert_good_html

NEW = "tres canoas azules bajo la lluvia"
FIELDS = {"name": "Nueva Colega", "email": "nueva@example.org", "role": "contributor", "lang": "es"}
JOINING = {"name": "Nueva Colega", "zone": "America/Tegucigalpa", "password": NEW}

ELSEWHERE = [("sv.focal", "sv"), ("st.coordinator", "st"), ("us.focal", "us.sponsor")]
"""Who may be signed in already, for an organisation behind another wall: (person, organisation)."""


def roles_of(app: Flask, email: str) -> list[tuple[str, str]]:
    with app.app_context(), transaction(writing=False) as session:
        rows = session.execute(
            select(Membership.organisation_id, Membership.role)
            .join(Person, Person.id == Membership.person_id)
            .where(Person.email == email, Membership.ended_at.is_(None))
        )
        return [tuple(row) for row in rows]


def invite(browser: Browser, **more: str):
    return browser.send("/delegation/invitations/new", **(FIELDS | more))


@pytest.fixture
def focal(house: House, browser_of: Callable[..., Browser]) -> Browser:
    return browser_of().be(house, "hn.focal")


@pytest.fixture
def link(app: Flask, focal: Browser) -> str:
    assert invite(focal).status_code == 303
    (letter,) = letters_of(app, "invitation")
    assert letter.to == "nueva@example.org"
    assert "Honduras" in letter.subject
    return link_in(letter)


def test_a_colleague_who_is_invited_joins_and_is_signed_in(
    app: Flask, house: House, focal: Browser, somebody: Browser, link: str
) -> None:
    shown = somebody.get(link)
    assert_good_html(shown.text)
    assert "Honduras" in shown.text
    assert 'value="Nueva Colega"' in shown.text
    answer = somebody.send(link, **JOINING)
    assert (answer.status_code, answer.location) == (303, "/")
    assert roles_of(app, "nueva@example.org") == [(house.organisations["hn"], "contributor")]
    assert "Nueva Colega" in somebody.get("/me").text
    assert somebody.get("/delegation").status_code == 200
    assert ("invitation-accepted", f"person:{house.people['hn.focal']}") in promised(app)
    assert Browser(app).sign_in("x", NEW, email="nueva@example.org").status_code == 303


def test_a_link_works_once(app: Flask, house: House, somebody: Browser, link: str) -> None:
    assert somebody.send(link, **JOINING).status_code == 303
    other = Browser(app)
    for answer in (other.get(link), other.send(link, password=NEW)):
        assert answer.status_code == 404
    assert_good_html(other.get(link).text)
    assert not other.is_signed_in()


def test_looking_at_the_page_does_not_use_it_up(somebody: Browser, link: str) -> None:
    for _ in range(3):
        assert somebody.get(link).status_code == 200
    assert somebody.send(link, **JOINING).status_code == 303


def test_a_link_holds_for_three_days(
    somebody: Browser, link: str, later: Callable[[timedelta], None]
) -> None:
    later(timedelta(hours=71, minutes=59))
    assert somebody.get(link).status_code == 200
    later(timedelta(minutes=2))
    assert somebody.get(link).status_code == 404
    assert somebody.send(link, **JOINING).status_code == 404


def test_one_that_was_withdrawn_is_worth_nothing(
    app: Flask, house: House, focal: Browser, somebody: Browser, link: str
) -> None:
    with app.app_context(), transaction(writing=False) as session:
        invitation_id = session.scalars(select(Invitation.id)).one()
    answer = focal.send("/delegation", f"/delegation/invitations/{invitation_id}/withdrawal")
    assert answer.status_code == 303
    assert somebody.get(link).status_code == 404
    assert letters_of(app, "invitation") == []


def test_sent_again_it_is_the_same_link_and_holds_anew(
    app: Flask, house: House, focal: Browser, somebody: Browser, link: str, later: Callable[[timedelta], None]
) -> None:  # fmt: skip
    with app.app_context(), transaction(writing=False) as session:
        invitation_id = session.scalars(select(Invitation.id)).one()
    later(timedelta(hours=60))
    focal.be(house, "hn.focal")
    answer = focal.send("/delegation", f"/delegation/invitations/{invitation_id}/message")
    assert answer.status_code == 303
    assert {link_in(letter) for letter in letters_of(app, "invitation")} == {link}
    later(timedelta(hours=60))
    assert somebody.get(link).status_code == 200


def test_nothing_that_opens_the_door_is_stored(app: Flask, link: str) -> None:
    token = link.rsplit("/", 1)[1]
    with app.app_context(), transaction(writing=False) as session:
        invitation = session.scalars(select(Invitation)).one()
        assert len(invitation.token_hash) == 64
        assert token not in (invitation.token_hash, invitation.id)


@pytest.mark.parametrize("end", ["x", "", "AAAA"])
def test_a_changed_link_is_none(somebody: Browser, link: str, end: str) -> None:
    assert somebody.get(link[:-4] + end).status_code == 404


def test_one_cannot_join_with_a_weak_password(app: Flask, somebody: Browser, link: str) -> None:
    for weak in ("corta", "passwordpassword", "nueva colega nueva", ""):
        answer = somebody.send(link, **(JOINING | {"password": weak}))
        assert answer.status_code == 422
        assert 'id="error-password"' in answer.text
        assert "Nueva Colega" in answer.text
        assert_good_html(answer.text)
    assert roles_of(app, "nueva@example.org") == []


class TestSomebodyWithAnAccount:
    """The invitation goes to an address that has one."""

    @pytest.fixture
    def link(self, app: Flask, focal: Browser) -> str:
        assert invite(focal, email="SV.focal@example.org", name="Quien Sea").status_code == 303
        return link_in(letters_of(app, "invitation")[0])

    def test_they_join_with_the_password_they_have(
        self, app: Flask, house: House, somebody: Browser, link: str
    ) -> None:
        from tests.accounts.house import PASSWORD

        assert 'name="name"' not in somebody.get(link).text
        assert somebody.send(link, password=PASSWORD).status_code == 303
        assert (house.organisations["hn"], "contributor") in roles_of(app, "sv.focal@example.org")
        shown = somebody.get("/me").text
        assert "Sv Focal" in shown
        assert "El Salvador" in shown

    def test_whoever_only_has_the_link_does_not_get_in(
        self, app: Flask, house: House, somebody: Browser, link: str
    ) -> None:
        answer = somebody.send(link, password=NEW, name="x", zone="America/Panama")
        assert answer.status_code == 422
        assert not somebody.is_signed_in()
        assert len(roles_of(app, "sv.focal@example.org")) == 1

    @pytest.mark.parametrize(("who", "of"), ELSEWHERE)
    def test_it_is_accepted_also_in_a_browser_where_somebody_is_signed_in(
        self, app: Flask, house: House, browser_of: Callable[..., Browser], link: str, who: str,
        of: str,
    ) -> None:  # fmt: skip
        from tests.accounts.house import PASSWORD

        browser = browser_of().be(house, who, of)
        shown = browser.get(link)
        assert shown.status_code == 200
        assert "Honduras" in shown.text
        assert browser.send(link, password=NEW).status_code == 422
        assert browser.send(link, password=PASSWORD).status_code == 303
        assert (house.organisations["hn"], "contributor") in roles_of(app, "sv.focal@example.org")
        assert "Sv Focal" in browser.get("/me").text

    def test_guessing_is_slowed_down(self, house: House, somebody: Browser, link: str) -> None:
        codes = [somebody.send(link, password=NEW).status_code for _ in range(11)]
        assert codes == [422] * 10 + [429]

    def test_a_suspended_person_does_not_come_in_by_another_door(
        self, app: Flask, house: House, somebody: Browser, link: str
    ) -> None:
        from tests.accounts.house import PASSWORD

        with app.app_context(), transaction(writing=True) as session:
            session.execute(update(Person).where(Person.key == "sv.focal").values(active=False))
        assert somebody.send(link, password=PASSWORD).status_code == 422
        assert not somebody.is_signed_in()

    def test_whoever_invites_learns_nothing_about_it(
        self, app: Flask, house: House, focal: Browser, link: str
    ) -> None:
        answers = [
            invite(focal, email=email, role="member_reader")
            for email in ("us.focal@example.org", "no.body@example.org")
        ]
        assert {(answer.status_code, answer.location) for answer in answers} == {
            (303, "/delegation")
        }


@pytest.mark.parametrize(("who", "of"), ELSEWHERE)
def test_somebody_new_joins_in_a_browser_where_another_is_signed_in(
    app: Flask, house: House, browser_of: Callable[..., Browser], link: str, who: str,
    of: str,
) -> None:  # fmt: skip
    browser = browser_of().be(house, who, of)
    assert "Honduras" in browser.get(link).text
    assert browser.send(link, **JOINING).status_code == 303
    assert roles_of(app, "nueva@example.org") == [(house.organisations["hn"], "contributor")]
    assert "Nueva Colega" in browser.get("/me").text


def test_an_address_that_got_an_account_meanwhile_is_told_to_open_the_link_again(
    app: Flask, house: House, somebody: Browser, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.accounts import credentials

    original = credentials.new_hash

    def while_somebody_is_faster(typed: str) -> str:
        monkeypatch.setattr(credentials, "new_hash", original)
        made = original(typed)
        with app.app_context(), transaction(writing=True) as session:
            from app.accounts import actions as accounts

            accounts.create_person(
                name="x", email="nueva@example.org", lang="es", zone="America/Panama", password="x"
            )
            session.flush()
        return made

    monkeypatch.setattr(credentials, "new_hash", while_somebody_is_faster)
    assert somebody.send(link, **JOINING).status_code == 409
    assert roles_of(app, "nueva@example.org") == []


def test_the_invited_choose_the_language_on_the_page_itself(
    app: Flask, house: House, somebody: Browser, link: str
) -> None:
    answer = somebody.send(link, **(JOINING | {"_lang": "en"}))
    assert answer.status_code == 200
    assert "<h1>You are invited to Enlace</h1>" in answer.text
    assert "Nueva Colega" in answer.text
    assert roles_of(app, "nueva@example.org") == []
