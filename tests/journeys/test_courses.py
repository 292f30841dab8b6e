"""Does a need become a course that Canada pays part of, from the Secretariat's plan to the confirmation?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"make": "Crear el curso", "save": "Guardar", "send": "Remitir", "interest": "Nos interesa",
           "offer": "Enviar el ofrecimiento", "word": "Enviar nuestra respuesta",
           "confirm": "Confirmar nuestro aporte", "confirmed": "aporte confirmado",
           "missing": "Falta: 1,500.00", "day": "30 de julio de 2004"},
    "en": {"make": "Make the course", "save": "Save", "send": "Send", "interest": "We are interested",
           "offer": "Send the offer", "word": "Send our word", "confirm": "Confirm our pledge",
           "confirmed": "funds confirmed", "missing": "Missing: 1,500.00", "day": "30 July 2004"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("es", True), ("en", False)])
def test_a_need_becomes_a_course_that_is_pledged_to(
    demonstration_url: str, open_page: Callable[..., Page], lang: str, javascript: bool
) -> None:  # fmt: skip
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]

    def look(page: Page) -> None:
        if javascript:
            assert_accessible(page)

    def press(page: Page, key: str) -> None:
        leading_on(page, page.get_by_role("button", name=words[key], exact=True).first)

    title = f"Curso {lang}"
    officer = stage.enter("st.officer", javascript=javascript)
    course = plan(stage, officer, title, words, look, press)

    canada = stage.enter("ca.pledger", javascript=javascript)
    canada.goto(f"{stage.base}/received/courses")
    look(canada)
    leading_on(canada, canada.get_by_role("link", name=title))
    look(canada)
    received = canada.url
    press(canada, "interest")
    canada.goto(f"{received}/offer")
    look(canada)
    canada.fill("#amount-materials", "1600")
    press(canada, "offer")
    expect(canada.locator(".govuk-error-summary")).to_contain_text("1,500.00")
    expect(canada.locator("main")).to_contain_text(words["missing"])
    canada.fill("#amount-materials", "900")
    press(canada, "offer")

    honduras = stage.enter("hn.focal", javascript=javascript)
    honduras.goto(f"{stage.base}/")
    leading_on(honduras, honduras.locator('main a[href^="/pledges/"]', has_text=title))
    look(honduras)
    honduras.check('input[name="verdict"][value="accepted"]')
    press(honduras, "word")

    canada.goto(received)
    press(canada, "confirm")
    expect(canada.locator("main")).to_contain_text(words["confirmed"])
    officer.goto(course)
    look(officer)
    expect(officer.locator("main")).to_contain_text(words["confirmed"])
    expect(officer.locator("tfoot").first).to_contain_text("900.00")


def plan(
    stage: Stage, page: Page, title: str, words: dict[str, str], look: Callable[[Page], None],
    press: Callable[[Page, str], None],
) -> str:  # fmt: skip
    """The officer makes the course of Honduras's need and sends it to Canada; its address."""
    page.goto(f"{stage.base}/courses/new")
    look(page)
    page.fill("#title_es", title)
    page.fill("#title_en", title)
    page.get_by_label(re.compile("HND-2004-001")).check()
    press(page, "make")
    course = page.url
    look(page)
    for part, fields in (
        ("costs", {"#amount-materials": "1500", "#amount-participants_travel": "400"}),
        ("edit", {"#decide_by": words["day"]}),
        # Two alone, so that another course of the same need has some left.
        ("seats", {'input[name^="seats-"]': "2"}),
    ):
        page.goto(f"{course}/{part}")
        look(page)
        for place, text in fields.items():
            page.fill(place, text)
        if part == "costs":
            page.check("#each-participants_travel")
        press(page, "save")
        assert page.url.startswith(course), page.locator(".govuk-error-summary").inner_text()
    page.goto(f"{course}/sheet")
    look(page)
    page.get_by_label(re.compile("^Canad")).check()
    page.fill("#why", "Corresponde a lo que ofrecieron / It fits what you offered")
    press(page, "send")
    return course
