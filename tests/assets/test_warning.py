"""Is one told that the session ends, while there is still time?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MINUTE = 60_000


@pytest.fixture
def at_work(open_page, address, bench):
    """A page of somebody signed in for half an hour without work, ten hours in all, on a clock we move."""

    def open_it(**session):
        bench.session = {"idle_seconds": 1800, "left_seconds": 36000, **session}
        page = open_page(lang="es")
        page.clock.install()
        page.goto(address)
        return page

    return open_it


def warning(page):
    return page.locator("#session-warning")


def test_nothing_is_said_while_there_is_time(at_work):
    page = at_work()
    page.clock.run_for(20 * MINUTE)
    expect(warning(page)).to_be_hidden()


def test_some_minutes_before_the_end_one_is_told_and_may_stay(at_work):
    page = at_work()
    page.clock.run_for(25 * MINUTE)
    expect(warning(page)).to_contain_text(
        "Su sesión terminará en unos minutos por falta de actividad"
    )
    page.get_by_role("button", name="Seguir en la sesión").click()
    expect(warning(page)).to_be_hidden()
    page.clock.run_for(20 * MINUTE)
    expect(warning(page)).to_be_hidden()


def test_saving_an_answer_is_activity(at_work, bench):
    page = at_work()
    page.clock.run_for(20 * MINUTE)
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    expect(page.locator("[id='saved-title'] .saved-mark")).to_be_visible()
    page.clock.run_for(10 * MINUTE)
    expect(warning(page)).to_be_hidden()


def test_the_end_of_the_day_cannot_be_put_off(at_work):
    page = at_work(left_seconds=600)
    page.clock.run_for(6 * MINUTE)
    expect(warning(page)).to_contain_text("por el tiempo que lleva abierta")
    expect(warning(page).get_by_role("button")).to_be_hidden()


def test_after_the_end_the_way_back_is_shown_and_text_stays(at_work, bench):
    page = at_work()
    page.locator("#title").fill("Detección")
    page.locator("#gap").focus()
    expect(page.locator("[id='saved-title'] .saved-mark")).to_be_visible()
    page.clock.run_for(31 * MINUTE)
    expect(warning(page)).to_contain_text(
        "Su sesión terminó. Lo que escribió sigue en esta página."
    )
    expect(warning(page).get_by_role("link")).to_have_attribute("href", "/sign-in")
    expect(page.locator("#title")).to_have_value("Detección")
