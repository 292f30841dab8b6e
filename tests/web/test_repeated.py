"""What does the database keep of a request, and does a repetition still get its answer?"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.models import IdempotencyKey
from app.db.transactions import transaction
from tests.accounts.house import PASSWORD, Browser, House

NEW = "siete peces verdes bajo la luna"
DETAILS = {"name": "Marta", "lang": "es", "zone": "America/Panama"}


def kept(app: Flask) -> list[Any]:
    with app.app_context(), transaction(writing=False) as session:
        return list(session.execute(select(IdempotencyKey.__table__)))


@pytest.fixture
def browser(house: House, browser_of: Any) -> Browser:
    return browser_of().be(house, "hn.focal")


def test_nothing_kept_can_be_tried_with_the_secret_of_the_server(
    app: Flask, browser: Browser
) -> None:
    fields = browser.hidden(browser.get("/me")) | {"present_password": PASSWORD, "password": NEW}
    assert browser.post("/me/password", fields).status_code == 303
    [row] = kept(app)
    assert fields["_key"] not in str(row), "whoever knows the key could try"
    secret = str(app.config["SECRET_KEY"]).encode()
    for key in (b"", row.key.encode()):
        for named in (secret, secret + key, key):
            digest = hmac.new(named, b"POST /me/password\n", hashlib.sha256)
            for name in sorted(set(fields) - {"_key", "csrf_token"}):
                digest.update(repr((name, [fields[name]])).encode())
            assert digest.hexdigest() != row.request_hash


def test_the_same_words_are_kept_differently_each_time(app: Flask, browser: Browser) -> None:
    for _ in range(2):
        browser.post("/me/details", browser.hidden(browser.get("/me")) | DETAILS)
    first, second = kept(app)
    assert first.request_hash != second.request_hash


def test_a_key_with_other_words_is_refused_and_changes_nothing(
    app: Flask, browser: Browser
) -> None:
    fields = browser.hidden(browser.get("/me")) | DETAILS
    assert browser.post("/me/details", fields).status_code == 303
    again = browser.post("/me/details", fields | {"name": "Otra"})
    assert again.status_code == 422
    assert "Idempotency-Replayed" not in again.headers
    assert len(kept(app)) == 1
    same = browser.post("/me/details", fields)
    assert same.headers["Idempotency-Replayed"] == "true"
