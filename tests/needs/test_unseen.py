"""Is anything certified that whoever certifies did not see?"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask

from app.db.transactions import transaction
from app.intake.models import Dossier
from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.calls.browsing import Seen
from tests.intake.returning import Returned

CHANGED = "El borrador cambió después de que usted lo vio"
CHOSEN = "members=named&sponsors=none&lang=es"


class Certifying(Returned):
    """The focal point reads the answers and goes through both pages; a colleague may write meanwhile."""

    def get(self, path: str) -> Any:
        return self.beto.get(path)

    def reads(self) -> str:
        """Open the page with all answers; where it leads on."""
        shown = self.get(f"/needs/{self.need}/check").text
        return html.unescape(
            re.findall(rf'href="(/needs/{self.need}/certification[^"]*)"', shown)[0]
        )

    def chooses(self, address: str) -> str:
        """The first page with both questions answered: the address of the second."""
        shown = self.get(address)
        assert shown.status_code == 200
        fields = Seen(200, shown.text, None).fields(f"/needs/{self.need}/certification/preview")
        return f"/needs/{self.need}/certification/preview?{CHOSEN}&shown={fields['shown'][0]}"

    def looks(self, address: str) -> dict[str, Any]:
        """The second page: what its form would send."""
        shown = self.get(address)
        assert shown.status_code == 200
        fields = Seen(200, shown.text, None).fields(f"/needs/{self.need}/certification")
        return fields | self.beto.hidden(shown)

    def certifies(self, fields: dict[str, Any]) -> Any:
        return self.beto.post(f"/needs/{self.need}/certification", fields)

    def colleague_writes(self) -> None:
        self.says(self.ana, "gap", "Lo que nadie ha visto.")

    def is_certified(self) -> bool:
        with self.stage.app.app_context(), transaction(writing=False) as session:
            return session.get_one(Dossier, self.need).state == "submitted"


@pytest.fixture
def need(app: Flask, house: House) -> Certifying:
    return Certifying(app, house)


def test_whoever_has_not_read_the_answers_is_led_to_them(need: Certifying) -> None:
    read = f"/needs/{need.need}/check"
    for path in (f"certification?{CHOSEN}", f"certification/preview?{CHOSEN}",
                 f"certification/preview?{CHOSEN}&shown="):  # fmt: skip
        answer = need.get(f"/needs/{need.need}/{path}")
        assert (answer.status_code, answer.location) == (303, read), path
    sent = {"members": "named", "sponsors": "none", "_lang": "es"} | need.beto.hidden(
        need.get(read)
    )
    drawn = need.certifies(sent)
    assert (drawn.status_code, drawn.location) == (303, read)


def test_from_what_is_refused_the_way_leads_to_the_answers_and_through(need: Certifying) -> None:
    address = need.chooses(need.reads())
    fields = need.looks(address)
    need.colleague_writes()
    for answer in (need.get(address), need.certifies(fields | {"clearance_office": "Despacho"})):
        links = {link for link in Seen(409, answer.text, None).links() if need.need in link}
        assert links == {f"/needs/{need.need}/check"}
    assert "Despacho" in answer.text
    assert need.certifies(need.looks(need.chooses(need.reads()))).status_code == 303


def is_refused(need: Certifying, answer: Any) -> bool:
    return answer.status_code == 409 and CHANGED in html.unescape(answer.text)


def test_what_was_read_and_previewed_is_certified(need: Certifying) -> None:
    assert need.certifies(need.looks(need.chooses(need.reads()))).status_code == 303
    assert need.is_certified()


def test_an_answer_that_changed_after_the_preview_is_not_certified(need: Certifying) -> None:
    fields = need.looks(need.chooses(need.reads()))
    need.colleague_writes()
    assert is_refused(need, need.certifies(fields))
    assert not need.is_certified()


def test_an_answer_that_changed_between_the_two_pages_is_said_before_the_second(
    need: Certifying,
) -> None:
    address = need.chooses(need.reads())
    need.colleague_writes()
    assert is_refused(need, need.get(address))


def test_an_answer_that_changed_after_it_was_read_is_said_before_the_first(
    need: Certifying,
) -> None:
    address = need.reads()
    need.colleague_writes()
    assert is_refused(need, need.get(address))
    assert need.certifies(need.looks(need.chooses(need.reads()))).status_code == 303


def test_a_form_that_does_not_say_what_was_seen_certifies_nothing(need: Certifying) -> None:
    fields = need.looks(need.chooses(need.reads()))
    assert is_refused(need, need.certifies(fields | {"shown": ""}))
    assert not need.is_certified()


def test_the_page_drawn_again_in_another_language_still_knows_what_was_seen(
    need: Certifying,
) -> None:
    fields = need.looks(need.chooses(need.reads()))
    need.colleague_writes()
    drawn = need.beto.post(f"/needs/{need.need}/certification", fields | {"_lang": "es"})
    assert drawn.status_code == 200
    again = Seen(200, drawn.text, None).fields(f"/needs/{need.need}/certification")
    assert is_refused(need, need.certifies(again | need.beto.hidden(drawn)))
