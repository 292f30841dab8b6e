"""Does a course happen in a browser, from its date to its replication, each side on its own pages?

The Secretariat reads in Spanish and Honduras in English; the host works without a script.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
TODAY = "24 de mayo de 2004"
TITLE = "Primera capacitación regional"


def save(page: Page) -> None:
    leading_on(page, page.locator("main form#work .buttons .govuk-button"))


def look(page: Page, path: str) -> None:
    """Open a page of the course, which everybody can use."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    assert_accessible(page)


def test_a_course_happens(demonstration_url: str, open_page: Callable[..., Page]) -> None:
    spanish = Stage(demonstration_url, "es", open_page)
    english = Stage(demonstration_url, "en", open_page)
    diego = spanish.enter("st.officer")
    diego.goto(f"{spanish.base}/courses")
    address = diego.locator("main a", has_text=TITLE).first.get_attribute("href")
    course = f"{spanish.base}{address}"

    diego.goto(f"{course}/edit")
    for name in ("decide_by", "starts_on", "ends_on"):
        diego.fill(f"#{name}", TODAY)
    save(diego)
    look(diego, f"{course}/delivery")
    save(diego)
    expect(diego.locator("#error-unpaid")).to_be_visible()
    diego.check("#unpaid")
    save(diego)
    expect(diego.locator("main")).to_contain_text("con fecha fijada")
    expect(diego.locator("main")).to_contain_text("la asistencia de cada país con cupos")
    save(diego)
    expect(diego.locator(".govuk-error-summary")).to_contain_text("Todavía falta algo")
    assert_accessible(diego)

    marta = english.enter("hn.focal")
    look(marta, f"{course}/nominations")
    look(marta, f"{course}/nomination")
    assert not marta.locator("#host_told").is_checked()
    marta.select_option("#profile_1", "consular")
    marta.fill("#rank_1", "Heads of post")
    marta.fill("#women_1", "50")
    save(marta)
    expect(marta.locator("#error-women_1")).to_be_visible()
    assert marta.locator("#rank_1").input_value() == "Heads of post"
    assert_accessible(marta)
    marta.fill("#women_1", "5")
    save(marta)
    expect(marta.locator("main")).to_contain_text("Heads of post")

    ana = spanish.enter("sv.focal", javascript=False)
    ana.goto(f"{course}/nominations")
    assert "Honduras" not in ana.locator("main").inner_text()
    ana.goto(f"{course}/schedule/new")
    for name, text in (("day", TODAY), ("starts", "09:00"), ("ends", "8:00"),
                       ("topic_es", "Conceptos básicos")):  # fmt: skip
        ana.fill(f"#{name}", text)
    save(ana)
    expect(ana.locator("#error-ends")).to_be_visible()
    ana.fill("#ends", "12:00")
    save(ana)
    expect(ana.locator("main")).to_contain_text("Conceptos básicos")
    look(diego, f"{course}/schedule")
    look(diego, diego.locator("main td a").first.evaluate("one => one.href"))

    look(diego, f"{course}/attendance")
    countries = diego.locator("main th a").evaluate_all("all => all.map(one => one.href)")
    for number, country in enumerate(countries):
        look(diego, country)
        diego.fill("#women", "3")
        diego.fill("#men", "1")
        diego.fill("#finished_women", "3")
        diego.fill("#finished_men", "1" if number else "0")
        save(diego)
        if not number:
            expect(diego.locator("#error-reason")).to_be_visible()
            diego.select_option("#reason", "travel")
            save(diego)
    look(diego, f"{course}/delivery")
    diego.check("#unpaid")
    save(diego)
    expect(diego.locator("main")).to_contain_text("realizado")
    look(marta, f"{course}/attendance")
    expect(marta.locator("main")).not_to_contain_text("Guatemala")

    look(diego, f"{course}/evaluation/new")
    diego.select_option("#kind", "confidence")
    diego.fill("#question_es", "¿Puede llevar una primera entrevista?")
    diego.locator("summary").last.click()
    diego.fill("#after_score_4", "2")
    diego.fill("#after_score_5", "1")
    save(diego)
    expect(diego.locator("main")).to_contain_text("pocas respuestas")
    look(diego, diego.locator("main th a").first.evaluate("one => one.href"))
    look(diego, f"{course}/delivery")
    save(diego)
    expect(diego.locator("main")).to_contain_text("evaluado")

    look(marta, f"{course}/replications/new")
    marta.fill("#held_on", "24 May 2004")
    marta.fill("#institution", "National Migration Institute")
    save(marta)
    expect(marta.locator("main")).to_contain_text("National Migration Institute")
    look(marta, f"{course}/follow-up")
    expect(marta.locator("main")).to_contain_text("Twelve months after the last day")
    look(diego, f"{spanish.base}/years")
    used = str(4 * len(countries))
    expect(diego.locator("main tbody tr").first).to_contain_text(used)
