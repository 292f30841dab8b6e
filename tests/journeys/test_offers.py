"""Do a sponsor offer, and a country offer to host, in a browser, with a script and without one?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"open": "abierto", "needed": "Lo que sea necesario", "amount": "18,400.50 USD",
           "expired": "Ese día ya pasó", "last": "31 de diciembre de 2004",
           "day": "14 de junio de 2004", "date": "fecha por comunicar", "renewed": "Se renovó",
           "withdrawn": "retirado", "next": "31 de diciembre de 2005"},
    "en": {"open": "open now", "needed": "As needed", "amount": "18,400.50 USD",
           "expired": "That day has passed", "last": "31 December 2004", "day": "14 June 2004",
           "date": "date to be communicated", "renewed": "Renewed", "withdrawn": "taken back",
           "next": "31 December 2005"},
}  # fmt: skip


def press(page: Page, then: str) -> None:
    leading_on(page, page.locator(f'button[name="then"][value="{then}"]'))


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_pledger_offers_renews_and_withdraws(
    demonstration_url: str, open_page: Callable[..., Page], lang: str
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    anne = stage.enter("ca.pledger")
    anne.goto(f"{stage.base}/offers/new")
    assert_accessible(anne)
    anne.fill("#title", f"Oferta de prueba {lang}")
    anne.check('input[name="kind"][value="one_time"]')
    anne.check('input[name="roles"][value="payer"]')
    anne.fill("#valid_until", "1 de enero de 2004" if lang == "es" else "1 January 2004")
    anne.select_option('[id="form.trainers_travel"]', "cash")
    anne.fill('[id="amount.trainers_travel"]', "18,400.50")
    anne.select_option('[id="form.materials"]', "in_kind")
    press(anne, "open")
    expect(anne.locator("#error-valid_until")).to_contain_text(words["expired"])
    assert anne.locator("#error-themes, #error-profiles").count() == 2
    expect(anne.locator('[id="error-currency.trainers_travel"]')).to_be_visible()
    assert anne.locator("#title").input_value() == f"Oferta de prueba {lang}"
    assert_accessible(anne)

    anne.check('input[name="themes"][value="T14"]')
    anne.check('input[name="profiles"][value="consular"]')
    anne.fill("#valid_until", words["last"])
    anne.select_option('[id="currency.trainers_travel"]', "USD")
    press(anne, "open")
    expect(anne.locator("h1")).to_have_text(f"Oferta de prueba {lang}")
    for said in ("open", "needed", "amount"):
        expect(anne.locator("main")).to_contain_text(words[said])
    assert_accessible(anne)
    offer = anne.url

    diego = stage.enter("st.officer")
    diego.goto(offer)
    expect(diego.locator("main")).to_contain_text(words["amount"])
    miller = stage.enter("us.reader")
    assert miller.goto(offer).status == 404

    anne.goto(f"{offer}/renewal")
    assert_accessible(anne)
    leading_on(anne, anne.locator("main form#work .govuk-button"))
    expect(anne.locator("main")).to_contain_text(words["renewed"])
    expect(anne.locator("main")).to_contain_text(words["next"])
    anne.goto(f"{offer}/withdrawal")
    anne.fill("#reason", "Sin fondos este año")
    leading_on(anne, anne.locator("main form#work .govuk-button"))
    expect(anne.locator("main")).to_contain_text(words["withdrawn"])
    diego.reload()
    expect(diego.locator("main")).to_contain_text("Sin fondos este año")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_country_offers_to_host_without_a_script(
    demonstration_url: str, open_page: Callable[..., Page], lang: str
) -> None:
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    denis = stage.enter("ni.focal", javascript=False)
    denis.goto(f"{stage.base}/offers/new")
    assert denis.locator("input[type=radio]:checked, input[type=checkbox]:checked").count() == 0
    denis.fill("#title", f"Sede de prueba {lang}")
    press(denis, "draft")
    draft = denis.url
    rosa = stage.enter("gt.focal", javascript=False)
    assert rosa.goto(draft).status == 404

    denis.goto(f"{draft}/edit")
    press(denis, "open")
    for name in ("kind", "date_known", "named_to_sponsors", "valid_until"):
        expect(denis.locator(f"#error-{name}")).to_be_visible()
    denis.check('input[name="kind"][value="one_time"]')
    denis.check('input[name="date_known"][value="no"]')
    denis.check('input[name="named_to_sponsors"][value="no"]')
    denis.fill("#remind_on", words["day"])
    denis.fill("#valid_until", words["last"])
    denis.select_option('[id="form.venue_logistics"]', "in_kind")
    press(denis, "open")
    expect(denis.locator("main")).to_contain_text(words["date"])

    denis.goto(stage.base)
    expect(denis.locator("#offer-dates + ul")).to_contain_text(f"Sede de prueba {lang}")
    rosa.goto(f"{stage.base}/offers?role=host")
    expect(rosa.locator("#results")).to_contain_text(f"Sede de prueba {lang}")
    rosa.goto(draft)
    assert rosa.locator("main a[href$='/edit'], main a[href$='/withdrawal']").count() == 0
