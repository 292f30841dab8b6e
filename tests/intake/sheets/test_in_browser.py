"""Does a person bring a workbook in with a browser, with and without a script, the job beside it?"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.intake.sheets.filling import Form
from tests.intake.sheets.planting import plant
from tests.support.accessible import assert_accessible
from tests.support.demonstration import demonstration_url as demonstration_url
from tests.support.demonstration import sign_in
from tests.support.patience import SECONDS

pytestmark = pytest.mark.browser
WAIT = SECONDS * 1000
SHOTS = os.environ.get("ENLACE_TEST_SHOTS")


def steps(page: Page, base: str, person: str = "hn.contributor") -> bytes:
    """Come to the page by its link, and download the empty form."""
    sign_in(page, base, person)
    page.goto(f"{base}/needs")
    page.locator('main a[href="/needs/from-spreadsheet"]').click()
    link = page.locator('main a[href$="/form.xlsx"]').first.get_attribute("href")
    return page.request.get(base + str(link)).body()


def send(page: Page, path: Path, body: bytes) -> None:
    path.write_bytes(body)
    page.set_input_files("#file", path)
    page.locator("form#work button.govuk-button").click()
    page.wait_for_url(re.compile("/needs/from-spreadsheet/[a-z0-9]{20}$"))


def look(page: Page, name: str) -> None:
    """Judge the page, at both widths, and keep a picture where somebody wants to see it."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_workbook_is_checked_decided_and_made_into_drafts(
    demonstration_url: str, open_page: Callable[..., Page], tmp_path: Path, javascript: bool
) -> None:
    page = open_page(javascript=javascript, lang="es")
    form = Form(steps(page, demonstration_url))
    title = f"Entrevista, {'con' if javascript else 'sin'} guion"
    form.put("title", title)
    form.put("modality", "Presencial")
    send(page, tmp_path / "necesidades.xlsx", form.body())
    create = page.locator("#standing form#work button.govuk-button")
    expect(create).to_have_text("Crear 1 borrador", timeout=WAIT)
    if javascript:
        look(page, "checked")
    create.click()
    expect(page.locator("#standing .notice.good")).to_be_visible(timeout=WAIT)
    if javascript:
        look(page, "imported")
    page.locator('#standing a[href*="state=draft"]').click()
    expect(page.locator("main")).to_contain_text(title)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_forty_problems_are_shown_at_their_places(
    demonstration_url: str, open_page: Callable[..., Page], tmp_path: Path, lang: str
) -> None:
    person = "hn.focal" if lang == "es" else "ca.focal"
    page = open_page(lang=lang)
    body, expected, _form = plant(steps(page, demonstration_url, person))
    look(page, f"steps-{lang}")
    send(page, tmp_path / "necesidades.xlsx", body)
    rows = page.locator("#standing tbody tr")
    expect(rows.first).to_be_visible(timeout=WAIT)
    assert rows.count() >= len(expected)
    look(page, f"problems-{lang}")


def test_what_is_no_workbook_is_said_at_the_field(
    demonstration_url: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page(lang="es")
    steps(page, demonstration_url)
    path = tmp_path / "notas.txt"
    path.write_text("notas")
    page.set_input_files("#file", path)
    page.locator("form#work button.govuk-button").click()
    expect(page.locator("#error-file")).to_contain_text("Envíe un libro de Excel")
    look(page, "refused")
