"""Does text come back into its form when the session ended, or another organisation was chosen?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Person
from app.db.transactions import transaction
from app.extensions import db
from tests.accounts.house import PASSWORD, Browser, House
from tests.calls.browsing import Seen
from tests.support.good_html import assert_good_html

TYPED = "Un texto que no debe perderse"
HOME = "America/Panama"


def form_to(answer: TestResponse, start: str) -> tuple[str, dict[str, Any]]:
    """The address and the fields of the form of a page that is sent to an address like this."""
    found = re.search(rf'action="({start}[^"]*)"', answer.text)
    assert found, answer.text
    action = html.unescape(found[1])
    return action, Seen(answer.status_code, answer.text, None).fields(action)


def name_of(app: Flask, house: House, key: str) -> str:
    with app.app_context(), transaction(writing=False):
        return db.session.get_one(Person, house.people[key]).name


INVITATION = "/delegation/invitations/new"


@pytest.fixture
def invitation(house: House) -> str:
    return INVITATION


def typed_in(browser: Browser, page: str) -> dict[str, Any]:
    """The fields of an invitation with a text in it, as the page would send them."""
    shown = browser.get(page)
    assert shown.status_code == 200
    return browser.hidden(shown) | {"name": TYPED, "email": "una@example.org", "_page": page}


class TestAfterActingForAnother:
    @pytest.fixture
    def switched(self, house: House, somebody: Browser, invitation: str) -> dict[str, Any]:
        somebody.be(house, "us.focal", "us")
        fields = typed_in(somebody, invitation)
        somebody.send("/me", "/me/organisation", organisation=house.organisations["us.sponsor"])
        return fields

    def test_the_page_names_both_organisations_and_keeps_the_text_by_its_question(
        self, somebody: Browser, invitation: str, switched: dict[str, Any]
    ) -> None:
        answer = somebody.post(invitation, switched)
        assert answer.status_code == 409
        assert ("Esta página se abrió cuando usted actuaba por Estados Unidos; ahora actúa por EE. UU., "
                "cooperación." in answer.text)  # fmt: skip
        assert TYPED in answer.text
        assert re.search(r'<label [^>]*for="kept-1">Nombre</label>', answer.text)
        assert_good_html(answer.text)

    def test_acting_for_the_first_again_brings_the_text_back_into_its_form(
        self, somebody: Browser, invitation: str, switched: dict[str, Any]
    ) -> None:
        action, fields = form_to(somebody.post(invitation, switched), "/me/organisation")
        back = somebody.post(action, fields)
        assert back.status_code == 200
        assert_good_html(back.text)
        action, fields = form_to(back, invitation)
        drawn = somebody.post(action, fields)
        assert drawn.status_code == 200
        assert f'value="{TYPED}"' in drawn.text

    def test_an_organisation_that_is_not_ones_own_is_not_named(
        self, house: House, somebody: Browser, invitation: str
    ) -> None:
        somebody.be(house, "us.focal", "us")
        fields = typed_in(somebody, invitation) | {"_acting": house.organisations["hn"]}
        answer = somebody.post(invitation, fields)
        assert answer.status_code == 409
        assert "Honduras" not in answer.text
        assert "/me/organisation" not in answer.text


def test_a_form_that_does_not_say_for_whom_it_was_drawn_is_refused_with_its_text(
    app: Flask, house: House, somebody: Browser
) -> None:
    somebody.be(house, "hn.focal")
    fields = somebody.hidden(somebody.get("/me"))
    fields.pop("_acting")
    answer = somebody.post("/me/details", fields | {"name": TYPED, "lang": "es", "zone": HOME})
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert name_of(app, house, "hn.focal") != TYPED


class TestAfterTheSessionEnded:
    def test_signing_in_again_brings_the_text_back_into_its_form(
        self, house: House, somebody: Browser, invitation: str
    ) -> None:
        somebody.be(house, "us.focal", "us")
        fields = typed_in(somebody, invitation)
        somebody.send("/me", "/sign-out")
        refused = somebody.post(invitation, fields)
        assert refused.status_code == 401
        assert TYPED in refused.text
        assert_good_html(refused.text)
        asked = somebody.post(*form_to(refused, "/sign-in"))
        assert asked.status_code == 200
        assert_good_html(asked.text)
        action, who = form_to(asked, "/sign-in")
        back = somebody.post(action, who | {"email": "us.focal@example.org", "password": PASSWORD})
        assert back.status_code == 200
        drawn = somebody.post(*form_to(back, invitation))
        assert drawn.status_code == 200
        assert f'value="{TYPED}"' in drawn.text

    def test_a_form_of_an_earlier_sign_in_goes_back_into_a_fresh_one(
        self, house: House, somebody: Browser, invitation: str
    ) -> None:
        somebody.be(house, "us.focal", "us")
        fields = typed_in(somebody, invitation)
        somebody.be(house, "us.focal", "us")
        refused = somebody.post(invitation, fields)
        assert refused.status_code == 400
        assert refused.headers["Enlace-Form"] == "stale"
        drawn = somebody.post(*form_to(refused, invitation))
        assert drawn.status_code == 200
        assert f'value="{TYPED}"' in drawn.text

    def test_what_is_carried_never_holds_a_password(self, house: House, somebody: Browser) -> None:
        somebody.get("/sign-in")
        refused = somebody.post("/sign-in", {"email": "a@example.org", "password": PASSWORD})
        assert refused.status_code == 400
        assert "a@example.org" in refused.text
        assert PASSWORD not in refused.text

    @pytest.mark.parametrize(
        "carried",
        ["", "x", "[]", "{}", "[1, 2]", '["//elsewhere.example", []]', '["/x?y", [["a"]]]', "[" * 9999,
         '["https://elsewhere.example/x", [["a", "b"]]]', '["/me", [["a", "b", "c"]]]', "null"],
    )  # fmt: skip
    def test_a_forged_bundle_is_left_aside(
        self, house: House, browser_of: Callable[..., Browser], carried: str
    ) -> None:
        browser = browser_of()
        answer = browser.sign_in("hn.focal", _carried=carried)
        assert answer.status_code == 303
        assert answer.location == "/"
