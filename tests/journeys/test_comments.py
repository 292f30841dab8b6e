"""Do colleagues talk about a field while they draft, with a script and without one?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import people
from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"comment": "Comentar", "readers": "Lo leerá: su delegación", "reply": "Responder",
           "open": "1 comentario abierto", "settle": "Resolver", "settled": "resuelto",
           "yours": "Su respuesta"},
    "en": {"comment": "Comment", "readers": "It will be read by: your delegation",
           "reply": "Reply", "open": "1 open comment", "settle": "Settle",
           "settled": "settled", "yours": "Your reply"},
}  # fmt: skip


def place(page: Page, words: str) -> Locator:
    """The link beside the title that leads to what is said about it."""
    return page.locator('.talks a[href$="field=title"]', has_text=words)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_conversation_beside_the_draft(
    demonstration_url: str,
    open_page: Callable[..., Page],
    lang: str,
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    ana = stage.enter("hn.contributor")
    need = people.draft(stage, ana, f"Conversada {lang}")
    ana.goto(f"{need}/sections/essentials")
    ana.fill("#gap", "Esto se escribe y se guarda por sí mismo. " * 3)

    place(ana, words["comment"]).press("Enter")
    expect(ana.locator("#talk h2")).to_be_focused()
    expect(ana.locator("#talk")).to_contain_text(words["readers"])
    assert_accessible(ana)
    ana.locator("#talk textarea").fill("x" * 2001)
    ana.locator("#talk .buttons button").click()
    expect(ana.locator("#talk .govuk-error-message")).to_contain_text("2000")
    assert ana.locator("#talk textarea").input_value() == "x" * 2001
    assert_accessible(ana)
    ana.locator("#talk textarea").fill("¿Lo dejamos <b>así</b>?")
    ana.locator("#talk summary").click()
    ana.locator("#talk input[name=mentioned]").first.check()
    ana.locator("#talk .buttons button").click()
    expect(ana.locator("#talk .said")).to_contain_text("¿Lo dejamos <b>así</b>?")
    assert ana.url.endswith("/sections/essentials")
    assert ana.locator("#gap").input_value().startswith("Esto se escribe")

    luis = stage.enter("hn.focal")
    luis.goto(f"{need}/sections/essentials")
    place(luis, words["open"]).click()
    luis.locator("#talk .acts a").first.click()
    expect(luis.locator("#talk label[for=text]")).to_contain_text(words["yours"])
    luis.locator("#talk textarea").fill("Sí, así está bien.")
    luis.locator("#talk .buttons button").click()
    expect(luis.locator("#talk .replies")).to_contain_text("Sí, así está bien.")
    luis.locator("#talk").get_by_role("button", name=words["settle"]).click()
    expect(luis.locator("#talk")).to_contain_text(words["settled"])

    ana.reload()
    place(ana, words["comment"]).press("Enter")
    for text in ("Otra conversación", "Y otra en el mismo lugar"):
        ana.locator("#talk textarea").fill(text)
        ana.locator("#talk .buttons button").click()
        expect(ana.locator("#talk .said", has_text=text)).to_be_visible()
    assert_accessible(ana)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_conversation_without_javascript(
    demonstration_url: str,
    open_page: Callable[..., Page],
    lang: str,
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    page = stage.enter("hn.colleague", javascript=False)
    need = people.draft(stage, page, f"Sin guiones {lang}")
    page.goto(f"{need}/sections/essentials")

    leading_on(page, place(page, words["comment"]))
    page.fill("#text", "Texto que cambia de idioma")
    other = page.locator('header button[name="_lang"]')
    leading_on(page, other)
    assert page.locator("#text").input_value() == "Texto que cambia de idioma"
    leading_on(page, page.locator('header button[name="_lang"]'))
    leading_on(page, page.locator("form#work .buttons button"))
    expect(page.locator(".said")).to_contain_text("Texto que cambia de idioma")
    leading_on(page, page.get_by_role("link", name=words["reply"]))
    page.fill("#text", "Y una respuesta")
    leading_on(page, page.locator("form#work .buttons button"))
    expect(page.locator(".replies")).to_contain_text("Y una respuesta")

    page.goto(f"{need}/comments?section=essentials&field=title")
    page.locator(".withdrawing summary").first.click()
    leading_on(page, page.locator(".withdrawing button").first)
    expect(page.locator(".said .muted").first).to_be_visible()
    expect(page.locator(".withdrawing")).to_have_count(1)
