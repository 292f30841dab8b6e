"""Can everybody of the demonstration sign in with one click, and do they find a desk?"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.cli.demo.people import SEATS
from app.intake.models import Dossier

KEYS = (
    "hn.contributor", "hn.colleague", "hn.focal", "sv.focal", "mx.focal", "ca.focal", "st.officer",
    "st.coordinator", "ca.pledger", "us.reader", "iom.pledger", "ar.observer", "ppt.reader",
    "hn.legal", "hn.prosecutor", "sv.prosecutor", "hn.child", "hn.border", "operator",
)  # fmt: skip
"""Those whom the product promises."""
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def signed_in(demonstration, key):
    browser = demonstration.test_client()
    chosen = browser.get("/demo/sign-in").get_data(as_text=True)
    answer = browser.post(
        "/demo/sign-in", data={"person": key, "csrf_token": CSRF.search(chosen)[1]}
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)[-2000:]
    return browser


def test_nobody_whom_the_product_promises_is_missing():
    assert set(KEYS) <= {"st.coordinator", *(seat.key for seat in SEATS)}


@pytest.mark.parametrize("key", KEYS)
def test_each_of_them_signs_in_and_gets_a_desk(demonstration, key):
    desk = signed_in(demonstration, key).get("/")
    page = desk.get_data(as_text=True)
    assert desk.status_code == 200
    assert "(demostración)" in page or "(demonstration)" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("key", "waits"),
    [
        ("hn.focal", "Niñas, niños y adolescentes que viajan con personas sin vínculo familiar"),
        ("hn.contributor", "Protección consular de personas tratadas y de migrantes varados"),
        ("st.officer", "Detección de trata|Análisis anticipado de pasajeros"),
        ("us.reader", "Law and concepts"),
        ("iom.pledger", "Investigación de redes de trata"),
        ("ppt.reader", "Recopilación de necesidades de capacitación, primera edición"),
    ],
)
def test_what_waits_for_somebody_stands_on_their_desk(demonstration, key, waits):
    assert re.search(waits, signed_in(demonstration, key).get("/").get_data(as_text=True))


def test_a_sponsor_sees_no_word_of_a_need_that_was_not_sent(demonstration):
    browser = signed_in(demonstration, "us.reader")
    pages = [browser.get(path).get_data(as_text=True) for path in ("/", "/received")]
    for page in pages:
        assert "Investigación financiera" not in page
        assert "Nicaragua" not in page


@pytest.mark.parametrize("key", ["hn.focal", "st.officer"])
def test_the_signed_letter_opens_from_the_version_that_it_cleared(demonstration, looking, key):
    need = looking.scalars(
        select(Dossier.id).where(Dossier.reference == "HND-2004-001")
    ).one()  # fmt: skip
    looking.rollback()
    browser = signed_in(demonstration, key)
    for page in ("versions/1", "versions/1/receipt"):
        text = browser.get(f"/needs/{need}/{page}").get_data(as_text=True)
        letter = browser.get(re.search(r'href="(/files/\w+)"', text)[1])
        assert (letter.status_code, letter.mimetype) == (200, "application/pdf")
        assert letter.get_data().startswith(b"%PDF-")
        letter.close()
