"""Do units of three countries exchange the case of an adult with two children, in the browser, from draft to close?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, leading_on
from tests.support.accessible import assert_accessible
from tests.support.demonstration import Demonstration, own_demonstration  # noqa: F401, a fixture
from tests.support.patience import wait_until

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"new": "Nueva comunicación", "open": "Abrir el borrador", "next": "Guardar y continuar",
           "add": "Agregar", "certify": "Ir a certificar", "release": "Certificar y enviar",
           "receipt": "Dar el acuse", "unseal": "Abrir lo sellado", "ask": "Solicitar algo",
           "answer": "Respuesta", "close": "Comunicar el cierre", "accepted": "aceptada",
           "opened": "abierta", "proposal": "El formato es una propuesta", "stay": "Guardar y quedarse",
           "back": "Guardar y volver a la lista",
           "own reserve": "Reservado por su propio país", "follow": "Dar seguimiento a NNA",
           "begin to follow": "Empezar el seguimiento", "due": "Seguimientos para esta semana",
           "reminded": "Un seguimiento de su unidad espera",
           "born": "Fecha de nacimiento", "age": "6 a 11 años en parte"},
    "en": {"new": "New communication", "open": "Open the draft", "next": "Save and continue",
           "add": "Add", "certify": "Go on to certify", "release": "Certify and release",
           "receipt": "Give the receipt", "unseal": "Open what is sealed", "ask": "Ask something",
           "answer": "Answer", "close": "Say that it is closed", "accepted": "receipt given",
           "opened": "opened", "proposal": "The format is a proposal", "stay": "Save and stay",
           "back": "Save and go back to the list",
           "own reserve": "Reserved by your own country", "follow": "Follow a child",
           "begin to follow": "Begin to follow", "due": "Follow-ups due this week",
           "reminded": "A follow-up of your unit waits",
           "born": "Date of birth", "age": "6 to 11 years in part"},
}  # fmt: skip
ADULT, GIRL, BOY, PHONE = "Ejemplo-Adulta", "Ejemplo-Niña", "Ejemplo-Niño", "+504 2200 0000"
FROM = "NI"
"""Of where the persons are: of no country that is told."""
DUE, DAYS_UNTIL_DUE, NOTE = "2004-06-03", 9, "Ejemplo-Consulado"
TO = {"es": ("Fiscalía, Unidad contra la Trata, El Salvador", "Protección de la niñez, Guatemala"),
      "en": ("Prosecution, Anti-Trafficking Unit, El Salvador", "Child Protection, Guatemala")}  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
def test_three_countries_exchange_a_case(
    own_demonstration: Demonstration, open_page: Callable[..., Page], lang: str
) -> None:
    journey = Journey(Stage(own_demonstration.url, lang, open_page), WORDS[lang])
    reference = journey.honduras_writes_and_releases()
    journey.el_salvador_opens_and_accepts(reference)
    journey.guatemala_gets_all_but_what_it_does_not_receive(reference)
    journey.guatemala_follows_the_girl(reference)
    journey.honduras_sees_the_receipts(reference)
    request = journey.el_salvador_asks(reference)
    reply = journey.honduras_reads_it_masked_and_answers(request)
    own_demonstration.let_pass(DAYS_UNTIL_DUE, job="case-follow-ups-by-the-clock")
    journey.guatemala_is_reminded_and_looks_again()
    journey.el_salvador_closes(reply)


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
            self.add_person(page, case, who, role, age=age)
        for child in (GIRL, BOY):
            self.add_minor(case, child)
        page.goto(f"{case}/check")
        expect(page.locator("main")).not_to_contain_text(ADULT)
        return self.release(page)

    def add_person(
        self, page: Page, case: str, who: str, role: str, *, age: str = "", birth: str = ""
    ) -> None:
        self.be_at(page, case, "persons")
        leading_on(page, page.locator('button[name="_add"][value="persons"]'))
        self.choose(page, "person_role", role)
        page.locator(f'input[name$=".citizenship"][value="{FROM}"]').check()
        if age:
            self.choose(page, "age_band", age)
        page.fill('input[name$=".birth_date"]', birth)
        page.fill('input[name$=".given_names"]', who)
        page.fill('input[name$=".contact"]', PHONE)
        page.select_option('select[name$=".asylum_flag.code"]', "NO_INDICATION")
        page.fill('input[name$=".asylum_flag.detail"]', "Unidad, 24/05/2004")
        self.press(page, "back")
        page.wait_for_url(re.compile(r"/sections/\w+(#.*)?$"), wait_until="load")

    def be_at(self, page: Page, case: str, section: str) -> None:
        """Go to a section, unless the browser is there already."""
        if page.url.partition("#")[0] != f"{case}/sections/{section}":
            page.goto(f"{case}/sections/{section}")

    def choose(self, page: Page, cell: str, code: str) -> None:
        """Choose an answer, whichever way it is asked."""
        if page.locator(f'select[name$=".{cell}"]').count():
            page.select_option(f'select[name$=".{cell}"]', code)
        else:
            page.check(f'input[name$=".{cell}"][value="{code}"]')

    def add_minor(self, case: str, child: str) -> None:
        page = self.hn
        self.be_at(page, case, "minors")
        leading_on(page, page.locator('button[name="_add"][value="minors"]'))
        index = 1 if child == GIRL else 2
        page.locator('select[name$=".minor_local_id"]').select_option(index=index + 1)
        page.locator('select[name$=".accompanying_local_id"]').select_option(index=1)
        self.press(page, "back")
        page.wait_for_url(re.compile(r"/sections/\w+(#.*)?$"), wait_until="load")

    def received(self, page: Page, reference: str) -> None:
        """Open what arrived; it follows its release within moments."""
        link = page.get_by_role("link", name=reference)

        def is_there() -> bool:
            page.goto(f"{self.stage.base}/received/cases")
            return bool(link.count())

        wait_until(is_there, f"{reference} arrived")
        leading_on(page, link)

    def unseal(self, page: Page) -> None:
        page.check('input[name="purpose"][value="protecting"]')
        self.press(page, "unseal")

    def el_salvador_opens_and_accepts(self, reference: str) -> None:
        page = self.sv
        self.received(page, reference)
        assert_accessible(page)
        expect(page.locator("main")).not_to_contain_text(ADULT)
        self.unseal(page)
        for word in (ADULT, GIRL, BOY, PHONE):
            expect(page.locator("main")).to_contain_text(word)
        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert ADULT not in kept
        self.received(page, reference)
        page.check('input[name="verb"][value="accept"]')
        self.press(page, "receipt")
        expect(page.locator("main")).to_contain_text(self.words["accepted"])

    def guatemala_gets_all_but_what_it_does_not_receive(self, reference: str) -> None:
        page = self.gt
        self.received(page, reference)
        assert_accessible(page)
        expect(page.locator("main")).to_contain_text(self.words["own reserve"])
        self.unseal(page)
        expect(page.locator("main")).to_contain_text(ADULT)
        expect(page.locator("main")).not_to_contain_text(PHONE)

    def guatemala_follows_the_girl(self, reference: str) -> None:
        page = self.gt
        self.received(page, reference)
        self.press(page, "follow")
        assert_accessible(page)
        page.locator('input[name="child"]').first.check()
        page.fill('[name="due_on"]', DUE)
        self.press(page, "begin to follow")
        assert_accessible(page)

    def guatemala_is_reminded_and_looks_again(self) -> None:
        """The day has come: the desk and a notice lead to the child, whose family link is verified."""
        page = self.gt
        page.goto(f"{self.stage.base}/notices")
        expect(page.locator("main")).to_contain_text(self.words["reminded"])
        page.goto(self.stage.base)
        expect(page.locator("main")).to_contain_text(self.words["due"])
        child = re.compile(r"^\w+ P\d$")
        leading_on(
            page, page.locator('main a[href^="/case-follow-ups/"]').filter(has_text=child).first
        )
        leading_on(page, page.locator('main a[href$="/steps"]'))
        assert_accessible(page)
        page.select_option('select[name="means"]', "CONSULATE")
        page.check('input[name="result"][value="VERIFIED_FAMILY"]')
        page.fill('textarea[name="note"]', NOTE)
        leading_on(page, page.locator("main form .govuk-button").first)
        expect(page.locator("main")).not_to_contain_text(NOTE)
        assert_accessible(page)

    def honduras_sees_the_receipts(self, reference: str) -> None:
        page = self.hn
        page.goto(f"{self.stage.base}/cases")
        leading_on(page, page.get_by_role("link", name=reference))
        assert_accessible(page)
        for word in ("accepted", "opened"):
            expect(page.locator("main")).to_contain_text(self.words[word])

    def el_salvador_asks(self, reference: str) -> str:
        """Its request tells of a person whose day of birth its own law masks."""
        page = self.sv
        self.received(page, reference)
        self.press(page, "ask")
        case = page.url
        page.goto(f"{case}/sections/envelope")
        page.select_option('select[name="legal_basis.code"]', "NATIONAL_LAW")
        self.press(page, "next")
        page.check('input[name="crime_type"][value="MINOR_TRAVEL"]')
        page.fill('[name="detection_date"]', "05/2004")
        page.select_option('[name="detection_country"]', "SV")
        self.press(page, "next")
        self.add_person(page, case, GIRL, "MINOR", birth="1996")
        page.goto(f"{case}/sections/exchange")
        page.check('input[name="request_kind"][value="FAMILY_LINK_CHECK"]')
        page.fill('[name="request_text"]', "Is she her aunt?")
        self.press(page, "next")
        return self.release(page)

    def honduras_reads_it_masked_and_answers(self, request: str) -> str:
        page = self.hn
        self.received(page, request)
        self.unseal(page)
        expect(page.locator("main")).to_contain_text(GIRL)
        expect(page.locator("main")).not_to_contain_text("1996")
        born = page.locator("main dl > div").filter(
            has=page.locator("dt", has_text=self.words["born"])
        )
        expect(born.locator("dd")).to_have_text(self.words["age"])
        page.goto(page.url.removesuffix("/openings"))
        self.press(page, "answer")
        return self.finish(page, "assistance_given")

    def el_salvador_closes(self, reply: str) -> None:
        page = self.sv
        self.received(page, reply)
        self.press(page, "close")
        closing = self.finish(page, "outcome")
        self.received(self.hn, closing)
        assert_accessible(self.hn)

    def finish(self, page: Page, answered: str) -> str:
        """Say the little that an answer or a closing asks, and release it."""
        case = page.url
        page.goto(f"{case}/sections/envelope")
        page.select_option('select[name="legal_basis.code"]', "NATIONAL_LAW")
        self.press(page, "stay")
        page.goto(f"{case}/sections/exchange")
        first = page.locator(f'input[name="{answered}"]').first
        if first.count():
            first.check()
        self.press(page, "next")
        return self.release(page)

    def release(self, page: Page) -> str:
        """Certify what was checked, and release it; its reference."""
        page.wait_for_url(re.compile(r"/check"), wait_until="load")
        assert_accessible(page)
        self.press(page, "certify")
        assert_accessible(page)
        self.press(page, "release")
        expect(page.locator("main")).to_contain_text(self.words["proposal"])
        found = re.search(r"CRM-[A-Z]{3}-2004-[A-Z0-9]{6}", page.locator("main .sub").inner_text())
        assert found is not None
        return found[0]
