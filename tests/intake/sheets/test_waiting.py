"""Does everybody else go on writing while a workbook is brought in, and is its beginning kept?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.extensions import db
from app.intake.seen import Seen
from app.intake.sheets.layout import Mark
from app.intake.sheets.writing import Entry, workbook
from app.needs.format import NEED
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.answering import answers
from tests.intake.sheets.filling import Form, Sender
from tests.intake.sheets.test_round_trip import title_in


@pytest.fixture(scope="module")
def sender(demonstration: Matrix) -> Sender:
    return Sender(demonstration)


@contextmanager
def writing(sender: Sender) -> Iterator[list[str]]:
    """The statements of the transaction in which drafts are made, from its beginning to its end."""
    seen: list[str] = []
    kept: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(" ".join(statement.split()[:3]))

    def begin(_connection: Any) -> None:
        seen.clear()

    def end(_connection: Any) -> None:
        if {"INSERT INTO sheet_row", "UPDATE answer SET"} & set(seen):
            kept.extend(seen)

    with sender.matrix.app.app_context():
        engine = db.engine
    listeners = [("before_cursor_execute", note), ("begin", begin), ("commit", end)]
    for name, listen in listeners:
        event.listen(engine, name, listen)
    try:
        yield kept
    finally:
        for name, listen in listeners:
            event.remove(engine, name, listen)


def dense(sender: Sender, count: int, seed: str) -> bytes:
    given = [answers(random.Random(f"{seed}:{n}"), NEED, 1) for n in range(count)]
    entries = [Entry("", {**each, "title": f"{seed} {n}"}) for n, each in enumerate(given)]
    return filled(sender, entries)


def filled(sender: Sender, entries: list[Entry]) -> bytes:
    with sender.matrix.app.test_request_context(headers={"Accept-Language": "es"}):
        return workbook(NEED, Mark("need", 1, sender.call), "es", title="T", call="C", plural="P",
                        entries=entries)  # fmt: skip


def test_however_many_answers_are_changed_it_is_as_many_statements(sender: Sender) -> None:
    plain = [Entry("", {"title": f"to change {n}", "gap": "-"}) for n in range(8)]
    sender.bring_in(sender.checked(filled(sender, plain)))
    counted, numbers = [], {}
    for count in (2, 8):
        form = Form(sender.form("drafts"))
        rows = [row for row in range(1, 90) if str(title_in(form, row)).startswith("to change")]
        for row in rows[:count]:
            for key in ("gap", "accessibility", "title"):
                words = f"to change {key} {count} {row}"
                form.put(key, words, row=row)
                numbers[key] = words
        upload = sender.checked(form.body())
        assert (upload.findings["changed"], upload.findings["bad"]) == (count, 0)
        with writing(sender) as statements:
            sender.bring_in(upload)
        assert sender.upload(upload.id).state == "imported"
        counted.append(statements)
    assert len(counted[0]) == len(counted[1]), (counted[0], counted[1])
    assert len(counted[1]) <= 40
    (last,) = [each for each in sender.drafts().values() if each["title"] == numbers["title"]]
    assert (last["gap"], last["accessibility"]) == (numbers["gap"], numbers["accessibility"])


def test_however_many_needs_are_brought_in_it_is_as_many_statements(sender: Sender) -> None:
    counted = []
    for count in (2, 12):
        upload = sender.checked(dense(sender, count, f"of {count}"))
        assert upload.findings["new"] == count, upload.findings["problems"][:3]
        with writing(sender) as statements:
            sender.bring_in(upload)
        assert sender.upload(upload.id).state == "imported"
        assert statements
        counted.append(statements)
    assert len(counted[0]) == len(counted[1]), (len(counted[0]), len(counted[1]))
    assert len(counted[1]) <= 40
    looking = [each for each in counted[1] if each.startswith("SELECT answer")]
    assert not looking, "what becomes of the rows is worked out before"


def test_the_history_of_an_answer_begins_with_the_workbook_and_can_go_back_to_it(
    sender: Sender,
) -> None:
    before = sender.drafts()
    sender.bring_in(sender.checked(dense(sender, 1, "history")))
    ((reference, made),) = [(k, v) for k, v in sender.drafts().items() if k not in before]
    with sender.matrix.app.app_context():
        need = next(row["id"] for row in rows_of("dossier") if row["reference"] == reference)
        draft = next(row["id"] for row in rows_of("draft") if row["dossier_id"] == need)
    base = f"/needs/{need}"
    sent = {"title": "Escrito después", "_revision.title": str(Seen(draft, 1))}
    assert sender.ask("PUT", f"{base}/answers/title", **sent).status == 200

    page = sender.ask("GET", f"{base}/history?question=title").body.decode()
    assert page.count(made["title"]) >= 2, "as what came first, and as what was changed"
    event_id = re.search(r'name="event" value="([^"]+:title)"', page)
    assert event_id, "what came first can be brought back"
    answer = sender.ask(
        "POST", f"{base}/restoration", event=event_id[1], revision=str(Seen(draft, 2))
    )
    assert answer.status == 303
    assert sender.drafts()[reference]["title"] == made["title"]

    for table in ("audience", "themes"):
        assert sender.ask("GET", f"{base}/history?question={table}").status == 200
    for wrong in (f"{event_id[1]}x", event_id[1].replace(":title", ":nothing.here"), "x:a:b:c"):
        answer = sender.ask(
            "POST", f"{base}/restoration", event=wrong, revision=str(Seen(draft, 3))
        )
        assert answer.status == 404, wrong
