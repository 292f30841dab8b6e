"""What would 40,000 complete, for Canada and for the United States, in their page and in the PDF?"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import Demonstration, own_demonstration  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
FIRST = {
    "es": "Primera capacitación regional de personal consular y de migración",
    "en": "First regional training of consular and migration staff",
}
SECOND = {"es": "Investigación de la trata", "en": "Investigating trafficking"}
WORDS = {
    "es": {"menu": "Tengo un monto", "reckon": "Calcular", "whole": "queda completo",
           "pdf": "Justificación, una página", "other": "en inglés", "offer": "Ofrecer esto",
           "unserved": "Qué queda sin atender", "proven": "no hay un reparto mejor"},
    "en": {"menu": "I have a sum", "reckon": "Calculate", "whole": "becomes whole",
           "pdf": "Justification, one page", "other": "in Spanish", "offer": "Offer this",
           "unserved": "What stays unserved", "proven": "no better use exists"},
}  # fmt: skip
NAMES = {
    "ca.pledger": {"es": "Canadá, cooperación", "en": "Canada, cooperation"},
    "us.focal": {"es": "Estados Unidos, cooperación", "en": "United States, cooperation"},
}
UNNAMED = re.compile("guatem|gtm|nicarag|nic-", re.IGNORECASE)
"""The countries of both courses that did not agree to be named to sponsors."""


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("person", ["ca.pledger", "us.focal"])
def test_a_sponsor_asks_what_forty_thousand_would_complete(
    own_demonstration: Demonstration, open_page: Callable[..., Page], person: str, lang: str
) -> None:
    stage, words, sponsor = (
        Stage(own_demonstration.url, lang, open_page),
        WORDS[lang],
        NAMES[person],
    )
    page = stage.enter(person)
    acts_for = page.locator(".who a")
    if sponsor[lang] not in acts_for.inner_text():  # a delegation's focal point, its sponsor's too
        leading_on(page, acts_for)
        leading_on(page, page.get_by_role("button", name=re.compile(sponsor[lang])))
    page.goto(stage.base)
    leading_on(page, page.get_by_role("link", name=words["menu"]))
    assert_accessible(page)
    page.fill("#amount", "40,000")
    leading_on(page, page.get_by_role("button", name=words["reckon"]))
    assert_accessible(page)

    first = page.locator("tbody tr", has_text=FIRST[lang])
    expect(first).to_contain_text(words["whole"])
    second = page.locator("tbody tr", has_text=SECOND[lang])
    expect(second).not_to_contain_text(words["whole"])
    expect(page.locator("main")).to_contain_text(words["unserved"])
    expect(page.locator("main")).to_contain_text(words["proven"])
    assert not UNNAMED.search(page.content())
    answer = page.url

    in_own, in_other = (_printed(page, words[each]) for each in ("pdf", "other"))
    for text, language in ((in_own, lang), (in_other, {"es": "en", "en": "es"}[lang])):
        assert sponsor[language] in text
        assert FIRST[language] in text
        assert text.count(SECOND[language]) >= 2  # what is paid of it, and what it is about
        assert "40,000.00 USD" in text
        assert not UNNAMED.search(text)

    gives = first.locator("td").first.inner_text()
    leading_on(page, page.get_by_role("link", name=re.compile(f"{words['offer']}.*{FIRST[lang]}")))
    assert_accessible(page)
    assert not UNNAMED.search(page.content())
    travel = page.input_value("#amount-participants_travel")
    assert travel == "12,000"
    assert f": {travel}.00" in gives
    filled = [field.input_value() for field in page.locator('input[name^="amount-"]').all()]
    assert len([each for each in filled if each]) == 7
    page.goto(answer)
    expect(page.locator("#amount")).to_have_value("40,000")


def _printed(page: Page, words: str) -> str:
    """What stands in the PDF to which these words lead: one page."""
    with page.expect_download() as download:
        page.get_by_role("link", name=words).click()
    document = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert len(document.pages) == 1
    return " ".join(document.pages[0].extract_text().split())
