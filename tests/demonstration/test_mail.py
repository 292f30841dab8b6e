"""Is the mail of a demonstration read by everybody in it, and by nobody anywhere else?"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.outbox.models import DeliveredMail
from tests.accounts.house import Browser, House
from tests.outbox.people import add
from tests.support.good_html import assert_good_html


@pytest.fixture
def shown(app: Any, house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The application, as a demonstration."""
    changed = replace(app.config["ENLACE"], environment="demonstration")
    monkeypatch.setitem(app.config, "ENLACE", changed)
    from app.db import installation

    monkeypatch.setattr(installation, "know", lambda: None)
    return house


def deliver(app: Any, *subjects: str) -> None:
    with app.app_context():
        add(*(DeliveredMail(id=f"mail{number}", message_id="<x@y>", to="ana@example.org", subject=subject,
                            body="Estimada:\n\nhttp://localhost/needs/n1\n",
                            sent_at=clock.now() + timedelta(minutes=number))
              for number, subject in enumerate(subjects)))  # fmt: skip


@pytest.mark.parametrize("who", ["hn.contributor", "st.coordinator", "ar.observer"])
def test_everybody_who_is_signed_in_reads_it(
    app: Any, shown: House, browser_of: Any, who: str
) -> None:
    deliver(app, "Acuse de recibo", "<b>Aceptada</b>")
    browser: Browser = browser_of().be(shown, who)
    page = browser.get("/demo/mail")
    assert_good_html(page.text)
    assert page.text.index("&lt;b&gt;Aceptada") < page.text.index("Acuse de recibo")
    letter = browser.get("/demo/mail/mail0")
    assert_good_html(letter.text)
    assert 'href="http://localhost/needs/n1"' in letter.text


def test_a_sponsor_reads_it_too(app: Any, shown: House, browser_of: Any) -> None:
    deliver(app, "Acuse de recibo")
    browser: Browser = browser_of().be(shown, "us.focal", "us.sponsor")
    assert "Acuse de recibo" in browser.get("/demo/mail").text


def test_it_is_shown_some_at_a_time(app: Any, shown: House, browser_of: Any) -> None:
    deliver(app, *(f"Mensaje {number:02}" for number in range(30)))
    browser: Browser = browser_of().be(shown, "hn.focal")
    first = browser.get("/demo/mail").text
    assert "Mensaje 29" in first
    assert "Mensaje 04" not in first
    link = re.search(r'href="([^"]+)" rel="next"', first)
    assert link
    second = browser.get(html.unescape(link[1])).text
    assert "Mensaje 04" in second
    assert "Mensaje 05" not in second
    assert "Mensaje 29" in browser.get("/demo/mail?after=nosuch").text, "no mark of ours: anew"


def test_without_mail_it_says_what_will_be_there(shown: House, browser_of: Any) -> None:
    page = browser_of().be(shown, "hn.focal").get("/demo/mail")
    assert 'class="empty"' in page.text


def test_nobody_reads_it_without_signing_in(shown: House, browser_of: Any) -> None:
    assert browser_of().get("/demo/mail").status_code == 303


def test_outside_a_demonstration_there_is_no_such_page(
    app: Any, house: House, browser_of: Any
) -> None:
    deliver(app, "Acuse de recibo")
    browser: Browser = browser_of().be(house, "hn.focal")
    for path in ("/demo/mail", "/demo/mail/mail0", "/demo/mail?after=mail0"):
        assert browser.get(path).status_code == 404
