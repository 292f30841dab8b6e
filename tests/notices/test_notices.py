"""Is everybody told of what concerns them, once, in Enlace and by mail, and nobody of anything else?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app import clock
from app.db.scoping import Scope, Wall, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.notices import queries
from app.notices.models import Notice
from app.notices.telling import QUARTER, SLACK, Notification, tell
from app.organisations.models import Membership
from app.policy.actor import Actor, OrganisationKind, Role
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.test_comments import BOTH, OURS, Talk, is_refused_by_the_database
from tests.support.delivering import deliver, letters

SOON = QUARTER + 2 * SLACK


@pytest.fixture(scope="module")
def talk(demonstration: Matrix) -> Talk:
    return Talk(demonstration, "submitted")


@pytest.fixture(autouse=True)
def _an_hour_of_its_own(talk: Talk, hours: Iterator[int]) -> Iterator[None]:
    """What falls into one quarter of an hour is one letter, so no two tests share one; and what
    an earlier test left waiting is away, whichever tests that were."""
    with clock.stopped_at(clock.now() + timedelta(hours=next(hours))):
        deliver(talk.matrix.app)
        yield


@pytest.fixture(scope="module")
def hours(talk: Talk) -> Iterator[int]:
    return count(1)


def notices(talk: Talk, key: str) -> list[dict[str, Any]]:
    who = talk.who(key)
    with talk.matrix.app.app_context():
        return [
            row for row in rows_of("notice")
            if (row["person_id"], row["organisation_id"]) == (who.person_id, who.organisation_id)
        ]  # fmt: skip


def email(talk: Talk, key: str) -> str:
    with talk.matrix.app.app_context():
        return next(r["email"] for r in rows_of("person") if r["id"] == talk.who(key).person_id)


def told(talk: Talk, key: str, subject_id: str) -> list[str]:
    return [one["kind"] for one in notices(talk, key) if one["subject_id"] == subject_id]


def test_whoever_is_addressed_is_told_once_however_often_it_is_delivered(talk: Talk) -> None:
    focal = talk.who("hn.focal")
    said = talk.say("hn.contributor", "Para usted", mentioned=[focal.person_id])
    assert told(talk, "hn.focal", said["id"]) == []
    for _ in range(3):
        deliver(talk.matrix.app)
    assert told(talk, "hn.focal", said["id"]) == ["mentioned"]
    assert told(talk, "hn.contributor", said["id"]) == []
    assert told(talk, "st.officer", said["id"]) == []
    with talk.matrix.app.app_context(), transaction(writing=True):
        again = Notification(person_id=focal.person_id, organisation_id=focal.organisation_id,
                             kind="mentioned", subject_id=said["id"], event=f"comment:{said['id']}")  # fmt: skip
        tell([again, again])
    assert told(talk, "hn.focal", said["id"]) == ["mentioned"]


def test_the_other_side_is_told_and_an_answer_reaches_whoever_spoke(talk: Talk) -> None:
    said = talk.say("hn.contributor", "¿Qué opina la ST?", BOTH)
    talk.send("st.officer", f"/needs/comments/{said['id']}", text="Que sí")
    deliver(talk.matrix.app)
    assert told(talk, "st.coordinator", said["id"]) == ["commented"]
    assert told(talk, "st.officer", said["id"]) == ["commented"]
    assert told(talk, "hn.contributor", said["id"]) == ["replied"]
    for key in ("mx.focal", "ca.pledger", "ppt.reader"):
        assert told(talk, key, said["id"]) == []


def test_what_was_withdrawn_before_it_was_told_is_not_told(talk: Talk) -> None:
    said = talk.say("hn.contributor", "Mejor no", mentioned=[talk.who("hn.focal").person_id])
    talk.send("hn.contributor", f"/needs/comments/{said['id']}/withdrawal")
    deliver(talk.matrix.app)
    assert told(talk, "hn.focal", said["id"]) == []


def test_the_header_counts_what_is_unread_and_reading_takes_it_away(talk: Talk) -> None:
    ask, focal = talk.matrix.asker.ask, talk.who("hn.focal")
    talk.send("hn.focal", "/notices")
    assert 'class="count"' not in talk.see("hn.focal", "/notices")
    said = talk.say("hn.contributor", "Uno nuevo", mentioned=[focal.person_id])
    deliver(talk.matrix.app)
    page = talk.see("hn.focal", "/notices")
    assert '<b class="count">1<' in page
    assert "Uno nuevo" not in page
    one = next(row for row in notices(talk, "hn.focal") if row["subject_id"] == said["id"])
    for stranger in ("hn.contributor", "st.coordinator", "ca.pledger"):
        assert ask(talk.who(stranger), "POST", f"/notices/{one['id']}").status == 404
    answer = ask(focal, "POST", f"/notices/{one['id']}")
    assert (answer.status, answer.location) == (303, f"/needs/comments/{said['id']}")
    assert 'class="count"' not in talk.see("hn.focal", "/notices")
    assert "Uno nuevo" in talk.see("hn.focal", answer.location)


def test_a_subject_that_is_gone_is_answered_like_any_that_is_missing(talk: Talk) -> None:
    focal = talk.who("hn.focal")
    with talk.matrix.app.app_context(), transaction(writing=True):
        tell([Notification(person_id=focal.person_id, organisation_id=focal.organisation_id,
                           kind="mentioned", subject_id="n" * 20, event="gone")])  # fmt: skip
    one = next(row for row in notices(talk, "hn.focal") if row["event"] == "gone")
    answer = talk.send("hn.focal", f"/notices/{one['id']}")
    assert talk.matrix.asker.ask(focal, "GET", answer.location).status == 404


def test_whoever_reads_records_no_more_keeps_the_notices_without_a_reference(talk: Talk) -> None:
    talk.say("hn.contributor", "Para usted", mentioned=[talk.who("hn.focal").person_id])
    deliver(talk.matrix.app)
    focal = talk.who("hn.focal")

    def references(role: Role) -> list[str | None]:
        actor = Actor(
            person_id=focal.person_id, session_id="", name="", lang="es", country="HN",
            organisation_id=focal.organisation_id, organisation_name="", roles=frozenset({role}),
            organisation_kind=OrganisationKind.DELEGATION,
        )  # fmt: skip
        with talk.matrix.app.app_context(), transaction(writing=False):
            return [row.reference for row in queries.list_notices(actor, "").rows]

    assert any(references(Role.LEGAL_ADVISER))
    assert references(Role.CASE_OFFICER) == [None] * len(references(Role.LEGAL_ADVISER))


def test_what_falls_together_is_one_letter_without_content(talk: Talk) -> None:
    app, to = talk.matrix.app, email(talk, "hn.focal")
    before = len(letters(app, to))
    talk.say("hn.contributor", "Primero secreto", mentioned=[talk.who("hn.focal").person_id])
    talk.say("hn.contributor", "Segundo secreto", mentioned=[talk.who("hn.focal").person_id])
    deliver(app)
    assert len(letters(app, to)) == before
    for _ in range(2):
        deliver(app, SOON)
    new = letters(app, to)[before:]
    assert len(new) == 1
    assert "comentarios para usted" in new[0]
    assert "/notices" in new[0]
    assert "secreto" not in new[0]
    assert "HND-" not in new[0]


def test_whoever_has_read_it_gets_no_letter(talk: Talk) -> None:
    app, to = talk.matrix.app, email(talk, "hn.focal")
    before = len(letters(app, to))
    talk.say("hn.contributor", "Ya lo vi", mentioned=[talk.who("hn.focal").person_id])
    deliver(app)
    talk.send("hn.focal", "/notices")
    deliver(app, SOON)
    assert len(letters(app, to)) == before


def test_whoever_does_without_gets_the_notice_and_no_letter(talk: Talk) -> None:
    app, to = talk.matrix.app, email(talk, "hn.focal")
    before = len(letters(app, to))
    assert (
        talk.send("hn.focal", "/me/mail", wanted=["ready", "steps", "cases", "reminders"]).status
        == 303
    )
    said = talk.say("hn.contributor", "Sin correo", mentioned=[talk.who("hn.focal").person_id])
    deliver(app)
    deliver(app, SOON)
    assert told(talk, "hn.focal", said["id"]) == ["mentioned"]
    assert len(letters(app, to)) == before
    talk.send("hn.focal", "/me/mail", wanted=["comments", "ready", "steps", "cases", "reminders"])
    with app.app_context():
        assert rows_of("mail_choice") == []


def test_whoever_has_left_the_organisation_gets_no_letter_of_it(talk: Talk) -> None:
    app, to, who = talk.matrix.app, email(talk, "hn.focal"), talk.who("hn.focal")
    deliver(app, SOON)  # what earlier tests left to be delivered
    before = len(letters(app, to))
    talk.say("hn.contributor", "Antes de irse", mentioned=[who.person_id])
    deliver(app)

    def leave(at: datetime | None) -> None:
        left = update(Membership.__table__).where(
            Membership.person_id == who.person_id,
            Membership.organisation_id == who.organisation_id,
        )  # fmt: skip
        with app.app_context(), transaction(writing=True) as session:
            session.execute(left.values(ended_at=at))

    leave(clock.now())
    try:
        deliver(app, SOON)
    finally:
        leave(None)
    assert len(letters(app, to)) == before
    talk.send("hn.focal", "/notices")


def test_of_two_windows_that_choose_mail_at_once_neither_fails(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(*wanted: str, seen: set[str]) -> list[str]:
        """Choose in a window that saw other choices than there are by now."""
        with monkeypatch.context() as patched:
            patched.setattr(queries, "families_done_without", lambda _actor: seen)
            assert talk.send("hn.focal", "/me/mail", wanted=list(wanted)).status == 303
        with talk.matrix.app.app_context():
            return [row["family"] for row in rows_of("mail_choice")]

    assert choose("ready", "steps", "cases", "reminders", seen=set()) == ["comments"]
    assert choose("ready", "steps", "cases", "reminders", seen=set()) == ["comments"]
    for _ in range(2):
        assert choose("comments", "ready", "steps", "cases", "reminders", seen={"comments"}) == []


def test_those_who_took_part_are_told_of_each_step(talk: Talk) -> None:
    with talk.matrix.app.app_context():
        row = next(row for row in rows_of("dossier") if row["id"] == talk.need)
    answer = talk.send("st.officer", f"/needs/{talk.need}/review", verdict="accept",
                       version=row["latest_version_id"])  # fmt: skip
    assert answer.status == 303, answer.body.decode()[-500:]
    deliver(talk.matrix.app)
    with talk.matrix.app.app_context():
        of_need = [
            one
            for one in rows_of("notice")
            if one["event"].startswith("accepted:") and one["dossier_id"] == talk.need
        ]
        wrote = {row["started_by"], *(v["certified_by"] for v in rows_of("version")
                                      if v["dossier_id"] == talk.need)}  # fmt: skip
    assert wrote <= {one["person_id"] for one in of_need}
    assert {one["organisation_id"] for one in of_need} == {row["organisation_id"]}


def test_a_sponsor_that_reads_and_answers_is_told_of_without_its_name(talk: Talk) -> None:
    with talk.matrix.app.app_context():
        routing = next(r for r in rows_of("routing") if r["state"] == "sent")
        sponsor = next(
            o["key"] for o in rows_of("organisation") if o["id"] == routing["sponsor_id"]
        )
        before = len([n for n in rows_of("notice") if n["kind"] in ("read", "answered")])
    who = next(one for one in talk.matrix.everybody
               if one.organisation == sponsor and "sponsor_pledger" in one.roles)  # fmt: skip
    ask, path = talk.matrix.asker.ask, f"/received/{routing['id']}"
    for _ in range(2):
        assert ask(who, "GET", path).status == 200
    assert ask(who, "POST", f"{path}/answer", data={"state": "interested"}).status == 303
    deliver(talk.matrix.app)
    with talk.matrix.app.app_context():
        found = [n for n in rows_of("notice") if n["kind"] in ("read", "answered")][before:]
        kinds = {n["kind"] for n in rows_of("notice")}
    assert {"read", "answered"} <= kinds
    assert all(who.organisation_id not in repr(n) for n in found)


def test_nobody_but_the_outbox_writes_notices_and_nobody_reads_anothers(
    talk: Talk, database: Any
) -> None:
    if database.is_a_file:
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")
    focal, table = talk.who("hn.focal"), Notice.__table__
    scope = Scope(Wall.ORGANISATION, focal.organisation_id, focal.kind, focal.person_id)
    with talk.matrix.app.app_context(), scoped(scope), db.engine.connect() as connection:
        seen = set(connection.execute(select(table.c.person_id)).scalars())
    assert seen == {focal.person_id}
    planted = insert(table).values(
        id="x" * 20, person_id=focal.person_id, organisation_id=focal.organisation_id, kind="read",
        subject_id="x", event="x", is_mailed=False, at=clock.now(),
    )  # fmt: skip
    assert is_refused_by_the_database(talk, planted, scope)
    sponsor = talk.who("ca.pledger")
    beyond = Scope(Wall.SPONSOR, sponsor.organisation_id, sponsor.kind, sponsor.person_id)
    for statement in (select(table), update(table).values(kind="read")):
        assert is_refused_by_the_database(talk, statement, beyond)


def test_a_mention_in_ones_own_circle_never_reaches_the_secretariat(talk: Talk) -> None:
    said = talk.say("hn.contributor", "Entre nosotras", OURS)
    talk.send("hn.focal", f"/needs/comments/{said['id']}", text="De acuerdo")
    deliver(talk.matrix.app)
    assert told(talk, "hn.contributor", said["id"]) == ["replied"]
    for key in ("st.officer", "st.coordinator"):
        assert told(talk, key, said["id"]) == []
