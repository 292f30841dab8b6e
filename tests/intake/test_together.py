"""Two people write in one draft, each in a browser: does everything arrive, and is nobody disturbed?"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app import clock
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Presence
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer
from tests.support.accessible import assert_accessible
from tests.support.demonstration import sign_in
from tests.support.live_server import serving

pytestmark = pytest.mark.browser
ANA, MARTA = "Ana Rivas (demostración)", "Marta Zelaya (demostración)"
HOSTILE = '"><img src=x onerror="document.title=\'pwned\'"> שלום {{7*7}} &lt;b&gt; </textarea>'
SOON = 20_000
"""Milliseconds in which something comes, at the latest."""


class Two:
    """Ana and Marta, each in a window of her own, on one section of one draft."""

    def __init__(self, matrix: Matrix, base: str, open_page: Callable[..., Page]) -> None:
        self.base, self.open_page = base, open_page
        self.need = Writer(matrix).need
        self.ana, self.marta = self.enter("hn.contributor"), self.enter("hn.focal")

    def enter(self, key: str, **options: Any) -> Page:
        page = self.open_page(**options)
        sign_in(page, self.base, key)
        page.goto(f"{self.base}/needs/{self.need}/sections/essentials")
        return page


class Counted:
    """An application that knows how many requests it is answering."""

    def __init__(self, app: Any) -> None:
        self.app, self.count, self.lock = app, 0, threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> Iterator[bytes]:
        self.add(1)
        try:
            with closing(self.app(environ, start_response)) as answer:
                yield from answer
        finally:
            self.add(-1)

    def add(self, number: int) -> None:
        with self.lock:
            self.count += number


@pytest.fixture
def site(demonstration: Matrix) -> Iterator[str]:
    """Where the application is found; afterwards nobody listens to it any more."""
    streams, under_way = demonstration.app.extensions["streams"], Counted(demonstration.app)
    with serving(under_way) as address:
        yield address
        streams.end_when(lambda: True)
        deadline = time.monotonic() + 30
        while streams.is_listening or under_way.count:
            assert time.monotonic() < deadline, (streams.is_listening, under_way.count)
            time.sleep(0.05)
        streams.end_when(lambda: False)
    with demonstration.app.app_context(), transaction(writing=True) as session:
        session.execute(db.delete(Presence.__table__))


@pytest.fixture
def two(demonstration: Matrix, site: str, open_page: Callable[..., Page]) -> Two:
    return Two(demonstration, site, open_page)


def wait_for(page: Page, held: list[Route]) -> None:
    """Until the page asked for what is held back."""
    deadline = time.monotonic() + SOON / 1000
    while not held and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert held


def note(page: Page, place: str) -> Any:
    return page.locator(f"[data-here='{place}']")


def test_different_fields_merge_and_focus_and_caret_stay(two: Two) -> None:
    ana, marta = two.ana, two.marta
    ana.locator("#gap").focus()
    marta.locator("#title").fill("Protección consular")
    marta.evaluate("document.getElementById('title').setSelectionRange(4, 8)")

    ana.locator("#gap").fill("Palabras de Ana en el otro campo.")

    expect(marta.locator("#gap")).to_have_value("Palabras de Ana en el otro campo.", timeout=SOON)
    expect(marta.locator(".changed")).to_contain_text(f"{ANA} cambió esta respuesta a las ")
    expect(marta.locator("#title")).to_be_focused()
    caret = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert marta.evaluate(caret) == [4, 8]
    expect(ana.locator("#title")).to_have_value("Protección consular", timeout=SOON)
    expect(ana.locator("#gap")).to_be_focused()
    for page in (ana, marta):
        page.reload()
        expect(page.locator("#title")).to_have_value("Protección consular")
        expect(page.locator("#gap")).to_have_value("Palabras de Ana en el otro campo.")


def test_choices_and_rows_of_a_colleague_appear_too(two: Two) -> None:
    ana, marta = two.ana, two.marta
    marta.locator("#title").focus()
    box = ana.locator("input[name=themes]").first
    ticked = not box.is_checked()
    box.click()
    women = ana.locator("input[name^='audience.'][name$='.women']").first
    women.fill("17")
    women.press("Tab")
    theirs = marta.locator("input[name=themes]").first
    expect(theirs).to_be_checked(checked=ticked, timeout=SOON)
    name = women.get_attribute("name")
    expect(marta.locator(f"input[name='{name}']")).to_have_value("17", timeout=SOON)
    expect(marta.locator("#title")).to_be_focused()


def test_a_field_with_the_focus_is_not_refreshed_and_says_that_it_was_changed(two: Two) -> None:
    ana, marta = two.ana, two.marta
    before = marta.locator("#gap").input_value()
    marta.locator("#gap").focus()

    ana.locator("#gap").fill("Mientras Marta mira.")

    changed = marta.locator(".changed")
    expect(changed).to_contain_text(f"{ANA} cambió esta respuesta", timeout=SOON)
    expect(changed).to_contain_text("Aquí sigue el texto anterior.")
    expect(marta.locator("#told")).to_contain_text(f"{ANA} cambió esta respuesta")
    assert marta.locator("#gap").input_value() == before
    marta.locator("#title").focus()
    expect(marta.locator("#gap")).to_have_value("Mientras Marta mira.", timeout=SOON)
    expect(changed).not_to_contain_text("anterior")


def test_the_same_field_gives_the_conflict_with_both_texts_and_hostile_text_is_text(
    two: Two,
) -> None:
    ana, marta = two.ana, two.marta
    marta.locator("#gap").focus()
    ana.locator("#gap").fill(f"Ana {HOSTILE}")
    expect(marta.locator(".changed")).to_be_visible(timeout=SOON)

    marta.locator("#gap").fill(f"Marta {HOSTILE}")

    panel = marta.locator("[data-conflict]")
    expect(panel).to_be_visible(timeout=SOON)
    expect(panel.locator(".texts")).to_contain_text(f"Ana {HOSTILE}")
    expect(panel.locator(".texts")).to_contain_text(f"Marta {HOSTILE}")
    expect(panel).to_contain_text(f"Texto de {ANA}")
    assert_accessible(marta)
    panel.get_by_role("button", name="Combinar").click()
    both = f"Ana {HOSTILE}\n\nMarta {HOSTILE}"
    ana.locator("#title").focus()
    expect(ana.locator("#gap")).to_have_value(both, timeout=SOON)
    for page in (ana, marta):
        assert page.locator("img[src=x]").count() == 0
        assert "pwned" not in page.title()


def test_somebody_in_a_field_is_named_beside_it_and_can_be_taken_over_by_keyboard(two: Two) -> None:
    ana, marta = two.ana, two.marta
    ana.locator("#gap").focus()

    here = note(marta, "gap")
    expect(here).to_contain_text(f"{ANA} está escribiendo aquí", timeout=SOON)
    expect(marta.locator("#company .people")).to_contain_text(f"{ANA} está en «¿Qué problema")
    described = marta.locator("#gap").get_attribute("aria-describedby") or ""
    assert "here-gap" in described.split(), "a screen reader says it at the field"
    assert_accessible(marta)

    marta.locator("#gap").focus()
    marta.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Escribir de todos modos")).to_be_focused()
    marta.keyboard.press("Enter")

    expect(marta.locator("#gap")).to_be_focused()
    expect(here).to_contain_text(f"{ANA} también está aquí", timeout=SOON)
    expect(note(ana, "gap")).to_contain_text(f"{MARTA} está escribiendo aquí", timeout=SOON)
    expect(ana.locator("#told")).to_contain_text(f"{MARTA} está escribiendo aquí")
    expect(ana.locator("#gap")).to_be_focused()


def test_two_windows_of_one_person_hear_of_each_other(two: Two) -> None:
    ana, other = two.ana, two.ana.context.new_page()
    other.goto(ana.url)
    ana.locator("#gap").focus()
    expect(note(other, "gap")).to_contain_text(
        "Usted está escribiendo aquí en otra ventana", timeout=SOON
    )
    other.locator("#gap").focus()

    ana.locator("#gap").fill("De la primera ventana.")

    changed = other.locator(".changed")
    expect(changed).to_contain_text("Usted cambió esta respuesta en otra ventana", timeout=SOON)
    expect(ana.locator(".changed")).to_have_count(0)
    other.locator("#gap").fill("De la segunda.")
    panel = other.locator("[data-conflict]")
    expect(panel).to_contain_text("Usted guardó otro texto en otra ventana", timeout=SOON)
    expect(panel.locator(".texts")).to_contain_text("De la primera ventana.")
    expect(panel.locator(".texts")).to_contain_text("De la segunda.")
    assert_accessible(other)

    other.goto("about:blank")
    expect(note(ana, "gap")).to_have_count(0, timeout=SOON)
    expect(note(two.marta, "gap")).to_contain_text(f"{ANA} está escribiendo aquí", timeout=SOON)


def test_who_leaves_is_no_longer_named(two: Two) -> None:
    two.ana.locator("#gap").focus()
    expect(note(two.marta, "gap")).to_be_visible(timeout=SOON)
    two.ana.goto("about:blank")
    expect(note(two.marta, "gap")).to_have_count(0, timeout=SOON)
    expect(two.marta.locator("#company")).to_contain_text("Nadie más en los últimos minutos.")
    assert "here-gap" not in (two.marta.locator("#gap").get_attribute("aria-describedby") or "")


def test_a_row_that_a_colleague_added_appears_and_saves_itself(two: Two) -> None:
    ana, marta = two.ana, two.marta
    cards = marta.locator("#audience .row-card")
    count = cards.count()
    marta.locator("#title").focus()
    with ana.expect_navigation():
        ana.locator("button[name=_add][value=audience]").click()

    expect(cards).to_have_count(count + 1, timeout=SOON)
    expect(marta.locator("#title")).to_be_focused()
    women = marta.locator("#audience .row-card").last.get_by_label("Mujeres")
    women.fill("5")
    women.press("Tab")
    name = women.get_attribute("name")
    expect(marta.locator(f"[id='saved-{name}'] time")).to_be_visible(timeout=SOON)
    expect(ana.locator(f"input[name='{name}']")).to_have_value("5", timeout=SOON)


def test_a_table_in_which_somebody_writes_is_drawn_anew_only_when_she_leaves_it(two: Two) -> None:
    ana, marta = two.ana, two.marta
    cards = marta.locator("#audience .row-card")
    count = cards.count()
    marta.locator("#audience input[name$='.men']").first.focus()
    with ana.expect_navigation():
        ana.locator("button[name=_add][value=audience]").click()

    expect(marta.locator(".rows-changed")).to_be_visible(timeout=SOON)
    expect(marta.locator("#audience input[name$='.men']").first).to_be_focused()
    expect(cards).to_have_count(count)
    marta.locator("#title").focus()
    expect(cards).to_have_count(count + 1, timeout=SOON)


def test_what_is_typed_in_a_table_while_it_is_fetched_anew_stays_and_is_sent(two: Two) -> None:
    ana, marta = two.ana, two.marta
    cards = marta.locator("#audience .row-card")
    count = cards.count()
    held: list[Route] = []
    marta.route("**/answers/audience", lambda route: held.append(route))
    marta.route("**/answers/audience/**", lambda route: route.abort())
    marta.locator("#title").focus()
    with ana.expect_navigation():
        ana.locator("button[name=_add][value=audience]").click()
    wait_for(marta, held)

    women = marta.locator("#audience input[name$='.women']").first
    women.fill("777")
    marta.locator("#title").focus()
    expect(marta.locator("#status")).to_contain_text("Sin conexión")
    held[0].continue_()

    expect(marta.locator(".rows-changed")).to_be_visible()
    expect(women).to_have_value("777")
    marta.unroute("**/answers/audience")
    marta.unroute("**/answers/audience/**")
    marta.evaluate("dispatchEvent(new Event('online'))")
    expect(marta.locator("#status")).to_contain_text("Todo guardado")
    expect(cards).to_have_count(count + 1, timeout=SOON)
    expect(women).to_have_value("777")
    expect(ana.locator("#audience input[name$='.women']").first).to_have_value("777", timeout=SOON)


@pytest.mark.parametrize("trouble", ["a dropped line", "a busy server"])
def test_what_could_not_be_fetched_once_is_fetched_again(two: Two, trouble: str) -> None:
    ana, marta = two.ana, two.marta
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if route.request.method != "GET" or route.request.url in failed:
            return route.continue_()
        failed.append(route.request.url)
        return route.abort() if trouble == "a dropped line" else route.fulfill(status=503)

    marta.route("**/answers/*", fail_once)
    cards = marta.locator("#audience .row-card")
    count = cards.count()
    marta.locator("#title").focus()
    ana.locator("#gap").fill(f"Que llegue también tras {trouble}.")
    with ana.expect_navigation():
        ana.locator("button[name=_add][value=audience]").click()

    expect(cards).to_have_count(count + 1, timeout=SOON)
    expect(marta.locator("#gap")).to_have_value(f"Que llegue también tras {trouble}.", timeout=SOON)
    assert len(failed) == 2, "the answer and the table"


def test_without_a_stream_the_page_asks(
    demonstration: Matrix, site: str, open_page: Callable[..., Page]
) -> None:
    streams = demonstration.app.extensions["streams"]
    most, streams.most = streams.most, 0
    try:
        two = Two(demonstration, site, open_page)
        two.marta.locator("#title").focus()
        two.ana.locator("#gap").fill("Sin corriente, preguntando.")
        expect(two.marta.locator("#gap")).to_have_value(
            "Sin corriente, preguntando.", timeout=40_000
        )
        assert len(streams) == 0
    finally:
        streams.most = most


def test_a_stream_that_something_holds_back_is_given_up_for_asking(two: Two) -> None:
    def hold_back(route: Route) -> None:
        """Never answers, as a proxy that waits for the end."""

    two.marta.route("**/live?*", hold_back)
    two.marta.reload()
    two.marta.locator("#title").focus()
    two.ana.locator("#gap").fill("Detrás de un proxy que espera.")
    expect(two.marta.locator("#gap")).to_have_value(
        "Detrás de un proxy que espera.", timeout=60_000
    )


def test_without_scripts_the_page_says_who_was_there(two: Two) -> None:
    two.ana.locator("#gap").focus()
    expect(note(two.marta, "gap")).to_be_visible(timeout=SOON)
    plain = two.enter("hn.focal", javascript=False)
    expect(plain.locator("#company .people")).to_contain_text(f"{ANA} está en «¿Qué problema")


@pytest.mark.parametrize(
    ("lang", "words"), [("es", "está escribiendo aquí"), ("en", "is writing here")]
)
def test_on_a_telephone_in_both_languages(two: Two, lang: str, words: str) -> None:
    page = two.enter("hn.focal", width=360)
    if page.locator("html").get_attribute("lang") != lang:
        with page.expect_navigation():
            page.locator(f'header button[lang="{lang}"]').click()
    two.ana.locator("#gap").focus()
    expect(note(page, "gap")).to_contain_text(re.compile(f"Ana Rivas.*{words}"), timeout=SOON)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(page)


def test_a_closed_draft_says_so(two: Two, demonstration: Matrix) -> None:
    from app.intake.models import Draft

    is_it = Draft.dossier_id == two.need, Draft.closed_at.is_(None)
    with demonstration.app.app_context(), transaction(writing=True) as session:
        draft = session.scalars(db.select(Draft.id).where(*is_it)).one()
        session.execute(db.update(Draft).where(*is_it).values(closed_at=clock.now()))
    try:
        expect(two.marta.locator("#company .closed")).to_be_visible(timeout=40_000)
    finally:
        with demonstration.app.app_context(), transaction(writing=True) as session:
            session.execute(db.update(Draft).where(Draft.id == draft).values(closed_at=None))
