"""Does a log tell that something happened, and never what it was about?"""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import logs
from tests.accounts.house import House

CANARY = "canary-5519"


@pytest.fixture(autouse=True)
def configured(app: Any) -> None:
    """Logging is one for the process: an application that was made since may have set it otherwise."""
    logs.configure(app.config["ENLACE"])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")
    ]


def test_each_request_is_one_line(app: Any, capsys: pytest.CaptureFixture[str]) -> None:
    app.test_client().get("/sign-in")
    (line,) = lines(capsys)
    assert (line["event"], line["method"], line["endpoint"], line["status"]) == (
        "request", "GET", "accounts.sign_in", 200,
    )  # fmt: skip
    assert line["milliseconds"] >= 0
    assert line["timestamp"].endswith("Z")


def test_a_person_is_known_by_a_mark_that_names_nobody(
    app: Any, house: House, browser_of: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = browser_of().be(house, "hn.focal")
    browser.get("/me")
    browser.get("/me")
    browser_of().be(house, "sv.focal").get("/me")
    first, second, other = [line["person"] for line in lines(capsys) if line["event"] == "request"]
    assert first == second != other
    assert house.people["hn.focal"] not in first
    assert first != logs.person_mark(house.people["hn.focal"], "another secret")


def test_nothing_typed_asked_for_or_sent_along_is_written(
    app: Any, house: House, browser_of: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = browser_of().be(house, "hn.focal")
    for path in (f"/{CANARY}", f"/files/{CANARY}", f"/calls?after={CANARY}", f"/needs/{CANARY}"):
        browser.get(path, headers={"User-Agent": CANARY, "Referer": f"http://localhost/{CANARY}"})
    browser_of().sign_in(CANARY, password=CANARY)
    browser.post("/language", {"lang": CANARY, "next": CANARY})
    found = capsys.readouterr().err
    assert found.count('"event": "request"') > 5
    assert CANARY not in found


def test_a_fault_is_logged_by_its_kind_and_place(
    app: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise ValueError(CANARY)

    fail.rule = app.view_functions["accounts.sign_in"].rule  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", fail)
    assert app.test_client().get("/sign-in").status_code == 500
    found = capsys.readouterr().err
    assert '"fault": "ValueError"' in found
    assert "test_logs.py" in found
    assert CANARY not in found


@given(st.text(max_size=50), st.text(max_size=400))
def test_no_text_breaks_out_of_its_line(name: str, text: str) -> None:
    kept = logs.keep_known_fields(None, "info", {"event": text, "endpoint": text, name: text})
    written = json.dumps(kept)
    assert "\n" not in written
    assert all(len(str(value)) <= 20_000 for value in kept.values())


def test_what_is_not_known_is_named_and_dropped() -> None:
    kept = logs.keep_known_fields(None, "info", {"event": "x", "answer": CANARY, "title": CANARY})
    assert kept == {"event": "x", "dropped": ["answer", "title"]}


def test_lines_of_libraries_hold_neither_their_arguments_nor_the_words_of_a_fault() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.LineFormatter())
    library = logging.Logger("library")
    library.addHandler(handler)
    try:
        raise ValueError(CANARY)
    except ValueError:
        library.exception("Exception on %s [%s]", f"/needs/{CANARY}", "POST")
    line = json.loads(stream.getvalue())
    assert line == {"event": "Exception on %s [%s]", "logger": "library", "level": "error",
                    "fault": "ValueError"}  # fmt: skip


def test_whoever_serves_writes_no_addresses() -> None:
    import runpy

    served = runpy.run_path("gunicorn.conf.py")
    assert served.get("accesslog") is None
