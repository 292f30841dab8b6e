"""Is what was typed into a form that is sent as a whole still there until it was sent?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.test_reasons_kept import KEPT
from tests.intake.test_together import site as site
from tests.support.demonstration import sign_in

pytestmark = pytest.mark.browser

WORDS = "Capacitación en Tegucigalpa,\nde <b>tres</b> días."
HERE = {
    "call": lambda row, own: row["state"] == "open",
    "routing": lambda row, own: row["sponsor_id"] == own and row["state"] != "recalled",
    "edition": lambda row, own: row["state"] == "draft",
    "summary": lambda row, own: row["state"] == "prepared",
    "draft": lambda row, own: row["state"] == "draft" and row["organisation_id"] == own,
    "dossier": lambda row, own: row["state"] == "submitted",
}
FORMS = [
    ("st.officer", "dossier", "/needs/{}/comments?section=essentials", "#text"),
    ("st.officer", "summary", "/summaries/{}", "#why"),
    ("st.coordinator", "edition", "/reports/editions/{}/texts", "#introduction_es"),
    ("st.coordinator", "call", "/calls/{}/edit", "#guidance_es"),
    ("st.coordinator", "call", "/calls/{}/extension", "#reason"),
    ("st.officer", "call", "/calls/{}/contacts", "#note"),
    ("st.coordinator", "call", "/calls/{}/late-permission", "#reason"),
    ("st.officer", "call", "/needs/filings/new", "#note"),
    ("ca.pledger", "routing", "/received/{}", "#question"),
]


@pytest.fixture
def enter(
    demonstration: Matrix, site: str, open_page: Callable[..., Page]
) -> Callable[[str, str, str], Page]:
    """A window of `person` at the address of a record of `table`."""

    def go(person: str, table: str, address: str) -> Page:
        with demonstration.app.app_context():
            rows = rows_of("dossier" if table == "draft" else table)
        page = open_page(base_url=site)
        page.on("dialog", lambda dialog: dialog.accept())
        sign_in(page, site, person)
        own = page.evaluate("document.body.dataset.reader").split(":")[1]
        record = next(row["id"] for row in rows if HERE[table](row, own))
        page.goto(address.format(record))
        return page

    return go


@pytest.mark.parametrize(("person", "table", "address", "place"), FORMS)
def test_it_is_there_after_a_reload_and_after_leaving(
    enter: Callable[..., Page], person: str, table: str, address: str, place: str
) -> None:
    page = enter(person, table, address)
    where = page.url
    page.locator(place).fill(WORDS)
    page.reload()
    expect(page.locator(place)).to_have_value(WORDS)
    expect(page.locator(f"form:has({place}) > .govuk-inset-text")).to_be_visible()
    page.goto("/me")
    page.goto(where)
    expect(page.locator(place)).to_have_value(WORDS)
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/sign-in**")
    assert not page.evaluate(KEPT)


def test_what_is_saved_comes_back_instead_where_its_writer_says_so(
    enter: Callable[..., Page],
) -> None:
    page = enter("st.coordinator", "call", "/calls/{}/edit")
    text, note = page.locator("#guidance_es"), page.locator("#work > .govuk-inset-text")
    saved = text.input_value()
    expect(note).to_be_hidden()
    text.fill(WORDS)
    page.reload()
    expect(text).to_have_value(WORDS)
    note.get_by_role("link").click()
    expect(text).to_have_value(saved)
    expect(note).to_be_hidden()
    page.reload()
    expect(text).to_have_value(saved)
    expect(note).to_be_hidden()


def test_going_back_without_saving_lets_go_of_it(enter: Callable[..., Page]) -> None:
    page = enter("st.coordinator", "call", "/calls/{}/edit")
    where, text = page.url, page.locator("#guidance_es")
    saved = text.input_value()
    text.fill(WORDS)
    page.locator("#work .buttons a").click()
    page.wait_for_url(lambda url: url != where)
    page.goto(where)
    expect(text).to_have_value(saved)


def test_after_a_refusal_too_and_not_once_it_was_sent(enter: Callable[..., Page]) -> None:
    page = enter("st.officer", "dossier", "/needs/{}/comments?section=essentials")
    where = page.url
    page.locator("#text").fill(WORDS)
    with page.expect_navigation():
        page.locator("#work .buttons button").click()
    if page.locator(".govuk-error-summary").count():  # who may read it was not chosen
        page.goto(where)
        expect(page.locator("#text")).to_have_value(WORDS)
        page.locator("input[name=circle]").first.check()
        page.locator("#work .buttons button").click()
    expect(page.locator(".said").first).to_contain_text("Tegucigalpa")
    expect(page.locator("#text")).to_have_value("")
    assert not page.evaluate(KEPT)


def test_another_place_has_its_own(enter: Callable[..., Page]) -> None:
    page = enter("st.officer", "dossier", "/needs/{}/comments?section=essentials")
    page.locator("#text").fill(WORDS)
    page.goto(page.url.replace("section=essentials", "section=essentials&field=title"))
    expect(page.locator("#text")).to_have_value("")


def test_a_question_is_kept_while_the_answer_is_sent_and_goes_with_its_own_sending(
    enter: Callable[..., Page],
) -> None:
    page = enter("ca.pledger", "routing", "/received/{}")
    where = page.url
    page.locator("#question").fill(WORDS)
    page.locator("#reason").fill("Con gusto.")
    page.locator("input[name=state]").first.check()
    with page.expect_navigation():
        page.locator("#answer-form .buttons button").click()
    page.goto(where)
    expect(page.locator("#question")).to_have_value(WORDS)
    with page.expect_navigation():
        page.locator('button[formaction$="/questions"]').click()
    page.goto(where)
    expect(page.locator("#question")).to_have_value("")
    expect(page.locator("#reason")).to_have_value("Con gusto.")
    assert not page.evaluate(KEPT)


def test_over_a_colleagues_newer_text_the_server_is_asked(enter: Callable[..., Page]) -> None:
    page = enter("st.coordinator", "edition", "/reports/editions/{}/texts")
    where = page.url
    page.locator("#introduction_es").fill(WORDS)
    other = enter("st.officer", "edition", "/reports/editions/{}/texts")
    other.locator("#introduction_es").fill("Lo que escribió un colega.")
    with other.expect_navigation():
        other.locator("#work .buttons button").click()
    page.goto(where)
    expect(page.locator("#introduction_es")).to_have_value(WORDS)
    with page.expect_navigation():
        page.locator("#work .buttons button").click()
    expect(page.locator("main")).to_contain_text("Lo que escribió un colega.")
    expect(page.locator("#introduction_es")).to_have_value(WORDS)
    with page.expect_navigation():
        page.locator("#work .buttons button").click()
    assert not page.evaluate(KEPT)


def test_the_panel_beside_a_draft_keeps_it_too(enter: Callable[..., Page]) -> None:
    page = enter("hn.focal", "draft", "/needs/{}/sections/essentials")
    link = page.locator('.talks a[href$="field=title"]')
    link.click()
    page.locator("#talk textarea[name=text]").fill(WORDS)
    page.reload()
    link.click()
    expect(page.locator("#talk textarea[name=text]")).to_have_value(WORDS)
    if page.locator("#talk input[name=circle][type=radio]").count():
        page.locator("#talk input[name=circle]").first.check()
    page.locator("#talk .buttons button").click()
    expect(page.locator("#talk .said").last).to_contain_text("Tegucigalpa")
    expect(page.locator("#talk textarea[name=text]")).to_have_value("")
    page.wait_for_timeout(300)
    assert not page.evaluate(KEPT)
