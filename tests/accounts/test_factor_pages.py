"""Can somebody add and give a second factor in a browser: with a passkey, on a telephone, without scripts?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.giving import MINE, code_of, key_in
from tests.accounts.house import PASSWORD, House
from tests.support.accessible import accessibility_findings

pytestmark = pytest.mark.browser
NARROW = 360


@pytest.fixture
def base(live_url: str) -> str:
    """The address as a name: browsers let no passkey sign for a number."""
    return live_url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, base: str, key: str) -> None:
    page.goto(f"{base}/sign-in")
    page.fill("#email", f"{key}@example.org")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.locator("form#work .buttons button").click()


def press(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form#work .buttons button").first.click()


def with_a_key(page: Page) -> Any:
    """Give the browser a key of its own, which its person touches at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "usb", "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    return session


def is_sound(page: Page) -> None:
    assert accessibility_findings(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], page.url


def test_a_passkey_is_added_given_and_removed(
    app: Flask, house: House, base: str, open_page: Callable[..., Page], later: Any
) -> None:
    page = open_page()
    with_a_key(page)
    sign_in(page, base, "hn.focal")
    page.goto(f"{base}{MINE}")
    page.locator(f'a[href="{MINE}/passkey"]').click()
    page.fill("#name", "Llave del escritorio")
    page.fill("#present_password", PASSWORD)
    is_sound(page)
    with page.expect_navigation():
        page.locator('[data-passkey="make"] button').click()
    expect(page.locator(".card").first).to_contain_text("Llave del escritorio")
    later(timedelta(minutes=11))
    page.goto(f"{base}/factor?next=/notices")
    assert "/factor" in page.url
    expect(page.locator("input[name=factor]")).to_have_count(0)
    is_sound(page)
    with page.expect_navigation():
        page.locator('[data-passkey="give"] button').click()
    assert page.url.endswith("/notices")
    page.goto(f"{base}{MINE}")
    page.locator('a[href$="/removal"]').click()
    is_sound(page)
    press(page)
    expect(page.locator("a[href$='/removal']")).to_have_count(0)


def test_an_answer_that_comes_late_opens_nothing(
    app: Flask, house: House, base: str, open_page: Callable[..., Page], later: Any
) -> None:
    page = open_page()
    with_a_key(page)
    sign_in(page, base, "hn.focal")
    page.goto(f"{base}{MINE}/passkey")
    page.fill("#present_password", PASSWORD)
    with page.expect_navigation():
        page.locator('[data-passkey="make"] button').click()
    later(timedelta(minutes=11))
    page.goto(f"{base}/factor?next=/notices")
    # The answer is kept back, and sent six minutes later.
    page.evaluate("HTMLFormElement.prototype.requestSubmit = () => {}")
    page.locator('[data-passkey="give"] button').click()
    expect(page.locator("input[name=factor_passkey]")).not_to_have_value("")
    later(timedelta(minutes=6))
    with page.expect_navigation():
        page.evaluate("document.getElementById('work').submit()")
    assert page.locator("#error-factor").count() == 1
    with page.expect_navigation():
        page.locator('[data-passkey="give"] button').click()
    assert page.url.endswith("/notices")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_without_scripts_a_program_and_a_sheet_do(
    app: Flask, house: House, base: str, open_page: Callable[..., Page], lang: str
) -> None:
    page = open_page(javascript=False, width=NARROW, lang=lang)
    sign_in(page, base, "hn.focal")
    page.goto(f"{base}{MINE}/passkey")
    assert page.locator('[data-passkey="make"] p').inner_text()
    assert page.locator('[data-passkey="make"] button').is_hidden()
    page.goto(f"{base}{MINE}/program")
    page.fill("#present_password", PASSWORD)
    press(page)
    assert page.url.endswith("/program/key")
    key = key_in(page.content())
    assert page.locator("svg").count() >= 1
    page.fill("#factor", code_of(key))
    press(page)
    page.goto(f"{base}{MINE}/sheet")
    press(page)
    assert len(re.findall(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-", page.content())) == 20
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_of_it_is_sound_on_a_telephone(
    app: Flask, house: House, base: str, open_page: Callable[..., Page], lang: str
) -> None:
    page = open_page(width=NARROW, lang=lang)
    sign_in(page, base, "st.coordinator")
    if page.locator("html").get_attribute("lang") != lang:
        with page.expect_navigation():
            page.locator(f'header button[lang="{lang}"]').click()
    for path in (MINE, f"{MINE}/program", f"{MINE}/sheet", f"{MINE}/passkey", "/factor",
                 "/organisations/second-factors"):  # fmt: skip
        page.goto(base + path)
        is_sound(page)
    page.goto(f"{base}{MINE}/program")
    page.fill("#present_password", "x" * 20)
    press(page)
    assert page.locator("#error-present_password").count() == 1
    page.fill("#present_password", PASSWORD)
    press(page)
    is_sound(page)
    key = key_in(page.content())
    page.fill("#factor", code_of(key))
    press(page)
    page.goto(f"{base}{MINE}/sheet")
    press(page)
    is_sound(page)
    page.goto(f"{base}{MINE}")
    is_sound(page)
    page.locator('a[href$="/removal"]').first.click()
    is_sound(page)
