"""How much does a poor line have to carry?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.pages.crawling import crawl
from tests.support.demonstration import demonstration_url, sign_in  # noqa: F401, a fixture

pytestmark = pytest.mark.browser
FIRST_VISIT, REQUESTS, LATER, SAVED_FIELD = 60_000, 6, 15_000, 2_000
"""Bytes over the line, compressed, headers included."""
WORDS = "La oficina de frontera necesita personal que sepa entrevistar con cuidado. " * 15
"""About a hundred and fifty words, and no two hundred."""


class Line:
    """What came over the line, as the browser counted it."""

    def __init__(self, page: Page) -> None:
        self.bytes: list[int] = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._note)

    def _note(self, event: Any) -> None:
        self.bytes.append(int(event["encodedDataLength"]))

    def forget(self) -> None:
        self.bytes.clear()


def test_the_first_visit_is_light(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    line = Line(page)

    page.goto(demonstration_url, wait_until="networkidle")

    assert sum(line.bytes) <= FIRST_VISIT
    assert len(line.bytes) <= REQUESTS + 1, "the redirect to the sign-in page counts as well"


@pytest.mark.parametrize("person", ["hn.focal", "st.officer", "ca.pledger"])
def test_later_pages_are_light(
    demonstration_url: str,
    open_page: Callable[..., Page],
    person: str,
) -> None:
    page = open_page()
    sign_in(page, demonstration_url, person)
    line, heavy = Line(page), []

    for visited in crawl(page, demonstration_url, most=1):
        if sum(line.bytes) > LATER:
            heavy.append(f"{urlsplit(page.url).path}: {sum(line.bytes)} ({visited.endpoint})")
        line.forget()

    assert not heavy, "\n".join(heavy)


def test_a_saved_field_costs_little_with_a_long_text(
    demonstration_url: str,
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    sign_in(page, demonstration_url, "hn.contributor")
    page.goto(f"{demonstration_url}/needs?state=draft")
    page.locator("tbody a").first.click()
    page.wait_for_load_state()
    page.goto(page.url.split("?")[0] + "/sections/essentials")
    with page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        page.fill("#gap", WORDS)
        page.locator("#title").focus()
    sizes = saved.value.request.sizes()

    assert saved.value.status == 200
    assert sizes["requestBodySize"] + sizes["responseBodySize"] <= SAVED_FIELD
