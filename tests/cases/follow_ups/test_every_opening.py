"""Does every address that opens what is sealed ask for a second factor, leave an event, and do so each time?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.attachments.sealed.models import FileLink, SealedFile
from app.cases.follow_ups.models import CaseFollowUp
from app.intake.sealed import asking
from tests.access.things import rows_of
from tests.accounts.giving import make_fresh
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_files import TEXT, added
from tests.cases.exchanges.test_openings_on_record import events, post
from tests.cases.follow_ups.test_follow_ups import GT, SV, begin, pair, rows, verify

CASES = ("/cases", "/received", "/case-")
WORDS = ("NOTAS-SECRETAS", "APELLIDO-PERSONAL", "NOTA-PERSONAL", TEXT.decode().split()[-1])


@dataclass
class Opening:
    """One way to open something, by whom, and what the answer then shows; of a file it is a link."""

    rule: str
    who: str
    path: str
    fields: dict[str, str]
    word: str = ""


@pytest.fixture
def openings(desk: Desk) -> list[Opening]:
    """All there are, in a case with a file that arrived, is followed, and is being written anew."""
    case_id = desk.begin("hn.prosecutor", [SV, GT])
    file_id = added(desk, case_id)
    desk.release("hn.prosecutor", case_id)
    at = desk.received("gt.child")
    desk.be("gt.child").get(at)
    assert begin(desk, "gt.child", at).status == 303
    child: CaseFollowUp = pair(desk, case_id)["child"]
    assert verify(desk, f"/case-follow-ups/{child.id}").status == 303
    assert post(desk.be("hn.prosecutor"), f"/cases/{case_id}/revision").status_code == 303
    copy = next(
        each.id for each in rows(desk, SealedFile) if each.organisation_id == child.organisation_id
    )
    section = {"_section": "case", "_purpose": "checking"}
    why = {"purpose": "protecting"}
    return [
        Opening("/cases/<case_id>/sections/openings", "hn.prosecutor",
                f"/cases/{case_id}/sections/openings", section, "NOTAS-SECRETAS"),
        Opening("/cases/<case_id>/files/openings", "hn.prosecutor",
                f"/cases/{case_id}/files/openings", {"file": file_id, **why}),
        Opening("/received/cases/<addressee_id>/openings", "gt.child", f"{at}/openings", why,
                "APELLIDO-PERSONAL"),
        Opening("/received/cases/<addressee_id>/files/openings", "gt.child", f"{at}/files/openings",
                {"file": copy, **why}),
        Opening("/case-follow-ups/<follow_up_id>/openings", "gt.child",
                f"/case-follow-ups/{child.id}/openings", why, "NOTA-PERSONAL"),
    ]  # fmt: skip


@pytest.fixture
def asked_for(desk: Desk, openings: list[Opening]) -> Iterator[None]:
    """The installation asks for second factors from now on."""
    was = desk.app.config["ENLACE"]
    desk.app.config["ENLACE"] = replace(was, second_factor="on")
    yield
    desk.app.config["ENLACE"] = was


def links(desk: Desk) -> int:
    return len(rows_of(FileLink.__tablename__))


def is_shown(answer: Any) -> list[str]:
    return [word for word in WORDS if word in answer.get_data(as_text=True)]


def test_these_are_all_there_are(desk: Desk, openings: list[Opening]) -> None:
    there = {
        rule.rule for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith(CASES) and rule.rule.endswith("/openings") and "POST" in rule.methods
    }  # fmt: skip
    assert there == {each.rule for each in openings}


def test_a_case_has_no_page_of_a_version_to_open(desk: Desk, openings: list[Opening]) -> None:
    draft = openings[0]
    answer = post(desk.be(draft.who), draft.path, **draft.fields, _version="1")
    assert answer.status_code == 404
    assert not events(desk)


def test_without_a_fresh_factor_none_tells_anything_or_leaves_an_event(
    desk: Desk, openings: list[Opening], asked_for: None
) -> None:
    for each in openings:
        answer = post(desk.be(each.who), each.path, **each.fields)
        assert answer.status_code == 422, each.path
        assert 'id="error-factor"' in answer.text, each.path
        assert not is_shown(answer), each.path
    with desk.app.app_context():
        assert links(desk) == 0
    assert not events(desk)


def test_the_act_itself_demands_it_whichever_page_forgets_to_ask(
    desk: Desk, openings: list[Opening], asked_for: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "take_factor", lambda *_given: None)
    for each in openings:
        answer = post(desk.be(each.who), each.path, **each.fields)
        assert answer.status_code == 403, each.path
        assert not is_shown(answer), each.path
    with desk.app.app_context():
        assert links(desk) == 0
    assert not events(desk)


def test_with_a_fresh_one_each_opens_and_is_an_event_as_often_as_it_is_sent(
    desk: Desk, openings: list[Opening], asked_for: None
) -> None:
    with desk.app.app_context():
        people = {row["key"]: row["id"] for row in rows_of("person")}
    for each in openings:
        make_fresh(desk.app, people[each.who])
        person, count = desk.be(each.who), len(events(desk))
        for time in (1, 2):
            answer = post(person, each.path, _key="the same key each time", **each.fields)
            assert answer.status_code == (200 if each.word else 303), (each.path, time)
            assert len(events(desk)) == count + time, (each.path, time)
            shown = answer if each.word else person.client.get(answer.location)
            assert (each.word or TEXT.decode()) in shown.get_data(as_text=True), (each.path, time)


def test_a_page_that_is_only_drawn_again_in_another_language_opens_nothing(
    desk: Desk, openings: list[Opening]
) -> None:
    for each in openings:
        answer = post(desk.be(each.who), each.path, _lang="en", **each.fields)
        assert answer.status_code == 200, each.path
        assert not is_shown(answer), each.path
    assert not events(desk)


def test_what_is_opened_for_no_purpose_is_not_opened(desk: Desk, openings: list[Opening]) -> None:
    for each in openings:
        name = "_purpose" if "_purpose" in each.fields else "purpose"
        for purpose in ("", "curiosity"):
            answer = post(desk.be(each.who), each.path, **{**each.fields, name: purpose})
            assert answer.status_code == 422, each.path
            assert "Elija para qué" in answer.text
            assert not is_shown(answer), each.path
    assert not events(desk)
