"""Does the Secretariat have courses proposed, understand them, change one and adopt it?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"see": "Cursos propuestos", "propose": "Proponer cursos", "proven": "Está demostrado", "left": "Qué queda sin atender y por qué",
           "from": "Datos con los que se calculó", "look": "Revisarlo y adoptarlo",
           "adopt": "Adoptar este curso", "beyond": "tendría más de lo que pide",
           "planned": "El curso quedó en preparación", "back": "Ver la propuesta"},
    "en": {"see": "Proposed courses", "propose": "Propose courses", "proven": "Proven:", "left": "What stays unserved, and why",
           "from": "All that it was computed from", "look": "Look at it and adopt it",
           "adopt": "Adopt this course", "beyond": "would have more than it asks for",
           "planned": "The course is planned", "back": "See the proposal"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("en", False), ("es", True)])
def test_a_course_is_proposed_changed_and_adopted(
    demonstration_url: str, open_page: Callable[..., Page], lang: str, javascript: bool
) -> None:
    words = WORDS[lang]
    page = Stage(demonstration_url, lang, open_page).enter("st.officer", javascript=javascript)
    main = page.locator("main")
    page.goto(f"{demonstration_url}/courses")
    leading_on(page, page.get_by_role("link", name=words["see"]))
    _checked(page, javascript)
    leading_on(page, page.get_by_role("link", name=words["propose"]).first)
    _checked(page, javascript)
    # Each language adopts a course at the same host, which what was adopted before is taken off.
    page.locator('input[name="courses_of_host"]').fill("2")
    leading_on(page, page.get_by_role("main").get_by_role("button", name=words["propose"]))
    # With a script the page comes along by itself, without one it is asked for again.
    while not javascript and not main.get_by_text(words["left"]).count():
        page.reload()
    expect(main).to_contain_text(words["left"])
    expect(main).to_contain_text(words["proven"])
    _checked(page, javascript)
    leading_on(page, page.get_by_role("link", name=words["from"]))
    _checked(page, javascript)
    page.go_back()

    leading_on(page, page.get_by_role("link", name=words["look"]).first)
    inputs = page.locator('input[name^="seats-"]')
    seats, others = inputs.first, inputs.last
    given, others_given = int(seats.input_value()), int(others.input_value())
    seats.fill("9000")
    leading_on(page, page.get_by_role("button", name=words["adopt"]))
    expect(main).to_contain_text(words["beyond"])
    expect(seats).to_have_value("9000")
    _checked(page, javascript)
    # The group asks for exactly so many: what one gets more, another gets less.
    seats.fill(str(given + 1))
    others.fill(str(others_given - 1))
    leading_on(page, page.get_by_role("button", name=words["adopt"]))
    expect(main).to_contain_text(words["planned"])
    leading_on(page, page.get_by_role("link", name=words["back"]))
    expect(main).to_contain_text(words["proven"])
    _checked(page, javascript)


def _checked(page: Page, javascript: bool) -> None:
    if javascript:
        assert_accessible(page)
