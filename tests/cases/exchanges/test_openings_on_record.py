"""Does every opening of a sealed value leave who, when and for what, and does nobody read without leaving it?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from app.audit import trail
from tests.access.canaries import readable
from tests.access.things import rows_of
from tests.cases.exchanges.addresses import every
from tests.cases.exchanges.desk import CASE, Desk, Person

SV, GT = ("sv", "prosecution"), ("gt", "child_protection")
SEALED = ("NACIONAL-SECRETA", "LUGAR-PERSONAL", "NOTAS-SECRETAS", "APELLIDO-PERSONAL",
          "NOMBRE-PERSONAL", "1993-02-03", "febrero de 1993")  # fmt: skip
EVERYBODY = ("hn.prosecutor", "hn.child", "hn.border", "hn.focal", "hn.legal", "sv.prosecutor", "sv.child",
             "sv.focal", "gt.prosecutor", "gt.child", "st.officer", "st.coordinator", "ca.pledger",
             "ar.observer", "operator", "ppt.reader")  # fmt: skip
OFFICERS = ("hn.prosecutor", "sv.prosecutor")


def events(desk: Desk) -> list[dict[str, Any]]:
    with desk.app.app_context():
        found = [row for row in rows_of("audit_event") if row["kind"] == "sealed-opened"]
    return sorted(found, key=lambda row: row["seq"])


def shown(answer: Any) -> list[str]:
    """The sealed words in an answer and its headers."""
    said = readable(answer.get_data()) + str(answer.headers)
    return [word for word in SEALED if word in said]


def post(person: Person, path: str, **fields: str) -> Any:
    """Send a form with all that each form of Enlace carries."""
    page = person.client.get("/me").get_data(as_text=True)
    hidden = {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0]
        for name in ("csrf_token", "_acting", "_key")
    }
    return person.client.post(path, data={**hidden, **fields})


@pytest.fixture
def sent(desk: Desk) -> dict[str, str]:
    """A case that was released, opened by one unit, and drafted anew by its own: ids by their names."""
    case_id = desk.begin("hn.prosecutor", [SV, GT])
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    desk.be("sv.prosecutor").get(at)
    assert post(desk.be("hn.prosecutor"), f"/cases/{case_id}/revision").status_code == 303
    return {"case_id": case_id, "addressee_id": at.rsplit("/", 1)[1]}


def test_no_get_answer_of_anybody_shows_a_sealed_word(desk: Desk, sent: dict[str, str]) -> None:
    asked = 0
    for key in EVERYBODY:
        person = desk.be(key)
        for path in every(desk.app, "GET", sent):
            is_of_case = sent["case_id"] in path or sent["addressee_id"] in path
            if key not in OFFICERS and not is_of_case and path.count("/") > 1:
                continue  # what names another record; tests/access asks everybody for all of that
            for headers in ({}, {"HX-Request": "true"}) if is_of_case else ({},):
                answer = person.client.get(path, headers=headers)
                assert shown(answer) == [], (key, path)
                asked += 1
    assert asked > 500
    assert events(desk) == []


def test_a_post_shows_sealed_words_only_where_the_opening_was_put_on_record(
    desk: Desk, sent: dict[str, str]
) -> None:
    showed = set()
    with desk.app.app_context():
        people = {row["key"]: row["id"] for row in rows_of("person")}
    fields = {"purpose": "protecting", "_purpose": "checking", "_section": "case", "kind": "REPLY",
              "verb": "accept", "reason": "Palabra", "unit": desk.unit("gt", "prosecution")}  # fmt: skip
    for key in (
        "sv.prosecutor",
        "hn.prosecutor",
        "gt.child",
        "sv.child",
        "hn.child",
        "st.officer",
        "hn.focal",
    ):
        for path in every(desk.app, "POST", sent):
            if not path.startswith(
                ("/cases", "/received", "/envelopes", "/case-", "/reservations")
            ):
                continue
            if path.endswith(("/recall", "/closing", "/discarding")):
                continue
            before = len(events(desk))
            answer = post(desk.be(key), path, **fields)
            assert answer.status_code != 500, (key, path)
            if shown(answer):
                showed.add(
                    (key, path.replace(sent["case_id"], "").replace(sent["addressee_id"], ""))
                )
                last = events(desk)[-1]
                assert len(events(desk)) == before + 1, (key, path)
                detail = json.loads(last["detail"])
                assert (last["person_id"], bool(last["at"])) == (people[key], True)
                assert detail["purpose"] in ("protecting", "checking"), detail
                assert detail["keys"], detail
                assert "no-store" in answer.headers["Cache-Control"]
    assert showed == {
        ("sv.prosecutor", "/received/cases//openings"), ("hn.prosecutor", "/cases//sections/openings"),
    }  # fmt: skip


@pytest.mark.parametrize("broken", ["record", "append"])
def test_what_cannot_be_put_on_record_is_not_shown(
    desk: Desk, sent: dict[str, str], broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("the trail cannot be written")

    sv, hn = desk.be("sv.prosecutor"), desk.be("hn.prosecutor")
    places = (
        (sv, f"/received/cases/{sent['addressee_id']}/openings", {"purpose": "protecting"}),
        (
            hn,
            f"/cases/{sent['case_id']}/sections/openings",
            {"_purpose": "checking", "_section": "case"},
        ),
    )
    for person, path, fields in places:
        assert shown(post(person, path, **fields)), path
        was = len(events(desk))
        with monkeypatch.context() as patch:
            patch.setattr(trail, "record" if broken == "record" else "append_queued", fails)
            answer = post(person, path, **fields)
        assert answer.status_code >= 500, path
        assert shown(answer) == [], path
        assert len(events(desk)) == was


def test_the_words_looked_for_are_those_of_the_case() -> None:
    assert all(word in repr(CASE) for word in SEALED[:6])
