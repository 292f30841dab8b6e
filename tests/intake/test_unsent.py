"""Is text that could not be sent before its draft closed still there for whoever wrote it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.formats.spec import Format
from app.intake.models import Answer, Draft
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.test_together import site as site
from tests.intake.writing import Writer
from tests.support.accessible import assert_accessible
from tests.support.demonstration import sign_in

pytestmark = pytest.mark.browser

MINE = "Lo que <b>escribí</b> sin línea,\nen dos renglones."
UNSENT = "Object.keys(sessionStorage).filter(key => key.includes('unsent'))"
SAYS = {
    "es": ("Hay texto que usted escribió en este equipo y que no se envió", "Copiar", "Copiado"),
    "en": ("There is text you wrote on this computer that was not sent", "Copy", "Copied"),
}


@contextmanager
def closed(matrix: Matrix, need: str, *, opened_again: bool = False) -> Iterator[None]:
    """While the draft of a need is closed, and another one open with other words if asked."""
    of_need = Draft.dossier_id == need, Draft.closed_at.is_(None)
    with matrix.app.app_context(), transaction(writing=True) as session:
        draft = session.scalars(db.select(Draft).where(*of_need)).one()
        before, draft.closed_at = draft.id, clock.now()
        session.flush()
        if opened_again:
            session.add(_next(draft))
            session.flush()
            session.add(_words(session.scalars(db.select(Draft).where(*of_need)).one(), draft))
    try:
        yield
    finally:
        with matrix.app.app_context(), transaction(writing=True) as session:
            session.execute(db.update(Draft).where(*of_need).values(closed_at=clock.now()))
            session.execute(db.update(Draft).where(Draft.id == before).values(closed_at=None))


def _next(draft: Draft) -> Draft:
    return Draft(
        id=new_id(), organisation_id=draft.organisation_id, dossier_id=draft.dossier_id,
        format_version=draft.format_version, opened_by=draft.opened_by, opened_at=clock.now(),
        saved_at=clock.now(), on_behalf=draft.on_behalf,
    )  # fmt: skip


def _words(draft: Draft, before: Draft) -> Answer:
    return Answer(
        draft_id=draft.id, organisation_id=draft.organisation_id, row_id="", key="gap", revision=1,
        value="Lo que se certificó.", saved_by=before.opened_by, saved_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def ana(demonstration: Matrix, site: str, open_page: Callable[..., Page]) -> Page:
    """A contributor on a section of her draft."""
    page = open_page(base_url=site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, site, "hn.contributor")
    page.goto(Writer(demonstration).page("essentials"))
    return page


def need_of(page: Page) -> str:
    return page.url.split("/needs/")[1].split("/")[0]


def speak(page: Page, lang: str) -> None:
    other = page.locator(f'header button[lang="{lang}"]')
    if other.count():
        with page.expect_navigation():
            other.click()


def write_without_a_line(page: Page) -> None:
    page.context.route("**/answers/**", lambda route: route.abort())
    page.locator("input[name^='audience.'][name$='.women']").first.fill("31")
    page.locator("#gap").fill(MINE)
    page.locator("#title").focus()
    expect(page.locator("#gap")).to_have_value(MINE)
    assert len(page.evaluate(UNSENT)) == 2


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_record_shows_what_was_written_for_a_draft_that_closed_to_copy_or_delete(
    ana: Page, demonstration: Matrix, lang: str
) -> None:
    title, copy, copied = SAYS[lang]
    speak(ana, lang)
    section = ana.url
    question = ana.locator("label[for=gap]").evaluate("label => label.firstChild.textContent")
    write_without_a_line(ana)
    with closed(demonstration, need_of(ana)):
        ana.goto(section)
        assert "/sections/" not in ana.url, "a closed draft leads to its record"
        box = ana.locator("#unsent")
        expect(box.get_by_role("heading", name=title)).to_be_visible()
        mine = box.locator("article", has_text=question.strip())
        expect(mine.locator(".kept")).to_have_text(MINE, use_inner_text=True)
        cell = box.locator("article", has_text="31")
        expect(cell.get_by_role("heading")).to_contain_text(" · ")
        assert_accessible(ana)

        button = mine.get_by_role("button", name=copy)
        button.focus()
        ana.keyboard.press("Enter")
        expect(mine.get_by_role("button", name=copied)).to_be_focused()
        assert ana.evaluate("navigator.clipboard.readText()") == MINE

        delete_by_keyboard(ana)
        expect(mine).to_have_count(0)
        expect(cell.locator("summary")).to_be_focused()
        assert len(ana.evaluate(UNSENT)) == 1
        cell.get_by_role("button", name=copy).focus()
        delete_by_keyboard(ana)
        expect(box).to_be_hidden()
        assert not ana.evaluate(UNSENT)


def delete_by_keyboard(page: Page) -> None:
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert_accessible(page)
    page.keyboard.press("Enter")


def test_in_the_next_draft_it_stands_beside_the_newer_text_and_one_chooses(
    ana: Page, demonstration: Matrix
) -> None:
    section = ana.url
    write_without_a_line(ana)
    with closed(demonstration, need_of(ana), opened_again=True):
        ana.context.unroute("**/answers/**")
        ana.goto(section)
        panel = ana.locator("[id='saved-gap'].conflict")
        expect(panel).to_contain_text("Lo que se certificó.")
        expect(panel).to_contain_text("Lo que <b>escribí</b> sin línea")
        ana.goto(section.split("/sections/")[0])
        expect(ana.locator("#unsent")).to_contain_text("31"), "a row that is no longer there"
        ana.goto(section)
        panel.locator("[data-choose=mine]").click()
        expect(ana.locator("#saved-gap .saved-mark")).to_be_visible()
        expect(ana.locator("#gap")).to_have_value(MINE)


def test_a_record_shows_nothing_where_nothing_waits_for_it(ana: Page) -> None:
    ana.goto(ana.url.split("/sections/")[0])
    assert ana.locator("script[src*='unsent']").count() == 1
    expect(ana.locator("#unsent")).to_be_hidden()


def test_a_form_with_sensitive_answers_keeps_and_shows_nothing(
    ana: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Format, "is_sensitive", property(lambda _format: True))
    ana.reload()
    assert ana.locator("form[data-keep]").count() == 0
    ana.context.route("**/answers/**", lambda route: route.abort())
    ana.locator("#gap").fill(MINE)
    assert not ana.evaluate(UNSENT)
    ana.goto(ana.url.split("/sections/")[0])
    assert ana.locator("#unsent, script[src*='unsent']").count() == 0
