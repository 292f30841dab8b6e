"""Can another site, or another session's form, make somebody's browser do something?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.db.transactions import transaction
from tests.accounts.house import Browser, House

OURS = ("accounts.", "organisations.", "delegation.", "joining.")


def unsafe_paths(app: Flask) -> Iterator[tuple[str, str]]:
    """(method, path) of every endpoint of ours that could change something."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(OURS):
            parts = dict.fromkeys(rule.arguments, "x" * 20)
            path = app.url_map.bind("localhost").build(
                rule.endpoint, parts, method="POST" if "POST" in rule.methods else "GET"
            )
            yield from ((method, path) for method in rule.methods - {"GET", "HEAD", "OPTIONS"})


def events(app: Flask) -> int:
    """How many acts are on record; that somebody was turned away is no act."""
    with app.app_context(), transaction(writing=False) as session:
        return session.scalar(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.kind != "access-denied")
        )


@pytest.mark.parametrize("key", ["st.coordinator", "hn.focal", None])
def test_no_form_is_taken_without_the_token_of_this_very_session(
    app: Flask, house: House, browser_of: Callable[..., Browser], key: str | None
) -> None:
    browser, other = browser_of(), browser_of().be(house, "sv.focal")
    stolen = other.hidden(other.get("/me"))["csrf_token"]
    if key:
        browser.be(house, key)
    browser.get("/sign-in")
    before, asked = events(app), 0
    for method, path in unsafe_paths(app):
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "x.y.z"}, {"csrf_token": stolen}):
            answer = browser.client.open(path, method=method, data={"_key": "k" * 24, **token})
            assert answer.status_code in (400, 401), (method, path, token, answer.status_code)
            asked += 1
    assert asked > 80
    assert events(app) == before


def test_a_form_sent_by_another_site_is_refused_even_with_the_token(
    house: House, somebody: Browser
) -> None:
    somebody.be(house, "hn.focal")
    hidden = somebody.hidden(somebody.get("/me"))
    for site, status in (("cross-site", 400), ("same-site", 400), ("same-origin", 303)):
        answer = somebody.post("/sign-out", hidden, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status


def test_signing_in_needs_the_token_as_well(house: House, somebody: Browser) -> None:
    answer = somebody.post("/sign-in", {"email": "hn.focal@example.org", "password": "x"})
    assert answer.status_code == 400


def test_nothing_is_changed_by_looking(app: Flask, house: House, somebody: Browser) -> None:
    somebody.be(house, "st.coordinator")
    before = events(app)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(OURS) and "GET" in rule.methods:
            ids = {"organisation_id": house.organisations["hn"]}
            parts = {name: ids.get(name, "x" * 20) for name in rule.arguments}
            path = app.url_map.bind("localhost").build(rule.endpoint, parts)
            assert somebody.get(path).status_code < 500, path
    assert events(app) == before
