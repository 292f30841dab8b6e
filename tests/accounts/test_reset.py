"""How does somebody who forgot the password come back in, and nobody else?"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Person
from app.db.transactions import transaction
from app.outbox.models import OutboxMessage
from tests.accounts.house import PASSWORD, Browser, House
from tests.accounts.posted import letters_of, link_in, promised
from tests.support.good_html import assert_good_html

NEW = "tres canoas azules bajo la lluvia"


def ask(browser: Browser, address: str):
    return browser.send("/password/forgotten", email=address)


@pytest.fixture
def link(app: Flask, house: House, somebody: Browser) -> str:
    """The path in the message that hn.focal got."""
    ask(somebody, "HN.focal@example.org")
    (letter,) = letters_of(app, "password-reset")
    assert letter.to == "hn.focal@example.org"
    return link_in(letter)


def test_with_the_link_a_new_password_is_set_and_the_old_one_is_worth_nothing(
    app: Flask, house: House, somebody: Browser, link: str
) -> None:
    assert_good_html(somebody.get(link).text)
    answer = somebody.send(link, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert somebody.sign_in("hn.focal").status_code == 422
    assert somebody.sign_in("hn.focal", NEW).status_code == 303
    assert ("password-changed", f"person:{house.people['hn.focal']}") in promised(app)


def test_a_link_works_once(house: House, somebody: Browser, link: str) -> None:
    assert somebody.send(link, password=NEW).status_code == 303
    for answer in (somebody.get(link), somebody.send(link, password="otra frase con mangos rojos")):
        assert answer.status_code == 404
        assert "/password/forgotten" in answer.text
    assert somebody.sign_in("hn.focal", NEW).status_code == 303


def test_of_two_links_the_use_of_one_ends_the_other(
    app: Flask, house: House, somebody: Browser, link: str
) -> None:
    other = link_in(letters_of(app, "password-reset")[0])
    assert somebody.send(link, password=NEW).status_code == 303
    assert somebody.get(other).status_code == 404


def test_looking_at_the_page_does_not_use_the_link_up(somebody: Browser, link: str) -> None:
    for _ in range(3):
        assert somebody.get(link).status_code == 200
    assert somebody.send(link, password=NEW).status_code == 303


def test_a_link_ends_after_an_hour(
    app: Flask, house: House, somebody: Browser, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    import itsdangerous.timed

    now = time.time()
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now + 3599)
    assert somebody.get(link).status_code == 200
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now + 3602)
    assert somebody.get(link).status_code == 404


@pytest.mark.parametrize(
    "change", [lambda link: link[:-1], lambda link: link + "x", lambda link: "/password/x.y.z"]
)
def test_a_changed_link_is_none(somebody: Browser, link: str, change: Callable[[str], str]) -> None:
    assert somebody.get(change(link)).status_code == 404


def test_a_weak_password_is_refused_at_its_place_and_the_link_still_works(
    somebody: Browser, link: str
) -> None:
    for weak in ("corta", "passwordpassword", "hn focal hn focal hn focal", ""):
        answer = somebody.send(link, password=weak)
        assert answer.status_code == 422
        assert 'id="error-password"' in answer.text
        assert weak not in answer.text or not weak
        assert_good_html(answer.text)
    assert somebody.send(link, password=NEW).status_code == 303


def test_a_new_password_signs_every_browser_out(
    app: Flask, house: House, browser_of: Callable[..., Browser], link: str
) -> None:
    signed_in = [browser_of().be(house, "hn.focal") for _ in range(2)]
    other = browser_of().be(house, "sv.focal")
    assert browser_of().send(link, password=NEW).status_code == 303
    assert not any(browser.is_signed_in() for browser in signed_in)
    assert other.is_signed_in()


def test_a_sponsor_who_is_signed_in_can_use_the_link_as_well(
    app: Flask, house: House, somebody: Browser
) -> None:
    ask(somebody, "us.focal@example.org")
    link = link_in(letters_of(app, "password-reset")[0])
    somebody.be(house, "us.focal", "us.sponsor")
    assert somebody.send(link, password=NEW).status_code == 303
    assert somebody.sign_in("us.focal", NEW).status_code == 303


def test_a_suspended_person_gets_no_link_and_an_earlier_one_is_worth_nothing(
    app: Flask, house: House, somebody: Browser, link: str
) -> None:
    with app.app_context(), transaction(writing=True) as session:
        session.execute(update(Person).where(Person.key == "hn.focal").values(active=False))
    assert somebody.get(link).status_code == 404
    before = len(promised(app))
    assert ask(somebody, "hn.focal@example.org").status_code == 303
    assert len(promised(app)) == before


def test_asking_for_nobodys_address_is_answered_like_for_somebodys(
    app: Flask, house: House, browser_of: Callable[..., Browser]
) -> None:
    known, unknown = browser_of(), browser_of()
    answers = [ask(known, "hn.focal@example.org"), ask(unknown, "nobody@example.org")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/sign-in")}
    assert len({len(answer.text) for answer in answers}) == 1
    pages = [browser.get("/sign-in").text for browser in (known, unknown)]
    assert "va en camino" in pages[0] or "on its way" in pages[0]
    assert len({len(page) for page in pages}) == 1
    assert [kind for kind, _ in promised(app)] == ["password-reset"]


def test_asking_too_often_is_refused_alike(house: House, somebody: Browser) -> None:
    for address in ("hn.focal@example.org", "nobody@example.org"):
        codes = [ask(somebody, address).status_code for _ in range(11)]
        assert codes == [303] * 10 + [429]


def test_no_queue_holds_a_token_or_an_address(app: Flask, house: House, link: str) -> None:
    token = link.rsplit("/", 1)[1]
    with app.app_context(), transaction(writing=False) as session:
        for message in session.scalars(select(OutboxMessage)):
            stored = json.dumps([message.recipient, message.params, message.kind])
            assert "@" not in stored
            assert token not in stored


def test_of_two_who_use_a_link_at_once_one_finds_it_used(
    app: Flask, house: House, somebody: Browser, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.accounts import credentials

    original, raced = credentials.new_hash, []

    def while_somebody_is_faster(typed: str) -> str:
        if not raced:
            raced.append(True)
            faster = Browser(app)
            assert faster.send(link, password="la primera canoa verde llega").status_code == 303
        return original(typed)

    monkeypatch.setattr(credentials, "new_hash", while_somebody_is_faster)
    assert somebody.send(link, password=NEW).status_code == 404
    assert somebody.sign_in("hn.focal", "la primera canoa verde llega").status_code == 303
    assert PASSWORD != NEW
