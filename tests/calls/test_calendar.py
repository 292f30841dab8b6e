"""Does a calendar follow deadlines by its secret alone, and say nothing but when a call closes?"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from app import clock
from app.calls.icalendar import Event, write
from app.extensions import db
from app.organisations.models import Membership
from tests.access.asking import Asker, Somebody
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration

NOBODY = Somebody(key="anonymous")
ADDRESS = re.compile(r"/calendar/[\w-]+\.ics")
AT = datetime(2004, 6, 30, 23, 0, tzinfo=UTC)


def person(matrix: Matrix, key: str) -> Somebody:
    return next(one for one in matrix.everybody if one.key == key)


def make(matrix: Matrix, key: str) -> str:
    """A new address, read off the page that says it once."""
    client = matrix.app.test_client()
    who, asker = person(matrix, key), matrix.asker
    with client.session_transaction() as session:
        session["sign_in"] = who.token
    page = client.get("/me/calendar").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    sent = {"csrf_token": token[1], "_key": "k" * 20 + str(clock.real_now().timestamp())[-6:-1],
            "_acting": who.organisation_id, "act": "renew"}  # fmt: skip
    sent["_key"] = sent["_key"].replace(".", "0")
    assert client.post("/me/calendar", data=sent).status_code == 303
    said = client.get("/me/calendar").get_data(as_text=True)
    found = ADDRESS.search(said)
    assert found
    assert not ADDRESS.search(client.get("/me/calendar").get_data(as_text=True))
    assert isinstance(asker, Asker)
    return found[0]


def read(matrix: Matrix, address: str) -> tuple[int, str]:
    answer = matrix.app.test_client().get(address)
    return answer.status_code, answer.get_data().decode()


def test_the_secret_alone_opens_it_and_nothing_but_closes_stand_there(
    demonstration: Matrix,
) -> None:
    status, text = read(demonstration, make(demonstration, "hn.contributor"))
    assert status == 200
    with demonstration.app.app_context():
        calls = rows_of("call")
    assert "Cierre de convocatoria 2004" in text
    for call in calls:
        assert call["title_es"] not in text
        assert call["title_en"] not in text
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {line.split(":")[0] for line in lines if line} == {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME",
        "REFRESH-INTERVAL;VALUE=DURATION", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE",
        "LAST-MODIFIED", "STATUS", "TRANSP",
    }  # fmt: skip


def test_only_its_hash_is_stored(demonstration: Matrix) -> None:
    secret = make(demonstration, "mx.focal").removeprefix("/calendar/").removesuffix(".ics")
    with demonstration.app.app_context():
        for table in ("calendar_feed", "audit_event", "idempotency_key"):
            assert secret not in repr(rows_of(table))


def test_a_new_address_ends_the_one_before_and_ending_it_leaves_none(
    demonstration: Matrix,
) -> None:
    first = make(demonstration, "hn.focal")
    second = make(demonstration, "hn.focal")
    assert read(demonstration, first)[0] == 404
    assert read(demonstration, second)[0] == 200
    who = person(demonstration, "hn.focal")
    ended = demonstration.asker.ask(who, "POST", "/me/calendar", data={"act": "end"})
    assert ended.status == 303
    assert read(demonstration, second)[0] == 404
    assert read(demonstration, "/calendar/made-up.ics")[0] == 404


def test_a_call_in_preparation_is_in_nobodys_calendar(demonstration: Matrix) -> None:
    for key in ("st.officer", "hn.focal"):
        assert "test-draft" not in read(demonstration, make(demonstration, key))[1]


def test_whoever_leaves_the_organisation_follows_no_longer(demonstration: Matrix) -> None:
    address, who = make(demonstration, "hn.colleague"), person(demonstration, "hn.colleague")
    assert read(demonstration, address)[0] == 200
    from app.db.transactions import transaction

    with demonstration.app.app_context(), transaction(writing=True) as session:
        session.execute(
            db.update(Membership)
            .where(Membership.person_id == who.person_id)
            .values(ended_at=clock.now())
        )
    assert read(demonstration, address)[0] == 404
    with demonstration.app.app_context(), transaction(writing=True) as session:
        back = {"ended_at": None, "created_at": clock.now()}
        session.execute(
            db.update(Membership).where(Membership.person_id == who.person_id).values(**back)
        )
    assert read(demonstration, address)[0] == 404, "an address of before does not come back"
    assert read(demonstration, make(demonstration, "hn.colleague"))[0] == 200


def test_lines_are_folded_without_tearing_a_letter_and_marks_are_escaped() -> None:
    one = Event(id="a", at=AT, summary="ñandú, á; b\\c\n" * 20, revision=3, changed_at=AT)
    body = write("Plazos", "enlace.example", [one], AT)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    whole = body.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:" + "ñandú\\, á\\; b\\\\c\\n" * 20 in whole
    assert "DTSTART:20040630T230000Z" in whole
    assert "\n" not in whole.replace("\r\n", "")
