"""Where does one come after signing in? Never to another site."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.sessions import next_page
from app.web.addresses import local_path
from tests.accounts.house import Browser, House

HOSTILE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "/%09/evil.example\t",
    "/\t/evil.example",
    "\n//evil.example",
    "///evil.example",
    "user@evil.example",
    "/\u2028/evil.example",
    "//evil\uff0eexample",
    "data:text/html,x",
]
PIECES = ["/", "\\", "//", ":", "@", "http:", "https://", "evil.example", "\t", "\n", "%09", "%2f", ".",
          "?", "#", "needs", "\u2215", "\uff0f", " "]  # fmt: skip


def goes_elsewhere(path: str) -> bool:
    """Whether a browser on our page would leave for another host."""
    there = urlsplit(urljoin("http://localhost/sign-in", path.replace("\\", "/")))
    return (there.scheme, there.netloc) != ("http", "localhost")


@pytest.mark.parametrize("path", HOSTILE)
def test_known_tricks_lead_to_the_first_page(path: str) -> None:
    assert not goes_elsewhere(local_path(path))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join))
def test_whatever_is_asked_for_stays_here(path: str) -> None:
    there = local_path(path)
    assert there.startswith("/")
    assert not goes_elsewhere(there)
    assert not any(ord(letter) < 33 for letter in there)


@pytest.mark.parametrize("path", ["/needs", "/needs?after=x&kind=y", "/needs/abc/sections/costs"])
def test_a_page_of_ours_is_kept(path: str) -> None:
    assert local_path(path) == path


@given(st.sampled_from(HOSTILE), st.sampled_from([*HOSTILE, "/needs"]))
def test_neither_form_nor_address_leads_away(in_form: str, in_address: str) -> None:
    from flask import Flask as Plain

    plain = Plain(__name__)
    with plain.test_request_context(
        "/sign-in", method="POST", data={"next": in_form}, query_string={"next": in_address}
    ):
        assert not goes_elsewhere(next_page())


@pytest.mark.parametrize("path", HOSTILE[:4])
def test_signing_in_does_not_lead_away(
    app: Flask, house: House, somebody: Browser, path: str
) -> None:
    answer = somebody.sign_in("hn.focal", next=path)
    assert answer.status_code == 303
    assert not goes_elsewhere(answer.location)


def test_signing_in_leads_back_to_where_one_was(house: House, somebody: Browser) -> None:
    sent = somebody.get("/needs?kind=x")
    assert sent.status_code == 303
    assert sent.location == "/sign-in?next=/needs?kind%3Dx"
    shown = somebody.get(sent.location)
    assert 'name="next" value="/needs?kind=x"' in shown.text
    answer = somebody.sign_in("hn.focal", next="/needs?kind=x")
    assert answer.location == "/needs?kind=x"
