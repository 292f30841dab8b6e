"""Can a delegation begin a need with the answers of one that it has, and does nothing else go along?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event

from app import clock
from app.audit.models import AuditEvent
from app.calls.models import Call
from app.db.transactions import transaction
from app.extensions import db
from app.formats.written import to_text
from app.intake.answers import document_of, written
from app.intake.models import Draft, FormatVersion
from app.needs.format import NEED
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.things import of_needs, rows_of
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen
from tests.intake.writing import fingerprint

PAGE = "/needs/beginning"
STATES = ("draft", "submitted", "returned", "accepted", "withdrawn")


class Beginner:
    """Somebody who begins needs, and what is stored then."""

    def __init__(self, matrix: Matrix, key: str = "hn.contributor") -> None:
        self.matrix = matrix
        self.who: Somebody = next(one for one in matrix.everybody if one.key == key)

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.matrix.app.app_context():
            return rows_of(table)

    def need(self, state: str, *, own: bool = True) -> dict[str, Any]:
        return next(
            row for row in of_needs(self.rows("dossier"))
            if row["state"] == state and (row["organisation_id"] == self.who.organisation_id) is own
        )  # fmt: skip

    def begin(self, *needs: str, **more: Any) -> Answer:
        sent = {"for_call": self.matrix.things.open_call, "from": list(needs), **more}
        return self.matrix.asker.ask(self.who, "POST", PAGE, data=sent)

    def new(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = {row["id"] for row in before}
        return [row for row in self.rows("dossier") if row["id"] not in known]

    def document(self, need: dict[str, Any]) -> dict[str, Any]:
        """The answers of the newest draft, open or closed."""
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            newest = db.select(Draft).where(Draft.dossier_id == need["id"])
            draft = session.scalars(newest.order_by(Draft.opened_at.desc())).first()
            return document_of(NEED, written(draft))

    def detail(self, kind: str, subject_id: str) -> dict[str, Any]:
        with self.matrix.app.app_context(), transaction(writing=False) as session:
            asked = db.select(AuditEvent.detail).where(
                AuditEvent.kind == kind, AuditEvent.subject_id == subject_id
            )
            return json.loads(session.scalars(asked).one())

    def draft_of(self, need: dict[str, Any]) -> dict[str, Any]:
        return next(row for row in self.rows("draft") if row["dossier_id"] == need["id"])

    def page(self, path: str) -> Seen:
        answer = self.matrix.asker.ask(self.who, "GET", path)
        assert answer.status == 200, path
        return Seen(200, answer.body.decode(), None)


@pytest.fixture
def beginner(demonstration: Matrix) -> Beginner:
    return Beginner(demonstration)


def without_ids(document: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [{name: said for name, said in row.items() if name != "id"} for row in value]
        if isinstance(value, list) and value and isinstance(value[0], dict) else value
        for key, value in document.items()
    }  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted"])
def test_the_answers_of_a_need_in_any_state_go_along_and_rows_get_new_ids(
    beginner: Beginner, state: str
) -> None:
    source, before = beginner.need(state), beginner.rows("dossier")
    answer = beginner.begin(source["id"])
    (made,) = beginner.new(before)
    assert answer.status == 303
    assert answer.location == f"/needs/{made['id']}"
    old, new = beginner.document(source), beginner.document(made)
    assert without_ids(new) == without_ids(old)
    assert {row["id"] for row in new["audience"]}.isdisjoint(row["id"] for row in old["audience"])
    assert made["state"] == "draft"
    assert not made["is_submitted"]


def test_nothing_but_answers_goes_along(beginner: Beginner) -> None:
    source, before = beginner.need("accepted"), beginner.rows("dossier")
    tables = ("consent", "version", "review", "comment", "attachment", "need_fact")
    stored = {name: len(beginner.rows(name)) for name in tables}
    beginner.begin(source["id"])
    (made,) = beginner.new(before)
    assert {name: len(beginner.rows(name)) for name in tables} == stored
    assert (made["versions_count"], made["latest_version_id"]) == (0, None)


def test_the_draft_says_where_it_came_from_on_its_page_and_on_record(beginner: Beginner) -> None:
    source, before = beginner.need("accepted"), beginner.rows("dossier")
    beginner.begin(source["id"])
    (made,) = beginner.new(before)
    started = beginner.detail("dossier-started", made["id"])
    assert started["from"] == source["latest_version_id"]
    seen = beginner.page(f"/needs/{made['id']}")
    assert f"Comenzada a partir de {source['reference']}" in seen.words
    assert f"/needs/{source['id']}" in seen.links()


def test_a_copied_answer_that_nobody_touched_is_no_conflict(beginner: Beginner) -> None:
    """What a draft began with is known, so that an old page does not ask about it."""
    source, before = beginner.need("accepted"), beginner.rows("dossier")
    beginner.begin(source["id"])
    (made,) = beginner.new(before)
    path = f"/needs/{made['id']}/sections/essentials"
    old = {name: sent for name, sent in beginner.page(path).fields(path).items()
           if name not in ("csrf_token", "_key")}  # fmt: skip
    ask = beginner.matrix.asker.ask
    first = ask(beginner.who, "POST", path, data={**old, "gap": "De la colega", "_stay": "1"})
    second = ask(beginner.who, "POST", path, data={**old, "title": "Otro título", "_stay": "1"})
    assert (first.status, second.status) == (303, 303)
    now = beginner.document(made)
    assert (now["gap"], now["title"]) == ("De la colega", "Otro título")


def test_several_marked_needs_make_a_draft_each(beginner: Beginner) -> None:
    sources = [beginner.need(state) for state in ("draft", "submitted", "accepted")]
    before = beginner.rows("dossier")
    answer = beginner.begin(*(row["id"] for row in sources))
    made = beginner.new(before)
    assert answer.status == 303
    assert len(made) == 3
    assert len({row["reference"] for row in made}) == 3


def test_pressed_twice_it_is_made_once(beginner: Beginner) -> None:
    source, before = beginner.need("draft"), beginner.rows("dossier")
    first, second = (
        beginner.begin(source["id"], _key="the-same-press-of-the-button") for _ in "12"
    )
    assert len(beginner.new(before)) == 1
    assert first.location == second.location


@pytest.mark.parametrize("whose", ["foreign", "missing"])
def test_a_need_of_another_delegation_is_as_if_there_were_none_and_nothing_is_made(
    beginner: Beginner, whose: str
) -> None:
    own = beginner.need("accepted")["id"]
    other = beginner.need("accepted", own=False)["id"] if whose == "foreign" else "z" * 20
    before = fingerprint(beginner.matrix)
    assert beginner.begin(own, other).status == 404
    assert fingerprint(beginner.matrix) == before


def test_a_closed_call_is_refused(beginner: Beginner) -> None:
    closed = next((row["id"] for row in beginner.rows("call") if row["state"] == "closed"), None)
    assert closed, "the demonstration has no closed call"
    before = fingerprint(beginner.matrix)
    answer = beginner.begin(beginner.need("accepted")["id"], for_call=closed)
    assert answer.status in (404, 409)
    assert fingerprint(beginner.matrix) == before


@pytest.mark.parametrize("marked", [(), tuple(f"{n:020}" for n in range(26))])
def test_none_or_too_many_marked_are_refused_at_their_place(
    beginner: Beginner, marked: tuple[str, ...]
) -> None:
    answer = beginner.begin(*marked)
    assert answer.status == 422
    assert b'href="#from"' in answer.body


def test_the_list_finds_by_words_and_by_call_and_shows_own_needs_only(beginner: Beginner) -> None:
    source = beginner.need("accepted")
    title = beginner.document(source)["title"]
    seen = beginner.page(f"{PAGE}?words={title[:20]}")
    assert title in seen.words
    assert source["id"] in seen.html
    assert beginner.need("accepted", own=False)["id"] not in beginner.page(PAGE).html
    assert source["id"] not in beginner.page(f"{PAGE}?words=no-such-words").html
    assert source["id"] not in beginner.page(f"{PAGE}?call=no-such-call").html


def test_answers_that_do_not_fit_a_newer_form_are_named_on_the_page(beginner: Beginner) -> None:
    document = json.loads(to_text(NEED))
    document["version"] = 2
    first = document["sections"][0]["fields"]
    next(field for field in first if field["key"] == "gap")["key"] = "problem"
    source, before = beginner.need("accepted"), beginner.rows("dossier")
    with beginner.matrix.app.app_context(), transaction(writing=True) as session:
        session.add(FormatVersion(name="need", version=2, hash="x", source=json.dumps(document),
                                  published_at=clock.now()))  # fmt: skip
        call = session.get_one(Call, beginner.matrix.things.open_call)
        call.format_version = 2
    beginner.begin(source["id"])
    (made,) = beginner.new(before)
    seen = beginner.page(f"/needs/{made['id']}")
    assert "quedaron fuera: Qué falta hoy" in seen.words
    assert (
        "Qué falta hoy" not in beginner.page(f"/needs/{source['id']}").words.split("Secciones")[0]
    )


def test_all_chosen_needs_are_held_before_the_first_is_begun(demonstration: Matrix) -> None:
    """One order for whoever begins: the needs, then the invitation that numbers are drawn from."""
    beginner, said = Beginner(demonstration), []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if (
            statement.startswith("SELECT")
            and "JOIN dossier ON" in statement
            and "JOIN call" in statement
        ):
            said.append("held")
        elif statement.startswith("INSERT INTO dossier "):
            said.append("begun")

    chosen = [beginner.need(state)["id"] for state in ("returned", "accepted")]
    with demonstration.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert beginner.begin(*chosen).status == 303
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert said[-4:] == ["held", "held", "begun", "begun"], said
