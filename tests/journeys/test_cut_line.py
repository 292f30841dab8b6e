"""Is everything stored once that was typed while the line was cut?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.people import Stage
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser

CUT = 30
TYPED = {
    "#title": "Entrevista a víctimas en la línea cortada",
    "#gap": "Nadie en el turno de la noche sabe entrevistar.",
    "input[name^='audience.'][name$='.women']": "12",
    "input[name^='audience.'][name$='.men']": "8",
    "#duration": "5",
}


@pytest.mark.parametrize(
    "ending",
    [
        "the line comes back",
        "the page is opened again",
        "the window was closed",
        "the line died under a press of the button",
    ],
)
def test_what_was_typed_in_five_fields_while_the_line_was_cut_is_stored_once(
    demonstration_url: str,
    open_page: Callable[..., Page],
    ending: str,
) -> None:
    stage = Stage(demonstration_url, "es", open_page)
    page = stage.enter("hn.contributor")
    page.on("dialog", lambda dialog: dialog.accept())
    if ending == "the window was closed":
        mark_as_ones_own_computer(stage, page)
    page.goto(f"{stage.base}/needs")
    stage.press(page, "start")
    here = page.url

    typed = dict(TYPED)
    if ending == "the line died under a press of the button":
        lose_the_line_under_a_press(stage, page, *typed.popitem())
    page.context.set_offline(True)
    for place, words in typed.items():
        page.locator(place).first.press_sequentially(words, delay=5)
        page.wait_for_timeout(1000 * CUT / len(TYPED))
    page.locator("h1").click()
    expect(page.locator("#status")).to_contain_text("Sin conexión")

    page = come_back(page, ending, here)
    expect(page.locator("#status")).to_contain_text("Todo guardado", timeout=90_000)
    assert kept_in_browser(page) == []

    page.goto(here)
    for place, words in TYPED.items():
        expect(page.locator(place).first).to_have_value(words)
        field = page.locator("[hx-put]", has=page.locator(place)).last
        revision = field.locator("[name^='_revision.']").first
        expect(revision).to_have_value(re.compile(r"^\w+:1$"))
    stage.press(page, "check")
    assert page.url.endswith("/check")


def lose_the_line_under_a_press(stage: Stage, page: Page, place: str, words: str) -> None:
    """The field that was just left is under way when the button is pressed, and never arrives."""
    under_way: list[Route] = []
    page.route("**/answers/**", lambda route: under_way.append(route))
    page.locator(place).first.press_sequentially(words, delay=5)
    page.get_by_role("button", name=stage.says("check")).click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    assert under_way, "the field was under way"
    for each in list(under_way):
        each.abort()
    page.unroute("**/answers/**")


def mark_as_ones_own_computer(stage: Stage, page: Page) -> None:
    page.goto(f"{stage.base}/me")
    page.get_by_role("button", name="Este equipo lo uso solo yo").click()
    expect(page.locator("main")).to_contain_text("Marcado como equipo que usa solo usted")


def come_back(page: Page, ending: str, here: str) -> Page:
    """The line is there again, and the page goes on, is drawn anew, or is another window's."""
    context = page.context
    if ending == "the window was closed":
        page.wait_for_timeout(10_000)  # younger text of a closed window may still be another's work
        page.close(run_before_unload=False)
        context.set_offline(False)
        page = context.new_page()
        page.goto(here)
    elif ending == "the page is opened again":
        # Both at once would be the first case: the page sends as soon as the line is there.
        context.route("**/answers/**", lambda route: route.abort())
        context.set_offline(False)
        page.reload()
        context.unroute("**/answers/**")
    else:
        context.set_offline(False)
    return page


def kept_in_browser(page: Page) -> list[str]:
    return page.evaluate(
        "[...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(k => k.includes('unsent'))"
    )
