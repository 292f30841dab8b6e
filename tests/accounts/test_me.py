"""What can people see and change of their own account, and of nobody else's?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.accounts.models import Person, SignIn
from app.audit.models import AuditEvent
from app.db.transactions import transaction
from app.extensions import db
from tests.accounts.house import PASSWORD, Browser, House
from tests.accounts.posted import promised
from tests.support.good_html import assert_good_html

NEW = "tres canoas azules bajo la lluvia"


def person(app: Flask, key: str) -> Person:
    with app.app_context(), transaction(writing=False) as session:
        found = session.scalars(select(Person).where(Person.key == key)).one()
        session.expunge(found)
        return found


def alive(app: Flask, person_id: str) -> list[str]:
    with app.app_context(), transaction(writing=False) as session:
        return list(
            session.scalars(
                select(SignIn.id).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
            )
        )


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("key", ["hn.focal", "us.focal", "ar.observer"])
def test_everybody_sees_their_own_account(
    house: House, somebody: Browser, key: str, lang: str
) -> None:
    somebody.be(house, key)
    somebody.send("/me", "/language", lang=lang, next="/me")
    shown = somebody.get("/me")
    assert shown.status_code == 200
    assert_good_html(shown.text)
    assert f"{key}@example.org" in shown.text


def test_nobody_sees_it_without_signing_in(house: House, somebody: Browser) -> None:
    assert somebody.get("/me").location == "/sign-in?next=/me"


def test_name_language_and_zone_are_ones_own_to_change(
    app: Flask, house: House, somebody: Browser
) -> None:
    somebody.be(house, "hn.focal")
    answer = somebody.send(
        "/me", "/me/details", name=" Marta  Zelaya ", lang="en", zone="America/Tegucigalpa"
    )
    assert answer.status_code == 303
    changed = person(app, "hn.focal")
    assert (changed.name, changed.lang, changed.zone) == (
        "Marta  Zelaya",
        "en",
        "America/Tegucigalpa",
    )
    shown = somebody.get("/me")
    assert '<html lang="en">' in shown.text
    assert "Saved." in shown.text


def test_what_is_chosen_for_oneself_wins_over_what_was_chosen_for_the_browser(
    house: House, somebody: Browser
) -> None:
    somebody.be(house, "hn.focal")
    somebody.send("/me", "/language", lang="en", next="/me")
    somebody.send("/me", "/me/details", name="Marta", lang="es", zone="America/Panama")
    assert '<html lang="es">' in somebody.get("/me").text


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "turned \u202e round"}, "name"),
        ({"lang": "fr"}, "lang"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place_and_stays(
    app: Flask, house: House, somebody: Browser, wrong: dict[str, str], place: str
) -> None:
    somebody.be(house, "hn.focal")
    fields = {"name": "Marta de Prueba", "lang": "es", "zone": "America/Panama"} | wrong
    answer = somebody.send("/me", "/me/details", **fields)
    assert answer.status_code == 422
    assert f'id="error-{place}"' in answer.text
    assert_good_html(answer.text)
    if place != "name":
        assert "Marta de Prueba" in answer.text
    assert person(app, "hn.focal").name == "Hn Focal"


def test_the_switch_of_language_keeps_an_unsaved_name(
    app: Flask, house: House, somebody: Browser
) -> None:
    somebody.be(house, "hn.focal")
    answer = somebody.send(
        "/me", "/me/details", name="Marta sin guardar", lang="es", zone="America/Panama", _lang="en"
    )
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Marta sin guardar" in answer.text
    assert person(app, "hn.focal").name == "Hn Focal"


def test_a_form_sent_twice_has_one_effect(app: Flask, house: House, somebody: Browser) -> None:
    somebody.be(house, "hn.focal")
    fields = somebody.hidden(somebody.get("/me")) | {
        "name": "Marta",
        "lang": "es",
        "zone": "America/Panama",
    }
    first, second = (somebody.post("/me/details", fields) for _ in range(2))
    assert first.location == second.location == "/me"
    assert second.headers["Idempotency-Replayed"] == "true"
    with app.app_context(), transaction(writing=False) as session:
        kinds = session.scalars(
            select(AuditEvent.kind).where(AuditEvent.kind == "details-changed")
        ).all()
    assert len(kinds) == 1


class TestPassword:
    """Changing it, knowing the present one."""

    def change(self, browser: Browser, present: str = PASSWORD, new: str = NEW):
        return browser.send("/me", "/me/password", present_password=present, password=new)

    def test_it_changes_and_signs_the_other_browsers_out(
        self, app: Flask, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        here, there = browser_of().be(house, "hn.focal"), browser_of().be(house, "hn.focal")
        with here.client.session_transaction() as cookie:
            old = cookie["sign_in"]
        assert self.change(here).status_code == 303
        assert here.is_signed_in()
        assert not there.is_signed_in()
        with there.client.session_transaction() as cookie:
            cookie["sign_in"] = old
        assert not there.is_signed_in()
        assert browser_of().sign_in("hn.focal").status_code == 422
        assert browser_of().sign_in("hn.focal", NEW).status_code == 303
        assert ("password-changed", f"person:{house.people['hn.focal']}") in promised(app)

    def test_a_sponsor_behind_the_narrowest_wall_can_change_it_too(
        self, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        sponsor = browser_of().be(house, "us.focal", "us.sponsor")
        assert self.change(sponsor).status_code == 303
        assert browser_of().sign_in("us.focal", NEW).status_code == 303

    def test_whoever_does_not_know_the_present_one_changes_nothing(
        self, app: Flask, house: House, somebody: Browser
    ) -> None:
        somebody.be(house, "hn.focal")
        answer = self.change(somebody, present="cuatro mangos rojos al amanecer")
        assert answer.status_code == 422
        assert 'id="error-present_password"' in answer.text
        assert somebody.is_signed_in()
        assert person(app, "hn.focal").password == person(app, "sv.focal").password

    def test_guessing_the_present_one_is_slowed_down(self, house: House, somebody: Browser) -> None:
        somebody.be(house, "hn.focal")
        codes = [
            self.change(somebody, present="no la conozco de nada").status_code for _ in range(11)
        ]
        assert codes == [422] * 10 + [429]

    def test_a_weak_one_is_refused(self, house: House, somebody: Browser) -> None:
        somebody.be(house, "hn.focal")
        answer = self.change(somebody, new="passwordpassword")
        assert answer.status_code == 422
        assert 'id="error-password"' in answer.text

    def test_a_person_of_the_demonstration_has_none_to_change(
        self, app: Flask, house: House, somebody: Browser
    ) -> None:
        with app.app_context(), transaction(writing=True) as session:
            session.scalars(select(Person).where(Person.key == "hn.focal")).one().password = None
        somebody.be(house, "hn.focal")
        assert 'name="present_password"' not in somebody.get("/me").text
        assert self.change(somebody).status_code == 404
        assert person(app, "hn.focal").password is None


class TestBrowsers:
    """Where one is signed in."""

    def test_they_are_listed_and_can_be_ended_one_by_one(
        self, app: Flask, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        here, there = browser_of().be(house, "hn.focal"), browser_of().be(house, "hn.focal")
        assert here.get("/me").text.count("Firefox, Linux") == 2
        other = next(
            each for each in alive(app, house.people["hn.focal"])
            if f"/me/sign-ins/{each}/end" in here.get("/me").text
        )  # fmt: skip
        assert here.send("/me", f"/me/sign-ins/{other}/end").status_code == 303
        assert here.is_signed_in()
        assert not there.is_signed_in()

    def test_the_button_for_all_others_stands_below_their_table(
        self, house: House, browser_of: Callable[[], Browser]
    ) -> None:
        here, _other = [browser_of().be(house, "hn.focal") for _ in range(2)]
        page = here.get("/me").text
        table, button = page.index("</tbody>"), page.index("/me/other-sign-ins/end")
        assert table < button < page.index("/me/computer")
        assert (
            page.index("Correo y calendario</h2>")
            < page.index("/me/mail")
            < page.index("change-password")
        )

    def test_all_others_can_be_ended_at_once(
        self, app: Flask, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        here, *others = [browser_of().be(house, "hn.focal") for _ in range(3)]
        stranger = browser_of().be(house, "sv.focal")
        assert here.send("/me", "/me/other-sign-ins/end").status_code == 303
        assert here.is_signed_in()
        assert stranger.is_signed_in()
        assert not any(browser.is_signed_in() for browser in others)

    def test_somebody_elses_is_answered_like_one_that_never_was(
        self, app: Flask, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        me, other = browser_of().be(house, "hn.focal"), browser_of().be(house, "hn.contributor")
        (foreign,) = alive(app, house.people["hn.contributor"])
        answers = [me.send("/me", f"/me/sign-ins/{each}/end") for each in (foreign, "x" * 20)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert len({len(answer.text) for answer in answers}) == 1
        assert other.is_signed_in()


class TestActing:
    """For one organisation at a time."""

    def test_one_switches_and_sees_for_whom(
        self, app: Flask, house: House, somebody: Browser
    ) -> None:
        somebody.be(house, "us.focal", "us")
        with somebody.client.session_transaction() as cookie:
            old = cookie["sign_in"]
        assert "Estados Unidos</a>" in somebody.get("/me").text
        answer = somebody.send(
            "/me", "/me/organisation", organisation=house.organisations["us.sponsor"]
        )
        assert answer.status_code == 303
        assert "EE. UU., cooperación</a>" in somebody.get("/me").text
        with somebody.client.session_transaction() as cookie:
            assert cookie["sign_in"] != old
        thief = Browser(app)
        with thief.client.session_transaction() as cookie:
            cookie["sign_in"] = old
        assert not thief.is_signed_in()

    def test_a_form_of_the_other_organisation_is_refused_and_its_text_kept(
        self, app: Flask, house: House, somebody: Browser
    ) -> None:
        somebody.be(house, "us.focal", "us")
        drawn_before = somebody.hidden(somebody.get("/me"))
        somebody.send("/me", "/me/organisation", organisation=house.organisations["us.sponsor"])
        fields = somebody.hidden(somebody.get("/me")) | {"_acting": drawn_before["_acting"]}
        answer = somebody.post(
            "/me/details", fields | {"name": "Un texto que no debe perderse", "lang": "es", "zone": "America/Panama"}
        )  # fmt: skip
        assert answer.status_code == 409
        assert "Un texto que no debe perderse" in answer.text
        assert person(app, "us.focal").name == "Us Focal"

    @pytest.mark.parametrize("wanted", ["hn", None])
    def test_one_cannot_act_for_an_organisation_one_does_not_belong_to(
        self, house: House, somebody: Browser, wanted: str | None
    ) -> None:
        somebody.be(house, "us.focal", "us")
        organisation = house.organisations[wanted] if wanted else "x" * 20
        assert (
            somebody.send("/me", "/me/organisation", organisation=organisation).status_code == 404
        )
        assert "Estados Unidos</a>" in somebody.get("/me").text

    def test_signing_in_again_one_acts_for_whom_one_acted_last(
        self, house: House, browser_of: Callable[..., Browser]
    ) -> None:
        first = browser_of()
        first.sign_in("us.focal")
        assert "Estados Unidos</a>" in first.get("/me").text
        first.send("/me", "/me/organisation", organisation=house.organisations["us.sponsor"])
        first.send("/me", "/sign-out")
        second = browser_of()
        second.sign_in("us.focal")
        assert "EE. UU., cooperación</a>" in second.get("/me").text

    def test_who_asks_is_found_with_one_query(
        self, app: Flask, house: House, somebody: Browser
    ) -> None:
        somebody.be(house, "us.focal", "us")
        seen: list[str] = []

        def note(_c, _cursor, statement, *_):
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            somebody.get("/sign-in")
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert len([each for each in seen if each.lstrip().upper().startswith("SELECT")]) == 1
