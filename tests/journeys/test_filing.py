"""Does a letter become a country's need, from the Secretariat's desk to the focal point's receipt?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.people import Stage, leading_on
from tests.storage.samples import PDF
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url  # noqa: F401, a fixture
from tests.support.patience import wait_until

pytestmark = pytest.mark.browser
WORDS = {
    "es": {"way": "Llegadas por carta", "new": "Registrar lo que llegó", "day": "20 de mayo de 2004",
           "file": "Registrar y escribir", "mark": "a partir de una carta", "look": "Verla y confirmar",
           "confirmed": "confirmada por el país"},
    "en": {"way": "Arrived by letter", "new": "File what arrived", "day": "20 May 2004",
           "file": "File it and write", "mark": "from a letter", "look": "Look at it and confirm",
           "confirmed": "confirmed by the country"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("es", True), ("en", False)])
def test_a_letter_becomes_a_need_once_its_country_confirms(
    demonstration_url: str, open_page: Callable[..., Page], tmp_path: Path, lang: str,
    javascript: bool,
) -> None:  # fmt: skip
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang]
    letter = tmp_path / "carta.pdf"
    letter.write_bytes(PDF)
    officer = stage.enter("st.officer", javascript=javascript)
    title = f"Llegada por carta {lang}"
    need = file_and_draft(stage, officer, words, letter, title, javascript=javascript)

    focal_point = stage.enter("hn.focal", javascript=javascript)
    focal_point.goto(f"{stage.base}/")
    leading_on(focal_point, focal_point.get_by_role("link", name=title))
    expect(focal_point.locator("h1")).to_contain_text(words["mark"])
    look_at(focal_point, javascript=javascript)
    leading_on(focal_point, focal_point.get_by_role("link", name=words["look"]))
    certify(stage, focal_point, need)
    officer.goto(f"{need}/filing")
    expect(officer.locator("main")).to_contain_text(words["confirmed"])


def link_of_the_mail(page: Page, base: str, reference: str) -> str:
    """The address in the mail of the demonstration that asks to confirm this need."""
    mail = page.get_by_role("link", name=f"Por confirmar con un enlace: {reference}")

    def has_come() -> bool:
        page.goto(f"{base}/demo/mail")
        return mail.count() > 0

    wait_until(has_come, "the mail has come")
    leading_on(page, mail)
    found = re.search(r"/needs/confirmations/[\w-]+", page.locator("main").inner_text())
    assert found
    return base + found[0]


def look_at(page: Page, *, javascript: bool) -> None:
    """Ask whether everybody can use the page; the question itself is a script."""
    if javascript:
        assert_accessible(page)


def file_and_draft(
    stage: Stage, page: Page, words: dict[str, str], letter: Path, title: str, *, javascript: bool
) -> str:
    """The officer files the letter and answers the five questions; the need's address."""
    page.goto(f"{stage.base}/needs")
    leading_on(page, page.get_by_role("link", name=words["way"]))
    leading_on(page, page.get_by_role("link", name=words["new"]))
    look_at(page, javascript=javascript)
    page.select_option("#country", label="Honduras")
    page.check('input[name="channel"][value="letter"]')
    page.fill("#office", "Cancillería")
    page.fill("#sender", "Dirección de asuntos consulares")
    leading_on(page, page.get_by_role("button", name=words["file"]))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#office")).to_have_value("Cancillería")
    page.fill("#received_on", words["day"])
    page.set_input_files("#original", letter)
    leading_on(page, page.get_by_role("button", name=words["file"]))
    people.essentials(page, title)
    stage.press(page, "check")
    expect(page.locator("main")).to_contain_text(words["mark"])
    return page.url.removesuffix("/check")


def certify(stage: Stage, page: Page, need: str) -> None:
    """The focal point decides about members and sponsors, and certifies."""
    stage.press(page, "certify")
    page.check('input[name="members"][value="named"]')
    page.check('input[name="sponsors"][value="none"]')
    stage.press(page, "preview")
    stage.press(page, "sign")
    expect(page.locator(".receipt")).to_be_visible()
    assert page.url.startswith(need)


LINK = {
    "es": {"send": "Enviar el enlace", "ours": "¿Es de su país?", "done": "Certificada y enviada",
           "by": "dirección registrada"},
    "en": {"send": "Send the link", "ours": "Is it your country's?", "done": "Certified and submitted",
           "by": "registered address"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "javascript"), [("es", False), ("en", True)])
def test_the_focal_point_confirms_by_the_link_of_a_mail(
    demonstration_url: str, open_page: Callable[..., Page], tmp_path: Path, lang: str,
    javascript: bool,
) -> None:  # fmt: skip
    stage, words = Stage(demonstration_url, lang, open_page), WORDS[lang] | LINK[lang]
    letter = tmp_path / "carta.pdf"
    letter.write_bytes(PDF)
    officer = stage.enter("st.officer", javascript=javascript)
    title = f"Por enlace {lang}"
    need = file_and_draft(stage, officer, words, letter, title, javascript=javascript)
    officer.goto(f"{need}/filing")
    reference = officer.locator("main .sub").inner_text().split(" · ")[0]
    look_at(officer, javascript=javascript)
    leading_on(officer, officer.get_by_role("button", name=words["send"]))
    look_at(officer, javascript=javascript)

    nobody = open_page(javascript=javascript, lang=lang)
    nobody.goto(link_of_the_mail(officer, stage.base, reference))
    if lang == "en":  # the mail's reader reads Spanish, and may choose
        expect(nobody.locator("h1")).to_contain_text(LINK["es"]["ours"])
        leading_on(nobody, nobody.locator('header button[lang="en"]'))
    expect(nobody.locator("h1")).to_contain_text(words["ours"])
    expect(nobody.locator("main")).to_contain_text(title)
    look_at(nobody, javascript=javascript)
    assert nobody.locator('input[name="members"]:checked').count() == 0
    nobody.check('input[name="members"][value="named"]')
    nobody.check('input[name="sponsors"][value="named"]')
    leading_on(nobody, nobody.locator("form#work .buttons button"))
    expect(nobody.locator(".as-read")).to_be_visible()
    look_at(nobody, javascript=javascript)
    leading_on(nobody, nobody.locator("form#work .buttons button"))
    expect(nobody.locator("h1")).to_contain_text(words["done"])
    expect(nobody.locator(".receipt")).to_contain_text(words["by"])
    look_at(nobody, javascript=javascript)
    officer.goto(f"{need}/filing")
    expect(officer.locator("main")).to_contain_text(words["confirmed"])
