"""Are comments read by those whom they say, and by nobody else, and is none ever rewritten?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from app.db.scoping import SYSTEM, Scope, Wall, scoped
from app.extensions import db
from app.intake.comments.models import Comment, CommentMention
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.things import needs, rows_of
from tests.access.world import demonstration as demonstration

OURS, BOTH = "delegation", "shared"


class Talk:
    """People of the demonstration talking about a need of Honduras."""

    def __init__(self, matrix: Matrix, state: str) -> None:
        self.matrix = matrix
        with matrix.app.app_context():
            honduras = self.who("hn.focal").organisation_id
            self.need = next(
                row["id"] for row in needs()
                if row["organisation_id"] == honduras and row["state"] == state
            )  # fmt: skip

    def who(self, key: str) -> Somebody:
        return next(one for one in self.matrix.everybody if one.key == key)

    def place(self, section: str = "essentials", field: str = "title") -> str:
        return f"/needs/{self.need}/comments?section={section}" + (
            f"&field={field}" if field else ""
        )

    def see(self, key: str, path: str = "", *, htmx: bool = False) -> str:
        answer = self.matrix.asker.ask(self.who(key), "GET", path or self.place(), htmx=htmx)
        assert answer.status == 200, answer.status
        return answer.body.decode()

    def send(self, key: str, path: str, **data: Any) -> Answer:
        return self.matrix.asker.ask(self.who(key), "POST", path, data=data)

    def say(self, key: str, text: str, circle: str = OURS, **more: Any) -> Any:
        """Say something, and the row that is kept of it."""
        answer = self.send(key, self.place(), text=text, circle=circle, **more)
        assert answer.status == 303, answer.body.decode()[-2000:]
        return self.row(text)

    def row(self, text: str) -> Any:
        with self.matrix.app.app_context():
            return next(row for row in rows_of("comment") if row["text"] == text)


@pytest.fixture(scope="module")
def drafted(demonstration: Matrix) -> Talk:
    return Talk(demonstration, "draft")


@pytest.fixture(scope="module")
def submitted(demonstration: Matrix) -> Talk:
    return Talk(demonstration, "submitted")


def test_a_colleague_reads_what_was_said_beside_the_field(drafted: Talk) -> None:
    drafted.say("hn.contributor", "¿Cuántas personas serán?")
    assert "¿Cuántas personas serán?" in drafted.see("hn.focal")
    section = drafted.see("hn.focal", f"/needs/{drafted.need}/sections/essentials")
    assert "field=title" in section
    assert re.search(r"1 comentario abierto<span", section)


def test_before_certification_there_is_no_circle_but_the_delegation(drafted: Talk) -> None:
    page = drafted.see("hn.contributor")
    assert "Lo leerá: su delegación" in page
    assert "Lo leerán" not in page
    answer = drafted.send("hn.contributor", drafted.place(), text="A la ST", circle=BOTH)
    assert answer.status == 422


def test_nothing_is_chosen_where_both_circles_are_possible(submitted: Talk) -> None:
    page = submitted.see("hn.contributor")
    assert "Lo leerá: su delegación" in page
    assert "Lo leerán: su delegación y la ST" in page
    assert not re.search(r'name="circle"[^>]*checked', page)
    answer = submitted.send("hn.contributor", submitted.place(), text="Sin elegir quién lee")
    assert answer.status == 422
    assert "Elija quién puede leerlo" in answer.body.decode()
    assert "Sin elegir quién lee</textarea>" in answer.body.decode()


def test_the_secretariat_reads_the_shared_circle_alone(submitted: Talk) -> None:
    ours = submitted.say("hn.contributor", "Solo entre nosotras")
    both = submitted.say("hn.contributor", "Para la Secretaría también", BOTH)
    page = submitted.see("st.officer")
    assert "Para la Secretaría también" in page
    assert "Solo entre nosotras" not in page
    assert "Lo leerán: la delegación y la ST" in page
    assert "1 comentario abierto" in submitted.see("st.officer", f"/needs/{submitted.need}")
    ask = submitted.matrix.asker.ask
    officer = submitted.who("st.officer")
    assert ask(officer, "GET", f"/needs/comments/{both['id']}").status == 200
    for path in ("", "/withdrawal", "/resolution"):
        method = "POST" if path else "GET"
        assert ask(officer, method, f"/needs/comments/{ours['id']}{path}").status == 404


def test_the_secretariat_never_writes_in_the_circle_of_a_delegation(submitted: Talk) -> None:
    answer = submitted.send("st.officer", submitted.place(), text="Me cuelo", circle=OURS)
    assert answer.status == 422


def test_a_reply_stays_in_the_circle_of_what_it_answers(submitted: Talk) -> None:
    first = submitted.say("hn.contributor", "¿Lo decimos?")
    thread = f"/needs/comments/{first['id']}"
    answer = submitted.send("hn.focal", thread, text="Mejor no", circle=BOTH)
    assert answer.status == 303
    assert submitted.row("Mejor no")["circle"] == OURS
    moved = {**first, "id": "a" * 20, "parent_id": first["id"], "circle": BOTH}
    assert is_refused_by_the_database(submitted, insert(Comment.__table__).values(moved))


def is_refused_by_the_database(talk: Talk, statement: Any, scope: Scope = SYSTEM) -> bool:
    with (
        talk.matrix.app.app_context(),
        scoped(scope, writing=True),
        db.engine.connect() as connection,
    ):
        try:
            connection.execute(statement)
        except DBAPIError:
            return True
        finally:
            connection.rollback()
    return False


def test_a_colleague_is_addressed_from_the_list_alone(submitted: Talk) -> None:
    focal, foreign = submitted.who("hn.focal"), submitted.who("mx.focal")
    submitted.say("hn.contributor", "Mire esto", mentioned=[focal.person_id])
    assert "@" in submitted.see("hn.contributor")
    refused = submitted.send(
        "hn.contributor", submitted.place(), text="Y usted", circle=OURS,
        mentioned=[foreign.person_id],
    )  # fmt: skip
    assert refused.status == 422
    assert "Elija colegas de la lista" in refused.body.decode()


@pytest.mark.parametrize(("text", "says"), [("", "Escriba lo que"), ("x" * 2001, "2000"),
                                            ("\u202eal revés", "signos")])  # fmt: skip
def test_a_text_that_cannot_be_kept_is_refused_at_its_place(
    submitted: Talk, text: str, says: str
) -> None:
    answer = submitted.send("hn.focal", submitted.place(), text=text, circle=OURS)
    page = answer.body.decode()
    assert answer.status == 422
    assert says in page
    assert 'id="error-text"' in page
    assert f"{text}</textarea>" in page


def test_two_thousand_characters_are_kept(submitted: Talk) -> None:
    submitted.say("hn.focal", "á" * 2000)


def test_what_is_said_travels_in_no_audit_event(submitted: Talk) -> None:
    said = submitted.say("hn.focal", "Palabras que no van al rastro")
    with submitted.matrix.app.app_context():
        events = [row for row in rows_of("audit_event") if row["subject_id"] == said["id"]]
    assert [event["kind"] for event in events] == ["comment-written"]
    assert "Palabras" not in json.dumps(events, default=str)
    assert events[0]["part"] == "essentials.title"


def test_only_the_author_withdraws_and_nobody_reads_it_any_more(submitted: Talk) -> None:
    said = submitted.say("hn.contributor", "Me equivoqué")
    path = f"/needs/comments/{said['id']}/withdrawal"
    assert submitted.send("hn.focal", path).status == 409
    assert submitted.send("hn.contributor", path).status == 303
    page = submitted.see("hn.focal")
    assert "Me equivoqué" not in page
    assert "Retirado por quien lo escribió" in page
    assert submitted.send("hn.contributor", path).status == 409


def test_a_conversation_is_settled_and_taken_up_again(submitted: Talk) -> None:
    said = submitted.say("hn.contributor", "¿Está bien el título?", BOTH)
    path = f"/needs/comments/{said['id']}/resolution"
    assert submitted.send("st.officer", path, act="resolve").status == 303
    assert submitted.send("st.officer", path, act="resolve").status == 409
    resolved = submitted.see("hn.focal", f"/needs/{submitted.need}/comments?state=resolved")
    assert "¿Está bien el título?" in resolved
    still = submitted.see("hn.focal", f"/needs/{submitted.need}/comments?state=open")
    assert "¿Está bien el título?" not in still
    assert submitted.send("hn.focal", path, act="again").status == 303
    assert submitted.row("¿Está bien el título?")["resolved_by"] is None


@pytest.mark.parametrize(
    "query", ["?section=nothing", "?section=essentials&field=nothing", "?field=title"]
)
def test_a_place_that_the_form_has_not_is_missing(submitted: Talk, query: str) -> None:
    path = f"/needs/{submitted.need}/comments{query}"
    for method in ("GET", "POST"):
        answer = submitted.matrix.asker.ask(submitted.who("hn.focal"), method, path)
        assert answer.status == 404


def test_beside_the_draft_only_the_conversation_comes(submitted: Talk) -> None:
    whole, part = submitted.see("hn.focal"), submitted.see("hn.focal", htmx=True)
    assert "<html" in whole
    assert "<html" not in part
    assert part.lstrip().startswith('<div id="talk"')


def test_the_database_keeps_what_was_said(submitted: Talk) -> None:
    said, table = submitted.say("hn.focal", "No se cambia"), Comment.__table__
    this = table.c.id == said["id"]
    for statement in (
        update(table).where(this).values(text="Otra cosa"),
        update(table).where(this).values(circle=BOTH),
        update(table).where(this).values(author_name="Otra"),
        delete(table).where(this),
    ):
        assert is_refused_by_the_database(submitted, statement), statement


def test_the_walls_of_postgresql_hold_without_any_query(submitted: Talk, database: Any) -> None:
    if database.is_a_file:
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")
    submitted.say(
        "hn.contributor", "Detrás del muro", mentioned=[submitted.who("hn.focal").person_id]
    )

    def seen(key: str, wall: Wall = Wall.ORGANISATION) -> set[str]:
        who = submitted.who(key)
        scope = Scope(wall, who.organisation_id, who.kind, who.person_id)
        with submitted.matrix.app.app_context(), scoped(scope), db.engine.connect() as connection:
            return set(connection.execute(select(Comment.__table__.c.circle)).scalars())

    assert seen("hn.focal") == {OURS, BOTH}
    assert seen("st.coordinator") == {BOTH}
    assert seen("ppt.reader") == seen("ar.observer") == set()
    with pytest.raises(DBAPIError):
        seen("ca.pledger", Wall.SPONSOR)


def test_whom_somebody_addresses_is_told_to_their_own_side_alone(
    submitted: Talk, database: Any
) -> None:
    ours, theirs = submitted.who("hn.focal"), submitted.who("st.coordinator")
    from_us = submitted.say("hn.contributor", "Marta, mira", BOTH, mentioned=[ours.person_id])
    from_them = submitted.say("st.officer", "Coordinadora, mire", BOTH,
                              mentioned=[theirs.person_id])  # fmt: skip
    with submitted.matrix.app.app_context():
        people = {row["id"]: row["name"] for row in rows_of("person")}
    at_us, at_them = f"@{people[ours.person_id]}", f"@{people[theirs.person_id]}"
    seen_by_us, seen_by_them = submitted.see("hn.contributor"), submitted.see("st.officer")
    assert (at_us in seen_by_us, at_them in seen_by_us) == (True, False)
    assert (at_us in seen_by_them, at_them in seen_by_them) == (False, True)
    if database.is_a_file:
        return
    for who, own, other in ((ours, from_us, from_them), (theirs, from_them, from_us)):
        scope = Scope(Wall.ORGANISATION, who.organisation_id, who.kind, who.person_id)
        asked = select(CommentMention.__table__.c.comment_id)
        with submitted.matrix.app.app_context(), scoped(scope), db.engine.connect() as connection:
            kept = set(connection.execute(asked).scalars())
        assert (own["id"] in kept, other["id"] in kept) == (True, False)


def test_a_sponsors_connection_knows_no_comments(submitted: Talk) -> None:
    who = submitted.who("ca.pledger")
    scope = Scope(Wall.SPONSOR, who.organisation_id, who.kind, who.person_id)
    for name in ("comment", "comment_mention"):
        statement = select(db.metadata.tables[name])
        assert is_refused_by_the_database(submitted, statement, scope), name
