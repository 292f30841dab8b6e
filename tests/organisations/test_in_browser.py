"""Can everybody use the pages of people and organisations, and come back when a session ended?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import update

from app import clock, create_app
from app.accounts.models import SignIn
from app.audit import trail
from app.cli.demo.people import seed_people
from app.db.transactions import transaction
from app.extensions import db
from tests.support.accessible import assert_accessible
from tests.support.live_server import serving
from tests.support.world import let_go, settings

OpenPage = Callable[..., Page]

PAGES = {
    None: ["/demo/sign-in", "/sign-in", "/password/forgotten", "/password/x", "/invitations/x"],
    "st.coordinator": ["/organisations", "/organisations/new", "honduras", "invitation", "role",
                       "suspension"],
    "hn.focal": ["/delegation", "/delegation/invitations/new"],
    "us.focal": ["/me"],
}  # fmt: skip


@pytest.fixture(scope="module")
def database_url_of_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('seen')}/enlace.db"


@pytest.fixture(scope="module")
def site(database_url_of_sqlite: str, tmp_path_factory: pytest.TempPathFactory):
    """The demonstration with its people, at an address."""
    import flask_migrate

    app = create_app(
        settings(
            database_url_of_sqlite, tmp_path_factory.mktemp("files"), environment="demonstration"
        )
    )
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        with (
            clock.stopped_at(datetime(2004, 5, 24, 14, tzinfo=UTC)),
            transaction(writing=True) as session,
        ):
            seed_people()
            trail.append_queued(session)
    with serving(app) as url:
        yield app, url
    let_go(app)


def be(page: Page, url: str, key: str) -> None:
    page.goto(f"{url}/demo/sign-in")
    page.click(f"button[value='{key}']")
    page.wait_for_url(f"{url}/")


def go(page: Page, url: str, place: str) -> None:
    """An address, or a place that is reached by links as people reach it."""
    if place.startswith("/"):
        page.goto(url + place)
        return
    page.goto(f"{url}/organisations")
    page.get_by_role("link", name="Honduras", exact=True).click()
    steps = {"honduras": [], "invitation": ["/invitations/new"], "role": ["/organisations/roles/"],
             "suspension": ["/organisations/roles/", "/suspension"]}  # fmt: skip
    for part in steps[place]:
        page.locator(f"main a[href*='{part}']").last.click()


@pytest.mark.parametrize(("lang", "width"), [("es", 360), ("en", 1280)])
def test_every_page_is_accessible_and_fits(
    site: tuple[Flask, str], open_page: OpenPage, lang: str, width: int
) -> None:
    _, url = site
    for key, places in PAGES.items():
        page = open_page(width=width, lang=lang)
        if key:
            be(page, url, key)
        page.goto(f"{url}/me" if key else f"{url}/sign-in")
        if page.get_attribute("html", "lang") != lang:
            page.click(f"button[lang={lang}]")
            page.wait_for_selector(f"html[lang={lang}]")
        for place in places:
            go(page, url, place)
            assert page.get_attribute("html", "lang") == lang, place
            assert_accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{place} is {wide} wide"


def test_without_javascript_one_signs_in_switches_and_signs_out(
    site: tuple[Flask, str], open_page: OpenPage
) -> None:
    _, url = site
    page = open_page(javascript=False, lang="en")
    be(page, url, "us.focal")
    page.goto(f"{url}/me")
    page.get_by_role("button", name="Act for United States, cooperation").click()
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/me")
    assert "United States, cooperation" in page.inner_text("header")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{url}/sign-in")
    page.goto(f"{url}/me")
    assert page.url.startswith(f"{url}/demo/sign-in")


def test_after_signing_out_the_way_back_shows_nothing(
    site: tuple[Flask, str], open_page: OpenPage
) -> None:
    _, url = site
    page = open_page()
    be(page, url, "hn.focal")
    page.goto(f"{url}/delegation")
    assert "Ana Rivas (demostración)" in page.inner_text("main")
    page.click("header button:has-text('Salir')")
    page.wait_for_url(f"{url}/sign-in")
    page.go_back()
    assert page.url.startswith(f"{url}/demo/sign-in")
    assert "Ana Rivas (demostración)" not in page.content()


def test_text_typed_into_a_session_that_ended_is_shown_again_and_one_comes_back(
    site: tuple[Flask, str], open_page: OpenPage
) -> None:
    app, url = site
    page = open_page()
    be(page, url, "hn.focal")
    page.goto(f"{url}/delegation/invitations/new")
    page.fill("#name", "Un nombre que no debe perderse")
    page.fill("#email", "nueva@example.org")
    with app.app_context(), transaction(writing=True) as session:
        session.execute(update(SignIn).values(ended_at=clock.real_now()))
    page.click("main form#work button.govuk-button")
    page.wait_for_selector("#message")
    assert "Un nombre que no debe perderse" in page.content()
    assert_accessible(page)
    page.click("main form button.govuk-button")
    page.click("button[value='hn.focal']")
    page.wait_for_selector("main form[action='/delegation/invitations/new']")
    assert_accessible(page)
    page.click("main form[action='/delegation/invitations/new'] button")
    page.wait_for_url(f"{url}/delegation/invitations/new")
    assert page.input_value("#name") == "Un nombre que no debe perderse"
