"""Can everybody use every page, in both languages, on a telephone too, and is each one well made?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.pages.crawling import Visited, crawl, page_endpoints
from tests.support.accessible import accessibility_findings
from tests.support.demonstration import demonstration_url, sign_in  # noqa: F401, a fixture
from tests.support.good_html import html_faults

pytestmark = pytest.mark.browser
PEOPLE = {
    "es": ("hn.focal", "st.coordinator", "iom.pledger", "ppt.reader", "hn.legal", "hn.prosecutor",
           "ar.observer", "operator"),
    "en": ("ca.focal", "st.officer", "us.reader", "hn.contributor"),
}  # fmt: skip
BEHIND_A_TOKEN = {
    "accounts.new_password": "a link of a mail leads there: tests/accounts/test_reset.py",
    "joining.accept": "a link of a mail leads there: tests/organisations/test_invitations.py",
}
NARROW = 360
_reached: set[str] = set()


@pytest.mark.parametrize(
    ("lang", "person"), [(lang, person) for lang, people in PEOPLE.items() for person in people]
)
def test_every_page_a_person_can_come_to_is_sound(
    demonstration_url: str, open_page: Callable[..., Page], lang: str, person: str  # noqa: F811
) -> None:
    page = open_page(lang=lang)
    sign_in(page, demonstration_url, person)
    if page.locator("html").get_attribute("lang") != lang:
        with page.expect_navigation():
            page.locator(f'header button[lang="{lang}"]').click()

    faults = []
    for visited in crawl(page, demonstration_url, most=1):
        _reached.add(visited.endpoint)
        faults += [f"{visited.path}: {fault}" for fault in faults_of(page, visited, lang)]

    assert not faults, "\n".join(faults)


def faults_of(page: Page, visited: Visited, lang: str) -> list[str]:
    """Everything that is wrong with the page on the screen."""
    found = [] if visited.status == 200 else [f"answered {visited.status}"]
    found += html_faults(visited.html)
    found += accessibility_findings(page)
    if page.locator("html").get_attribute("lang") != lang:
        found.append(f"is not in {lang}")
    page.set_viewport_size({"width": NARROW, "height": 800})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        found.append(f"is {wide} wide on a telephone")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_pages_before_signing_in_are_sound(
    demonstration_url: str, open_page: Callable[..., Page]  # noqa: F811
) -> None:
    page = open_page(lang="es")
    faults = []
    for visited in crawl(page, demonstration_url, most=1):
        _reached.add(visited.endpoint)
        faults += [f"{visited.path}: {fault}" for fault in faults_of(page, visited, "es")]
    assert not faults, "\n".join(faults)


def test_no_page_was_left_out() -> None:
    if not _reached:
        pytest.skip("the pages were not crawled in this run")
    missed = page_endpoints() - _reached - set(BEHIND_A_TOKEN)
    assert not missed, f"no link leads to {sorted(missed)}"
