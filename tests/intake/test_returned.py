"""Is whoever mends a returned need led to what was asked for, until something was changed there?"""

from __future__ import annotations

import html

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.placing import ESSENTIALS, NOTE
from tests.intake.returning import Returned

ASKED, MENDED = "cambios solicitados", "modificada desde que se pidió"
NOT_YET = "Todavía no se cambió nada donde la Secretaría Técnica lo pidió"


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    made = Returned(app, house)
    made.goes_round()
    return made


def seen(need: Returned, path: str = "") -> str:
    return html.unescape(need.ana.get(f"/needs/{need.need}{path}").text)


def test_the_draft_goes_on_where_a_change_was_asked_for(need: Returned) -> None:
    page = seen(need)
    way_on = page.split("Continuar el borrador")[0].rsplit("<a ", 1)[1]
    assert f'href="/needs/{need.need}/sections/{ESSENTIALS}"' in way_on
    assert ASKED in page


def test_what_was_asked_for_is_said_before_certifying_until_something_was_changed(
    need: Returned,
) -> None:
    assert NOT_YET in seen(need, "/check")
    need.says(need.ana, "gap", "Ahora con los puestos del sur.")
    for path in ("", "/check", f"/sections/{ESSENTIALS}"):
        page = seen(need, path)
        assert MENDED in page
        assert ASKED not in page
        assert NOT_YET not in page


def test_the_officers_note_stands_once_and_with_what_was_asked_for(need: Returned) -> None:
    page = seen(need)
    assert page.count(NOTE) == 1
    assert NOTE in page.split('id="asked"')[1].split("</section>")[0]


def test_a_change_that_was_taken_back_is_none(need: Returned) -> None:
    before = need.now().value("gap")
    need.says(need.ana, "gap", "Por un momento.")
    need.says(need.ana, "gap", before)
    assert NOT_YET in seen(need, "/check")
