"""Are a reviewer's reasons still there after a reload, a lost line and a session that ended?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.access.matrix import Matrix
from tests.access.things import needs
from tests.access.world import demonstration as demonstration
from tests.intake.test_together import site as site
from tests.support.demonstration import sign_in

pytestmark = pytest.mark.browser

WHY = "Indique cuántas horas por día,\ny <b>en qué turno</b>."
NOTE = "Gracias por el envío."
KEPT = "[...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(k => k.includes('unsent'))"


@pytest.fixture
def officer(demonstration: Matrix, site: str, open_page: Callable[..., Page]) -> Page:
    """An officer who has written why a need comes back, and has sent nothing."""
    with demonstration.app.app_context():
        need = next(row["id"] for row in needs() if row["state"] == "submitted")
    page = open_page(base_url=site)
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, site, "st.officer")
    page.goto(f"/needs/{need}/review")
    page.locator("details.more summary").first.click()
    reason(page).fill(WHY)
    page.locator("#note").fill(NOTE)
    page.check('input[name="verdict"][value="return"]')
    return page


def reason(page: Page) -> Locator:
    return page.locator('textarea[name="reason.essentials"]')


def send(page: Page) -> None:
    page.locator(".decision button").click()


def test_a_reload_loses_nothing_and_shows_it_where_it_was_written(officer: Page) -> None:
    officer.reload()
    expect(reason(officer)).to_be_visible()
    expect(reason(officer)).to_have_value(WHY)
    expect(officer.locator("#note")).to_have_value(NOTE)
    reason(officer).fill("")
    officer.reload()
    expect(reason(officer)).to_have_value("")
    expect(officer.locator("#note")).to_have_value(NOTE)


def test_sent_without_a_line_it_is_there_when_the_page_is_opened_again(officer: Page) -> None:
    address = officer.url
    officer.context.set_offline(True)
    send(officer)
    officer.wait_for_timeout(500)
    officer.context.set_offline(False)
    officer.goto(address)
    expect(reason(officer)).to_have_value(WHY)


def test_a_session_that_ended_takes_the_text_through_signing_in(officer: Page, site: str) -> None:
    address = officer.url
    officer.context.clear_cookies()
    with officer.expect_navigation():
        send(officer)
    expect(officer.locator("main")).to_contain_text("Su sesión terminó")
    expect(officer.locator("main textarea").first).to_have_value(WHY)
    with officer.expect_navigation():
        officer.get_by_role("button", name="Iniciar sesión y seguir").click()
    with officer.expect_navigation():
        officer.locator('button[name="person"][value="st.officer"]').click()
    with officer.expect_navigation():
        officer.get_by_role("button", name="Volver a poner mi texto en el formulario").click()
    assert officer.url == address
    expect(reason(officer)).to_have_value(WHY)
    expect(officer.locator("#note")).to_have_value(NOTE)


def test_somebody_else_in_the_same_window_finds_nothing(officer: Page, site: str) -> None:
    address = officer.url
    officer.context.clear_cookies()
    sign_in(officer, site, "st.coordinator")
    officer.goto(address)
    expect(reason(officer)).to_have_value("")
    assert not officer.evaluate(KEPT)


def test_after_the_decision_the_browser_keeps_nothing_of_it(officer: Page) -> None:
    assert officer.evaluate(KEPT)
    with officer.expect_navigation():
        send(officer)
    assert "reviewed=yes" in officer.url
    expect(officer.locator("main")).to_contain_text("devuelta")
    assert not officer.evaluate(KEPT)
