"""Does a form's token behave as docs/decisions/0005-csrf-and-compression.md says?"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask_wtf import csrf
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.accounts.house import TOKEN, Browser, House

LANGUAGE = {"lang": "en", "next": "/me"}


def token_at(browser: Browser, second: int, monkeypatch: pytest.MonkeyPatch) -> str:
    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return second

    class Serializer(URLSafeTimedSerializer):
        default_signer = Signer

    monkeypatch.setattr(csrf, "URLSafeTimedSerializer", Serializer)  # the cookie keeps its own time
    found = TOKEN.search(browser.get("/me").text)
    assert found
    return html.unescape(found[1])


@pytest.fixture
def browser(house: House, browser_of: Any) -> Browser:
    return browser_of().be(house, "hn.focal")


def test_its_signature_changes_each_second_and_its_payload_does_not(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (token_at(browser, 1_000_000 + n, monkeypatch).split(".") for n in (0, 1))
    assert first[0] == second[0]
    assert first[1] != second[1]
    shared = sum(one == other for one, other in zip(first[2], second[2], strict=True))
    assert shared < len(first[2]) / 2


def test_the_payload_alone_opens_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    payload, time, signature = token_at(browser, 1_000_000, monkeypatch).split(".")
    other = token_at(browser, 1_000_001, monkeypatch).split(".")
    for forged in (payload, f"{payload}.{time}", f"{payload}.{time}.{other[2]}",
                   f"{payload}.{other[1]}.{signature}"):  # fmt: skip
        assert browser.post("/language", LANGUAGE | {"csrf_token": forged}).status_code == 400
    whole = f"{payload}.{time}.{signature}"
    assert browser.post("/language", LANGUAGE | {"csrf_token": whole}).status_code == 303


def test_it_is_not_that_of_another_session(
    browser: Browser, house: House, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen = token_at(browser, 1_000_000, monkeypatch)
    other: Browser = browser_of().be(house, "sv.focal")
    assert other.post("/language", LANGUAGE | {"csrf_token": stolen}).status_code == 400


def test_the_cookie_is_not_sent_along_by_other_sites(somebody_signed_in: Any) -> None:
    cookies = "\n".join(somebody_signed_in.headers.getlist("Set-Cookie"))
    assert re.search(r"SameSite=Lax", cookies)
    assert "HttpOnly" in cookies


@pytest.fixture
def somebody_signed_in(house: House, browser_of: Any) -> Any:
    return browser_of().sign_in("hn.focal")


def test_a_form_from_another_site_is_refused_before_its_token_is_read(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = token_at(browser, 1_000_000, monkeypatch)
    answer = browser.post(
        "/language", LANGUAGE | {"csrf_token": whole}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400
