"""Is a long file made beside the work of people, one for each of them, and an edition's once for ever?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.extensions import db
from app.policy.actor import Actor
from app.reports import exports, files, wanted
from app.reports.models import ReportFile
from tests.calls.browsing import Reader, Seen
from tests.calls.settled import MORNING, Settled
from tests.reports.test_pages import call_id, edition_id, published_id, st

__all__ = ["call_id", "edition_id", "published_id", "st"]
Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the seven needs of the example were many."""
    monkeypatch.setattr(files, "LARGE", 3)


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """What the clock asks for each minute."""

    def run() -> None:
        with app.app_context():
            files.continue_all()

    return run


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on, no file can be made any more."""

    def no_file(*_: Any) -> bytes:
        raise RuntimeError

    return lambda: monkeypatch.setattr(exports, "WRITERS", dict.fromkeys(exports.WRITERS, no_file))


def ask_for(reader: Reader, path: str) -> Seen:
    """Open the address of a long file and press its button."""
    asked = reader.get(path)
    (action,) = (each for each in asked.actions() if each.startswith("/reports/"))
    return reader.send(action, asked.fields(action))


def states(stored: Stored) -> list[str]:
    return stored(lambda: sorted(db.session.scalars(db.select(ReportFile.state))))


def test_each_file_of_an_edition_is_made_once_and_stays_as_it_is(
    reader: Reader, st: Actor, settled: Settled, published_id: str, stored: Stored,
    work: Callable[[], None], broken: Callable[[], None],
) -> None:  # fmt: skip
    def taken(lang: str, ending: str) -> tuple[bytes, str]:
        found = reader.client.get(f"/reports/editions/{published_id}/report.{ending}?lang={lang}")
        assert found.status_code == 200
        return found.data, found.headers["Content-Disposition"]

    every = [(lang, ending) for lang in ("es", "en") for ending in ("docx", "pdf", "xlsx")]
    assert states(stored) == ["waiting"] * 12
    before = {each: taken(*each) for each in every}
    work()
    assert states(stored) == ["ready"] * 12
    broken()
    assert {each: taken(*each) for each in every} == before
    reader.as_(settled["hn"])
    theirs = {each: taken(*each) for each in every}
    assert all("-m-" in name for _, name in theirs.values())
    assert not {body for body, _ in theirs.values()} & {body for body, _ in before.values()}


def test_a_long_file_of_figures_is_asked_for_and_waited_for(
    reader: Reader, st: Actor, call_id: str, stored: Stored, work: Callable[[], None], large: None
) -> None:
    path = f"/reports/calls/{call_id}/report.pdf?lang=en"
    asked = reader.as_(st).get(path)
    assert "This report lists many needs" in asked.words
    assert states(stored) == []
    sent = ask_for(reader, path)
    assert (sent.status, sent.location) == (303, "/reports/file")
    waiting = reader.get("/reports/file")
    assert "The file is being made." in waiting.words
    assert '<meta http-equiv="refresh"' in waiting.html
    assert reader.client.get("/reports/file/taken").location == "/reports/file"
    assert ask_for(reader, path).location == "/reports/file"
    assert "still being made" in reader.get("/reports/file").words
    assert states(stored) == ["waiting"]
    work()
    ready = reader.get("/reports/file")
    assert "The file is ready. Download INF-2004-en.pdf" in ready.words
    taken = reader.client.get("/reports/file/taken")
    assert taken.data.startswith(b"%PDF")
    assert ask_for(reader, path.replace("pdf", "xlsx")).location == "/reports/file"
    assert states(stored) == ["waiting"]


def test_a_link_to_a_long_file_opens_a_page_and_one_to_a_short_file_saves_it(
    reader: Reader, st: Actor, call_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for large, saves in ((200, True), (3, False)):
        monkeypatch.setattr(files, "LARGE", large)
        assert (" download>" in reader.as_(st).get(f"/reports/calls/{call_id}").html) == saves


def test_a_file_that_waited_says_what_one_made_at_once_says(
    reader: Reader, st: Actor, call_id: str, stored: Stored, work: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for query in ("lang=es", "lang=en&since_on=22+May+2004"):
        path = f"/reports/calls/{call_id}/report.xlsx?{query}"
        monkeypatch.setattr(files, "LARGE", 200)
        at_once = reader.as_(st).client.get(path).data
        monkeypatch.setattr(files, "LARGE", 3)
        ask_for(reader, path)
        work()
        assert reader.client.get("/reports/file/taken").data == at_once


def test_members_wait_for_a_long_edition_and_find_their_own_file_alone(
    reader: Reader, settled: Settled, published_id: str, stored: Stored,
    work: Callable[[], None], large: None,
) -> None:  # fmt: skip
    path = f"/reports/editions/{published_id}/report.docx?lang=en"
    ask_for(reader.as_(settled["hn"]), path)
    assert "The file is being made." in reader.get("/reports/file").words
    work()
    assert reader.client.get("/reports/file/taken").data.startswith(b"PK")
    reader.as_(settled["sv"])
    assert "You asked for no file" in reader.get("/reports/file").words
    assert reader.client.get("/reports/file/taken").location == "/reports/file"
    assert reader.client.get(path).data.startswith(b"PK")


def test_what_cannot_be_made_is_said_and_may_be_asked_for_again(
    reader: Reader, st: Actor, call_id: str, stored: Stored, work: Callable[[], None], large: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = f"/reports/calls/{call_id}/report.pdf"
    ask_for(reader.as_(st), path)
    monkeypatch.setattr(wanted, "report_of", None)
    work()
    assert "The file could not be made." in reader.get("/reports/file").words
    monkeypatch.undo()
    monkeypatch.setattr(files, "LARGE", 3)


def test_what_was_asked_for_is_forgotten_after_a_day_and_an_edition_s_never(
    app: Flask, reader: Reader, st: Actor, call_id: str, published_id: str, stored: Stored,
    large: None,
) -> None:  # fmt: skip
    ask_for(reader.as_(st), f"/reports/calls/{call_id}/report.pdf")
    for hours, left in ((23, 13), (25, 12)):
        with clock.stopped_at(MORNING + timedelta(hours=hours)), app.app_context():
            files.forget_old()
        assert len(states(stored)) == left
