"""Does a delegation begin needs with those of the last call, with a script and without one?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"way": "Partir de necesidades anteriores", "last": "Partir de la última convocatoria",
           "go": "Iniciar a partir de las marcadas", "from": "Comenzada a partir de",
           "none": "Marque al menos una", "two": "Se iniciaron 2 borradores"},
    "en": {"way": "Start from earlier needs", "last": "Start from the last call",
           "go": "Start from the marked needs", "from": "Started from",
           "none": "Mark at least one", "two": "2 drafts were started"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("es", True), ("en", False)])
def test_needs_begin_with_the_answers_of_earlier_ones(
    demonstration_url: str, open_page: Callable[..., Page], lang: str, javascript: bool
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    page = stage.enter("hn.contributor", javascript=javascript)
    page.goto(f"{stage.base}/needs")
    leading_on(page, page.get_by_role("link", name=words["way"]))
    if javascript:
        assert_accessible(page)

    leading_on(page, page.get_by_role("button", name=words["go"]))
    expect(page.locator(".govuk-error-summary")).to_contain_text(words["none"])
    last = page.get_by_role("link", name=words["last"])
    if last.count():
        leading_on(page, last)
    page.locator('input[name="from"]').first.check()
    title = page.locator('input[name="from"] + label').first.inner_text()
    leading_on(page, page.get_by_role("button", name=words["go"]))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text(words["from"])
    if javascript:
        assert_accessible(page)

    page.goto(f"{stage.base}/needs/beginning")
    for box in page.locator('input[name="from"]').all()[:2]:
        box.check()
    leading_on(page, page.get_by_role("button", name=words["go"]))
    expect(page.locator("body")).to_contain_text(words["two"])
