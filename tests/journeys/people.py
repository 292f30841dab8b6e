"""What does each person of the main job do, in the words on their screen?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.accessible import assert_accessible
from tests.support.demonstration import sign_in

WORDS = {
    "es": {
        "start": "Iniciar una necesidad", "check": "Guardar y revisar", "certify": "Ir a certificar",
        "preview": "Ver exactamente lo que leería un auspiciador", "sign": "Certificar y enviar",
        "send_decision": "Enviar la decisión", "mend": "Hacer los cambios", "stay": "Guardar y quedarse",
        "prepare": "Preparar", "send": "Remitir", "answer": "Enviar la respuesta",
        "saved": "Guardado", "accepted": "aceptada", "returned": "devuelta para ajustes",
        "interested": "interesado", "changes": "Cambios hechos desde la versión anterior",
    },
    "en": {
        "start": "Start a need", "check": "Save and check", "certify": "Go on to certify",
        "preview": "See exactly what a sponsor would read", "sign": "Certify and submit",
        "send_decision": "Send the decision", "mend": "Make the changes", "stay": "Save and stay",
        "prepare": "Prepare", "send": "Send", "answer": "Send the answer",
        "saved": "Saved", "accepted": "accepted", "returned": "returned for changes",
        "interested": "interested", "changes": "Changes made since the version before",
    },
}  # fmt: skip


def leading_on(page: Page, link_or_button: Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    A new page alone loads; the script notes the page it is on as a navigation too.
    """
    with page.expect_event("load"):
        link_or_button.click()


@dataclass
class Stage:
    """Where the journey is played: the site, the language, and how windows are opened."""

    base: str
    lang: str
    open_page: Callable[..., Page]

    def says(self, key: str) -> str:
        return WORDS[self.lang][key]

    def enter(self, person: str, *, javascript: bool = True) -> Page:
        """A window of this person's own, in the journey's language."""
        page = self.open_page(javascript=javascript, lang=self.lang)
        sign_in(page, self.base, person)
        other = page.locator(f'header button[lang="{self.lang}"]')
        if other.count():  # the person's own language is the other one
            leading_on(page, other)
        assert page.locator("html").get_attribute("lang") == self.lang
        return page

    def press(self, page: Page, key: str) -> None:
        """Press what carries these words, wherever it leads."""
        words = re.compile(rf"^\s*{re.escape(self.says(key))}")
        leading_on(
            page,
            page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first,
        )


def draft(stage: Stage, page: Page, title: str) -> str:
    """The contributor starts a need and answers the five questions; its address."""
    page.goto(f"{stage.base}/needs")
    stage.press(page, "start")
    essentials(page, title)
    stage.press(page, "check")
    return page.url.removesuffix("/check")


def essentials(page: Page, title: str) -> None:
    """Answer the five questions of the first section."""
    page.fill("#title", title)
    page.fill("#gap", "Nobody on the night shift knows how to interview. " * 3)
    page.check('input[name="themes"][value="T2"]')
    page.check('input[name="themes"][value="T3"]')
    row = page.locator('select[name^="audience."][name$=".profile"]').first
    row.select_option("prosecutor")
    page.locator('input[name^="audience."][name$=".women"]').first.fill("12")
    page.locator('input[name^="audience."][name$=".men"]').first.fill("8")
    page.fill("#duration", "4")
    page.select_option('select[name="duration.unit"]', "days")
    page.fill('input[name="duration.hours"]', "6")


def certify(stage: Stage, page: Page, need: str) -> None:
    """The focal point decides who may see what, looks at the preview, and certifies."""
    page.goto(f"{need}/check")
    stage.press(page, "certify")
    chosen = page.locator('input[name="members"]:checked, input[name="sponsors"]:checked')
    assert not chosen.count(), "nothing is chosen beforehand"
    assert_accessible(page)
    page.check('input[name="members"][value="named"]')
    page.check('input[name="sponsors"][value="unnamed"]')
    page.check('input[name="released"][value="title"]')
    stage.press(page, "preview")
    expect(page.locator(".as-read")).not_to_contain_text("night shift")
    stage.press(page, "sign")
    expect(page.locator(".receipt")).to_be_visible()


def return_duration(stage: Stage, page: Page, need: str) -> None:
    """The officer returns the section of the five answers, with the reason."""
    page.goto(f"{need}/review")
    assert_accessible(page)
    summary = page.locator("details.more summary").first
    summary.click()
    page.locator('textarea[name="reason.essentials"]').fill(
        "Indique cuántas horas por día / hours a day."
    )
    page.check('input[name="verdict"][value="return"]')
    stage.press(page, "send_decision")
    expect(page.locator("main")).to_contain_text(stage.says("returned"))


def mend(stage: Stage, page: Page, need: str) -> None:
    """The contributor opens the draft again and mends the duration."""
    page.goto(need)
    expect(page.locator("main")).to_contain_text("hours a day")
    stage.press(page, "mend")
    page.goto(f"{need}/sections/essentials")
    stands = page.locator('input[name="_revision.duration"]')
    before = stands.input_value()
    page.fill('input[name="duration.hours"]', "8")
    page.locator("#title").focus()
    expect(stands).not_to_have_value(before)
    expect(page.locator("#saved-duration")).to_contain_text(stage.says("saved"))


def accept(stage: Stage, page: Page, need: str) -> None:
    """The officer sees what changed and accepts."""
    page.goto(f"{need}/review")
    expect(page.locator("main")).to_contain_text(stage.says("changes"))
    page.check('input[name="verdict"][value="accept"]')
    stage.press(page, "send_decision")
    expect(page.locator("main")).to_contain_text(stage.says("accepted"))


def route(stage: Stage, page: Page, title: str) -> None:
    """The officer makes the summary and sends it to Canada's cooperation."""
    page.goto(f"{stage.base}/summaries?state=new")
    row = page.locator("tr", has_text=title)
    leading_on(page, row.get_by_role("button", name=re.compile(stage.says("prepare"))))
    assert_accessible(page)
    page.get_by_label(re.compile("Canad")).check()
    page.fill("#why", "Cabe en lo que apoyan / fits what you support")
    stage.press(page, "send")
    expect(page.locator("#log").locator("..")).to_contain_text("Canad")


def answer(stage: Stage, page: Page, title: str) -> None:
    """The sponsor opens the summary, in which no country stands, and is interested."""
    page.goto(f"{stage.base}/received")
    leading_on(page, page.get_by_role("link", name=title))
    assert_accessible(page)
    expect(page.locator("main")).not_to_contain_text("Honduras")
    expect(page.locator("main")).not_to_contain_text("night shift")
    page.check('input[name="state"][value="interested"]')
    stage.press(page, "answer")
    expect(page.locator("main")).to_contain_text(stage.says("interested"))


def open_figures(stage: Stage, page: Page, title: str) -> None:
    """The officer sees the figures as they stand, and opens the needs behind one."""
    page.goto(f"{stage.base}/reports")
    leading_on(page, page.locator('main a[href*="/reports/calls/"]').first)
    assert_accessible(page)
    leading_on(page, page.locator('main a[href*="dimension=theme"][href*="code=T2"]').first)
    expect(page.locator("main")).to_contain_text(title)


def publish(stage: Stage, page: Page) -> None:
    """The coordinator publishes the edition in preparation, or one begun now; it is then complete."""
    page.goto(f"{stage.base}/reports")
    drafts = page.locator("tr", has=page.locator(".tag.quiet")).locator(
        'a[href*="/reports/editions/"]'
    )
    if drafts.count():
        edition = drafts.first.get_attribute("href")
    else:
        leading_on(page, page.locator('main a[href*="/reports/calls/"]').first)
        leading_on(page, page.locator('form[action$="/editions"] button'))
        edition = page.url.removeprefix(stage.base).split("?")[0].removesuffix("/texts")
    page.goto(f"{stage.base}{edition}/publication")
    assert_accessible(page)
    for box in page.locator('input[name="confirmed"]').all():
        box.check()
    leading_on(page, page.locator("form#work button.govuk-button").last)
    expect(page.locator(".fingerprint").first).to_be_visible()
    for ending in ("pdf", "docx", "xlsx"):
        link = page.locator(f'main a[href*="report.{ending}"]').first
        with page.expect_download() as download:
            link.click()
        assert download.value.path().stat().st_size > 5000


def add_and_remove_a_row(stage: Stage, page: Page, need: str) -> None:
    """Rows of the audience come and go by sending the form; what was typed stays."""
    page.goto(f"{need}/sections/essentials")
    page.fill("#title", "Con otra fila / with another row")
    leading_on(page, page.locator('button[name="_add"][value="audience"]'))
    expect(page.locator(".row-card")).to_have_count(2)
    expect(page.locator("#title")).to_have_value("Con otra fila / with another row")
    leading_on(page, page.locator('button[name="_remove"]').last)
    expect(page.locator(".row-card")).to_have_count(1)


def switch_language_with_text_typed(stage: Stage, page: Page, need: str) -> None:
    """The language of the page changes and the words typed, but not saved, are still there."""
    page.goto(f"{need}/sections/essentials")
    page.fill("#gap", "Aún sin guardar / not saved yet")
    other = {"es": "en", "en": "es"}[stage.lang]
    leading_on(page, page.locator(f'header button[lang="{other}"]'))
    assert page.locator("html").get_attribute("lang") == other
    expect(page.locator("#gap")).to_have_value("Aún sin guardar / not saved yet")
    page.goto(f"{need}/sections/essentials")
    expect(page.locator("#gap")).not_to_have_value("Aún sin guardar / not saved yet")
    leading_on(page, page.locator(f'header button[lang="{stage.lang}"]'))


def see_a_mistake_with_the_text_kept(stage: Stage, page: Page, need: str) -> None:
    """A number that is none is refused at its place; everything typed stays, nothing is stored."""
    page.goto(f"{need}/sections/essentials")
    page.fill("#gap", "Otra vez / once more")
    page.locator('input[name^="audience."][name$=".women"]').first.fill("doce")
    stage.press(page, "check")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#gap")).to_have_value("Otra vez / once more")
    expect(page.locator('input[name^="audience."][name$=".women"]').first).to_have_value("doce")
    page.goto(f"{need}/sections/essentials")
    expect(page.locator("#gap")).not_to_have_value("Otra vez / once more")
