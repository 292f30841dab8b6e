"""Who gets in, for how long, and what does a browser carry?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.accounts.models import Person, SignIn
from app.audit.models import AuditEvent
from app.db.transactions import transaction
from app.organisations.models import Membership, Organisation
from tests.accounts.house import PASSWORD, Browser, House
from tests.support.good_html import assert_good_html

WRONG = "cuatro mangos rojos al amanecer"


def change(app: Flask, statement) -> None:
    with app.app_context(), transaction(writing=True) as session:
        session.execute(statement)


def events(app: Flask, *kinds: str) -> list[tuple[str, str, str]]:
    with app.app_context(), transaction(writing=False) as session:
        rows = session.execute(
            select(AuditEvent.kind, AuditEvent.subject_kind, AuditEvent.subject_id)
            .where(AuditEvent.kind.in_(kinds))
            .order_by(AuditEvent.seq)
        )
        return [tuple(row) for row in rows]


def test_address_and_password_let_in(app: Flask, house: House, somebody: Browser) -> None:
    assert not somebody.is_signed_in()
    answer = somebody.sign_in("hn.focal")
    assert (answer.status_code, answer.location) == (303, "/")
    shown = somebody.get("/me")
    assert "Hn Focal" in shown.text
    assert "Honduras" in shown.text
    assert events(app, "signed-in") == [("signed-in", "person", house.people["hn.focal"])]


def test_capitals_and_spaces_in_an_address_do_not_matter(house: House, somebody: Browser) -> None:
    assert somebody.sign_in("x", email="  HN.Focal@Example.ORG ").status_code == 303


@pytest.mark.parametrize(
    "fields", [{"email": "", "password": ""}, {"email": "nobody"}, {"password": ""}]
)
def test_what_is_missing_is_said_at_its_place_and_the_address_stays(
    house: House, somebody: Browser, fields: dict[str, str]
) -> None:
    answer = somebody.sign_in("hn.focal", **fields)
    assert answer.status_code == 422
    assert_good_html(answer.text)
    assert "govuk-error-summary" in answer.text
    assert fields.get("email", "hn.focal@example.org") in answer.text
    assert PASSWORD not in answer.text


def comparable(answer) -> str:
    """An answer without what was typed and what differs each time it is drawn."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_an_address_that_is_nobodys_is_answered_like_somebodys(
    app: Flask, house: House, somebody: Browser
) -> None:
    change(app, update(Person).where(Person.key == "sv.focal").values(active=False))
    change(app, update(Person).where(Person.key == "ar.observer").values(password=None))
    answers = [
        somebody.sign_in(key, WRONG) for key in ("hn.focal", "nobody", "sv.focal", "ar.observer")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({comparable(answer) for answer in answers}) == 1
    assert [subject for _, subject, _ in events(app, "sign-in-refused")] == [
        "person", "address", "person", "person",
    ]  # fmt: skip


def test_each_refusal_hashes_once_and_writes_once(
    app: Flask, house: House, somebody: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.accounts import passwords

    done: list[str] = []
    original_hash, original_verify = passwords.hash_password, passwords.verify_password

    def hashing(typed: str) -> str:
        done.append("hash")
        return original_hash(typed)

    def verifying(typed: str, stored: str) -> bool:
        done.append("hash")
        return original_verify(typed, stored)

    monkeypatch.setattr(passwords, "hash_password", hashing)
    monkeypatch.setattr(passwords, "verify_password", verifying)
    for key in ("hn.focal", "nobody"):
        done.clear()
        somebody.sign_in(key, WRONG)
        assert done == ["hash"]
    assert len(events(app, "sign-in-refused")) == 2


def test_no_address_stands_in_the_trail(app: Flask, house: House, somebody: Browser) -> None:
    somebody.sign_in("nobody", WRONG)
    ((_, _, subject),) = events(app, "sign-in-refused")
    assert "nobody" not in subject
    assert "@" not in subject


def test_a_suspended_person_with_the_right_password_is_told_whom_to_write(
    app: Flask, house: House, somebody: Browser
) -> None:
    change(app, update(Person).where(Person.key == "hn.focal").values(active=False))
    answer = somebody.sign_in("hn.focal")
    assert answer.status_code == 422
    assert "Secretaría Técnica" in answer.text or "Technical Secretariat" in answer.text
    assert not somebody.is_signed_in()


def test_somebody_who_belongs_nowhere_any_more_does_not_get_in(
    app: Flask, house: House, somebody: Browser
) -> None:
    change(app, update(Membership).where(Membership.person_id == house.people["hn.focal"]).values(ended_at=clock.now()))  # fmt: skip
    assert somebody.sign_in("hn.focal").status_code == 422
    assert not somebody.is_signed_in()


def test_signing_out_ends_it_on_the_server_so_that_the_old_cookie_is_worth_nothing(
    app: Flask, house: House, somebody: Browser, browser_of: Callable[..., Browser]
) -> None:
    somebody.sign_in("hn.focal")
    with somebody.client.session_transaction() as cookie:
        kept = dict(cookie)
    answer = somebody.send("/me", "/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not somebody.is_signed_in()
    thief = browser_of()
    with thief.client.session_transaction() as cookie:
        cookie.update(kept)
    assert not thief.is_signed_in()
    assert thief.get("/me").status_code == 303


def test_signing_out_twice_hurts_nobody(house: House, somebody: Browser) -> None:
    somebody.be(house, "hn.focal")
    for _ in range(2):
        assert (
            somebody.send(
                "/sign-in" if not somebody.is_signed_in() else "/me", "/sign-out"
            ).status_code
            == 303
        )


def test_a_browser_carries_a_token_and_nothing_about_anybody(
    house: House, somebody: Browser
) -> None:
    somebody.sign_in("hn.focal")
    somebody.get("/me")
    with somebody.client.session_transaction() as cookie:
        assert set(cookie) <= {"sign_in", "csrf_token", "lang"}
        assert cookie["sign_in"] not in house.people.values()


def test_signing_in_changes_the_token_and_the_secret_of_forms(
    house: House, somebody: Browser
) -> None:
    somebody.get("/sign-in")
    with somebody.client.session_transaction() as cookie:
        cookie["sign_in"] = "chosen by somebody else"
        before = cookie["csrf_token"]
    somebody.sign_in("hn.focal")
    somebody.get("/me")
    with somebody.client.session_transaction() as cookie:
        assert cookie["sign_in"] != "chosen by somebody else"
        assert cookie["csrf_token"] != before


def test_no_token_is_stored_in_the_clear(app: Flask, house: House, somebody: Browser) -> None:
    somebody.sign_in("hn.focal")
    with somebody.client.session_transaction() as cookie:
        token = cookie["sign_in"]
    with app.app_context(), transaction(writing=False) as session:
        row = session.scalars(select(SignIn)).one()
        assert token not in (row.token_hash, row.id)
        assert len(row.token_hash) == 64


def test_idle_for_half_an_hour_one_is_signed_out(
    house: House, somebody: Browser, later: Callable[[timedelta], None]
) -> None:
    somebody.be(house, "hn.focal")
    later(timedelta(minutes=29))
    assert somebody.is_signed_in()
    later(timedelta(minutes=29))
    assert somebody.is_signed_in()
    later(timedelta(minutes=31))
    assert not somebody.is_signed_in()


def test_after_ten_hours_one_is_signed_out_however_busy(
    house: House, somebody: Browser, later: Callable[[timedelta], None]
) -> None:
    somebody.be(house, "hn.focal")
    for _ in range(23):
        later(timedelta(minutes=26))
        assert somebody.is_signed_in()
    later(timedelta(minutes=3))
    assert not somebody.is_signed_in()


def test_being_there_is_written_once_a_minute(
    app: Flask, house: House, somebody: Browser, later: Callable[[timedelta], None]
) -> None:
    def seen_at():
        with app.app_context(), transaction(writing=False) as session:
            return session.scalars(select(SignIn.seen_at)).one()

    somebody.be(house, "hn.focal")
    first = seen_at()
    later(timedelta(seconds=50))
    somebody.get("/me")
    assert seen_at() == first
    later(timedelta(seconds=11))
    somebody.get("/me")
    assert seen_at() > first


@pytest.mark.parametrize("what", ["person", "membership", "organisation", "sign-in"])
def test_what_is_taken_away_is_gone_with_the_next_request(
    app: Flask, house: House, somebody: Browser, what: str
) -> None:
    somebody.be(house, "hn.focal")
    assert somebody.is_signed_in()
    taken = {
        "person": update(Person).where(Person.key == "hn.focal").values(active=False),
        "membership": update(Membership).where(Membership.person_id == house.people["hn.focal"]).values(ended_at=clock.now()),
        "organisation": update(Organisation).where(Organisation.key == "hn").values(ended_at=clock.now()),
        "sign-in": update(SignIn).values(ended_at=clock.real_now()),
    }  # fmt: skip
    change(app, taken[what])
    assert not somebody.is_signed_in()


def test_a_role_that_ended_no_longer_opens_its_pages(
    app: Flask, house: House, somebody: Browser
) -> None:
    somebody.be(house, "st.coordinator")
    with app.app_context(), transaction(writing=True) as session:
        session.add(
            Membership(
                person_id=house.people["st.coordinator"], role="officer", created_at=clock.now(),
                organisation_id=house.organisations["st"],
            )
        )  # fmt: skip
    assert somebody.get("/organisations/new").status_code == 200
    change(
        app, update(Membership).where(Membership.role == "coordinator").values(ended_at=clock.now())
    )
    assert somebody.get("/organisations/new").status_code == 403
    assert somebody.get("/organisations").status_code == 200


def test_somebody_signed_in_is_not_asked_again(house: House, somebody: Browser) -> None:
    somebody.be(house, "hn.focal")
    answer = somebody.get("/sign-in?next=/me")
    assert (answer.status_code, answer.location) == (303, "/me")


def test_a_second_person_in_the_same_browser_ends_the_first_ones_sign_in(
    app: Flask, house: House, somebody: Browser
) -> None:
    somebody.be(house, "us.focal", "us.sponsor")
    hidden = somebody.hidden(somebody.get("/me"))
    hidden.pop("_acting")
    answer = somebody.post(
        "/sign-in", hidden | {"email": "hn.focal@example.org", "password": PASSWORD}
    )
    assert answer.status_code == 303
    assert "Hn Focal" in somebody.get("/me").text
    with app.app_context(), transaction(writing=False) as session:
        alive = session.scalars(select(SignIn.person_id).where(SignIn.ended_at.is_(None))).all()
    assert alive == [house.people["hn.focal"]]


def test_the_switch_of_language_keeps_what_was_typed_and_signs_nobody_in(
    house: House, somebody: Browser
) -> None:
    for lang, title in (("en", "Sign in"), ("es", "Iniciar sesión")):
        answer = somebody.sign_in("hn.focal", _lang=lang)
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text
        assert f"<h1>{title}</h1>" in answer.text
        assert "hn.focal@example.org" in answer.text
    assert not somebody.is_signed_in()


def test_an_older_hash_is_renewed_when_its_person_signs_in(
    app: Flask, house: House, somebody: Browser
) -> None:
    context = app.extensions["security"].pwd_context
    context.update(argon2__memory_cost=128)
    assert somebody.sign_in("hn.focal").status_code == 303
    with app.app_context(), transaction(writing=False) as session:
        stored = session.scalars(select(Person.password).where(Person.key == "hn.focal")).one()
    assert "m=128," in stored


@pytest.mark.parametrize(
    "path", ["/sign-in", "/password/forgotten", "/password/x", "/invitations/x"]
)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_doors_are_well_made_in_both_languages(
    house: House, somebody: Browser, path: str, lang: str
) -> None:
    assert somebody.send("/sign-in", "/language", lang=lang, next=path).location == path
    shown = somebody.get(path)
    assert f'<html lang="{lang}">' in shown.text
    assert_good_html(shown.text)
    assert shown.headers["Cache-Control"] == "no-store"
