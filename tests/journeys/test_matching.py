"""Does an officer come from a need to the offers that fit, see why, and begin a message to the sponsor?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"fit": "¿Qué ofrecimientos coinciden?", "compute": "Calcular", "kept": "Calculado y guardado",
           "why": "Por qué: cada criterio", "theme": "Contenido temático", "again": "Calcular esta misma",
           "same": "byte a byte", "weights": "Pesos, versión 1", "near": "fallan? en un criterio",
           "back": "¿Con qué necesidades coincide?"},
    "en": {"fit": "Which offers fit?", "compute": "Compute", "kept": "Computed and kept",
           "why": "Why: each criterion", "theme": "Thematic content", "again": "Judge this ranking",
           "same": "byte for byte", "weights": "Weights, version 1", "near": "fails? one criterion",
           "back": "Which needs does it fit?"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("es", True), ("en", False)])
def test_an_officer_finds_out_which_offers_fit_and_why(
    demonstration_url: str, open_page: Callable[..., Page], lang: str, javascript: bool
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    page = stage.enter("st.officer", javascript=javascript)
    page.goto(f"{demonstration_url}/needs?state=accepted")
    # Each language with a need of its own: for the other's it may be computed already.
    needs = page.locator('main th a[href^="/needs/"]')
    (needs.first if lang == "es" else needs.last).click()
    page.get_by_role("link", name=words["fit"]).click()
    _checked(page, javascript)
    page.get_by_role("main").get_by_role("button", name=words["compute"]).first.click()
    expect(page.locator("main")).to_contain_text(words["kept"])
    if not page.locator("#place-1").count():
        page.locator(".figures a").nth(1).click()
    first = page.locator("section", has=page.locator("#place-1"))
    expect(first).to_contain_text("100")
    if not first.locator("details[open]").count():
        first.get_by_text(words["why"]).click()
    expect(first.locator("table")).to_contain_text(words["theme"])
    _checked(page, javascript)
    offer = first.locator("h3 a")
    title = offer.inner_text()

    page.get_by_role("link", name=words["again"]).click()
    expect(page.locator("main")).to_contain_text(words["same"])
    page.get_by_role("link", name=words["weights"]).click()
    expect(page.locator("h1")).to_be_visible()
    _checked(page, javascript)
    page.go_back()
    page.locator("section", has=page.locator("#place-1")).locator("h3 a").click()
    expect(page.locator("h1")).to_have_text(title)
    page.get_by_role("link", name=words["back"]).click()
    expect(page.locator("h1")).to_have_text(words["back"])
    _checked(page, javascript)


def _checked(page: Page, javascript: bool) -> None:
    if javascript:
        assert_accessible(page)
