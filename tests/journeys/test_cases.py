"""Do units of three countries exchange the case of an adult with two children, in the browser, from draft to close?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import Demonstration, own_demonstration  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"new": "Nueva comunicación", "open": "Abrir el borrador", "next": "Guardar y continuar",
           "add": "Agregar", "certify": "Ir a certificar", "release": "Certificar y enviar",
           "receipt": "Dar el acuse", "unseal": "Abrir lo sellado", "ask": "Solicitar algo",
           "answer": "Respuesta", "close": "Comunicar el cierre", "accepted": "con acuse de recibo",
           "opened": "abierta", "proposal": "El formato es una propuesta", "stay": "Guardar y quedarse",
           "check": "Guardar y revisar"},
    "en": {"new": "New communication", "open": "Open the draft", "next": "Save and continue",
           "add": "Add", "certify": "Go on to certify", "release": "Certify and release",
           "receipt": "Give the receipt", "unseal": "Open what is sealed", "ask": "Ask something",
           "answer": "Answer", "close": "Tell that it is closed", "accepted": "receipt given",
           "opened": "opened", "proposal": "The format is a proposal", "stay": "Save and stay",
           "check": "Save and check"},
}  # fmt: skip
ADULT, GIRL, BOY = "Ejemplo-Adulta", "Ejemplo-Niña", "Ejemplo-Niño"
TO = {"es": ("Fiscalía, Unidad contra la Trata, El Salvador", "Protección de la niñez, Guatemala"),
      "en": ("Prosecution, Anti-Trafficking Unit, El Salvador", "Child Protection, Guatemala")}  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
def test_three_countries_exchange_a_case(
    own_demonstration: Demonstration, open_page: Callable[..., Page], lang: str
) -> None:
    journey = Journey(Stage(own_demonstration.url, lang, open_page), WORDS[lang])
    reference = journey.honduras_writes_and_releases()
    journey.el_salvador_opens_and_accepts(reference)
    journey.guatemala_opens(reference)
    journey.honduras_sees_the_receipts(reference)
    journey.el_salvador_asks(reference)


class Journey:
    """One case, from its first word to its end."""

    def __init__(self, stage: Stage, words: dict[str, str]) -> None:
        self.stage, self.words = stage, words
        self.hn = stage.enter("hn.prosecutor")
        self.sv = stage.enter("sv.prosecutor")
        self.gt = stage.enter("gt.child")

    def press(self, page: Page, key: str) -> None:
        words = re.compile(rf"^\s*{re.escape(self.words[key])}")
        button = page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words))
        leading_on(page, button.first)

    def begin(self, page: Page, kind: str) -> None:
        page.goto(f"{self.stage.base}/cases")
        self.press(page, "new")
        page.check(f'input[name="kind"][value="{kind}"]')
        page.check('input[name="reality"][value="practice"]')
        assert_accessible(page)
        self.press(page, "open")

    def honduras_writes_and_releases(self) -> str:
        page = self.hn
        self.begin(page, "CASE_SHARE")
        case = page.url
        page.goto(f"{case}/sections/envelope")
        page.check('input[name="tlp"][value="GREEN"]')
        for unit in TO[self.stage.lang]:
            page.get_by_label(unit).check()
        page.check('input[name="purpose"][value="PROTECTION"]')
        page.select_option('select[name="legal_basis.code"]', "TREATY")
        page.fill('input[name="legal_basis.detail"]', "Palermo, art. 10")
        assert_accessible(page)
        self.press(page, "next")
        page.check('input[name="crime_type"][value="MINOR_TRAVEL"]')
        page.fill('[name="detection_date"]', "05/2004")
        page.select_option('[name="detection_country"]', "HN")
        page.fill('[name="detection_admin1"]', "Cortés")
        page.fill('[name="summary"]', "An adult travels with two children.")
        self.press(page, "next")
        for who, role, age in ((ADULT, "ACCOMPANYING_ADULT", "25-34"), (GIRL, "MINOR", "6-11"),
                               (BOY, "MINOR", "6-11")):  # fmt: skip
            self.add_person(case, who, role, age)
        page.goto(f"{case}/sections/minors")
        for child in (GIRL, BOY):
            self.add_minor(case, child)
        page.goto(f"{case}/check")
        assert_accessible(page)
        expect(page.locator("main")).not_to_contain_text(ADULT)
        self.press(page, "certify")
        assert_accessible(page)
        self.press(page, "release")
        expect(page.locator("main")).to_contain_text(self.words["proposal"])
        found = re.search(r"CRM-HND-2004-[A-Z0-9]{6}", page.locator("main").inner_text())
        assert found is not None
        return found[0]

    def add_person(self, case: str, who: str, role: str, age: str) -> None:
        page = self.hn
        page.goto(f"{case}/sections/persons")
        leading_on(page, page.locator('button[name="_add"][value="persons"]'))
        page.locator(f'input[name$=".person_role"][value="{role}"]').or_(
            page.locator('select[name$=".person_role"]')
        ).first.wait_for()
        if page.locator('select[name$=".person_role"]').count():
            page.select_option('select[name$=".person_role"]', role)
            page.select_option('select[name$=".age_band"]', age)
        else:
            page.check(f'input[name$=".person_role"][value="{role}"]')
            page.check(f'input[name$=".age_band"][value="{age}"]')
        page.fill('input[name$=".given_names"]', who)
        page.select_option('select[name$=".asylum_flag.code"]', "NO_INDICATION")
        page.fill('input[name$=".asylum_flag.detail"]', "Unidad, 24/05/2004")
        self.press(page, "next")

    def add_minor(self, case: str, child: str) -> None:
        page = self.hn
        page.goto(f"{case}/sections/minors")
        leading_on(page, page.locator('button[name="_add"][value="minors"]'))
        index = 1 if child == GIRL else 2
        page.locator('select[name$=".minor_local_id"]').select_option(index=index + 1)
        page.locator('select[name$=".accompanying_local_id"]').select_option(index=1)
        self.press(page, "next")

    def received(self, page: Page, reference: str) -> None:
        """Open what arrived; it follows its release within moments."""
        link = page.get_by_role("link", name=reference)
        for _try in range(60):
            page.goto(f"{self.stage.base}/received/cases")
            if link.count():
                break
            page.wait_for_timeout(500)
        leading_on(page, link)

    def el_salvador_opens_and_accepts(self, reference: str) -> None:
        page = self.sv
        self.received(page, reference)
        assert_accessible(page)
        expect(page.locator("main")).not_to_contain_text(ADULT)
        page.check('input[name="purpose"][value="protecting"]')
        self.press(page, "unseal")
        for who in (ADULT, GIRL, BOY):
            expect(page.locator("main")).to_contain_text(who)
        assert (
            page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").count(ADULT)
            == 0
        )
        self.received(page, reference)
        page.check('input[name="verb"][value="accept"]')
        self.press(page, "receipt")
        expect(page.locator("main")).to_contain_text(self.words["accepted"])

    def guatemala_opens(self, reference: str) -> None:
        page = self.gt
        self.received(page, reference)
        assert_accessible(page)

    def honduras_sees_the_receipts(self, reference: str) -> None:
        page = self.hn
        page.goto(f"{self.stage.base}/cases")
        leading_on(page, page.get_by_role("link", name=reference))
        assert_accessible(page)
        for word in ("accepted", "opened"):
            expect(page.locator("main")).to_contain_text(self.words[word])

    def el_salvador_asks(self, reference: str) -> None:
        page = self.sv
        self.received(page, reference)
        self.press(page, "ask")
        expect(page.locator("main")).to_contain_text(reference)
