"""Does somebody follow the child at every moment, while another country is asked, accepts, begins, rejects?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.audit.commit import committed
from app.cases.exchanges import queries
from app.cases.follow_ups.models import CaseFollowUp
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.intake import drafting
from app.intake.models import AnswerRow
from app.notices.models import Notice
from tests.calls.browsing import Seen
from tests.cases.exchanges.desk import CASE, Desk
from tests.cases.follow_ups.test_follow_ups import followed, rows, state, verify

LACKING = ("legal_basis", "detection_date", "detection_country")
"""What a handover's draft does not say by itself."""
TO = ("hn", "child_protection")


def asked(desk: Desk, *, kind: str = "child", **more: Any) -> tuple[dict[str, str], str]:
    """Guatemala asks Honduras to take a follow-up over: the addresses of its pair, and where it arrived."""
    _case, at = followed(desk, **more)
    sent = desk.be("gt.child").send(f"{at[kind]}/handover", unit=desk.unit(*TO))
    assert sent.status == 303, sent.words
    finish(desk, sent.location)
    return at, desk.received("hn.child")


def finish(desk: Desk, location: str) -> None:
    """Write what is lacking in the draft of a handover, and release it."""
    case_id = location.rsplit("/", 1)[1]
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        actor = first_seat_of("gt.child")
        case = queries.get(actor, case_id)
        people = db.session.scalars(
            db.select(AnswerRow.id).where(AnswerRow.draft_id == case.open_draft.id,
                                          AnswerRow.field == "persons")
        ).all()  # fmt: skip
        assert len(people) == 2
        lacking = {("", key): CASE[key] for key in LACKING}
        lacking |= {
            (row, "persons.asylum_flag"): CASE["persons"][0]["asylum_flag"] for row in people
        }
        for (row, key), value in lacking.items():
            drafting.save_answer(actor, case.dossier, case.open_draft, case.format, key=key,
                                 value=value, revision=0, row=row)  # fmt: skip
    desk.release("gt.child", case_id)


def say(desk: Desk, at: str, verb: str, reason: str = "") -> Seen:
    """Give the receipt of what Honduras' child protection got, and let everything follow."""
    sent = desk.be("hn.child").send(at, f"{at}/receipt", verb=verb, reason=reason)
    assert sent.status == 303, sent.words
    desk.follow()
    return sent


def begin_from(desk: Desk, page: str) -> None:
    """Press the one button of the page that accepting leads to, and let everything follow."""
    pressed = desk.be("hn.child").send(page)
    assert pressed.status == 303, pressed.words
    desk.follow()


def theirs(desk: Desk, arrived: str) -> dict[str, CaseFollowUp]:
    """Kind -> what Honduras follows from what arrived."""
    id = arrived.rsplit("/", 1)[1]
    return {each.kind: each for each in rows(desk, CaseFollowUp, CaseFollowUp.addressee_id == id)}


def told(desk: Desk, kind: str, at: str) -> int:
    return len(rows(desk, Notice, Notice.kind == kind, Notice.subject_id == at.rsplit("/", 1)[1]))


def test_what_arrives_says_that_it_asks_to_take_over_and_what_accepting_means(desk: Desk) -> None:
    _at, arrived = asked(desk)
    page = desk.be("hn.child").get(arrived)
    assert "Pide a su unidad asumir un seguimiento" in page.words
    assert "Aceptar es asumirlo" in page.words
    other = desk.received("gt.child")
    assert "asumir un seguimiento" not in desk.be("gt.child").get(other).words


def test_nobody_is_relieved_before_the_other_unit_has_begun(desk: Desk) -> None:
    at, arrived = asked(desk)
    gt, hn = desk.be("gt.child"), desk.be("hn.child")
    accepted = say(desk, arrived, "accept")
    assert state(desk, at["child"]) == "open"
    assert "aceptado allá, aún no empieza" in gt.get(at["child"]).words
    assert "aceptado allá, aún no empieza" in gt.get("/case-follow-ups").words
    assert not told(desk, "case-follow-up-taken-over", at["child"])
    assert "/case-follow-ups/of-received/" in accepted.location
    assert accepted.location in hn.get(arrived).html, "the page of what arrived leads there as well"
    assert "Seguimientos aceptados que aún no empiezan" in hn.get("/").words
    assert accepted.location in hn.get("/").html
    begin_from(desk, accepted.location)
    assert set(theirs(desk, arrived)) == {"child", "companion"}
    assert state(desk, at["child"]) == "handed_over"
    assert state(desk, at["companion"]) == "open", "only the child's was asked for"
    assert told(desk, "case-follow-up-taken-over", at["child"]) == 1
    assert "asumido" in gt.get(at["child"]).words
    assert "aún no empiezan" not in hn.get("/").words
    page = hn.get(arrived)
    assert "Su unidad asumió este seguimiento" in page.words
    assert theirs(desk, arrived)["child"].id in page.html


def test_whoever_began_before_accepting_takes_over_by_accepting(desk: Desk) -> None:
    at, arrived = asked(desk)
    begin_from(desk, f"/case-follow-ups/of-received/{arrived.rsplit('/', 1)[1]}")
    assert state(desk, at["child"]) == "open"
    assert "acepte lo que se le pidió" in desk.be("hn.child").get(arrived).words
    assert say(desk, arrived, "accept").location == arrived
    assert state(desk, at["child"]) == "handed_over"


def test_a_later_rejection_gives_it_back_and_accepting_anew_takes_it_again(desk: Desk) -> None:
    at, arrived = asked(desk)
    begin_from(desk, say(desk, arrived, "accept").location)
    say(desk, arrived, "reject", "La familia salió del país.")
    assert state(desk, at["child"]) == "open"
    assert told(desk, "case-follow-up-given-back", at["child"]) == 1
    page = desk.be("gt.child").get(at["child"])
    assert "asumido" not in page.words
    assert "rechazada" in page.words
    assert verify(desk, at["child"]).status == 303
    assert theirs(desk, arrived)["child"].state == "open", "two follow rather than nobody"
    say(desk, arrived, "accept")
    assert state(desk, at["child"]) == "handed_over"
    assert told(desk, "case-follow-up-taken-over", at["child"]) == 2


def test_a_rejection_before_it_began_leaves_it_where_it_was(desk: Desk) -> None:
    at, arrived = asked(desk)
    say(desk, arrived, "accept")
    say(desk, arrived, "reject", "Corresponde a otra unidad.")
    assert state(desk, at["child"]) == "open"
    page = desk.be("gt.child").get(at["child"]).words
    assert "aún no empieza" not in page
    assert "rechazada" in page
    assert "aún no empiezan" not in desk.be("hn.child").get("/").words


def test_what_was_taken_over_comes_back_when_the_communication_is_recalled(desk: Desk) -> None:
    at, arrived = asked(desk)
    begin_from(desk, say(desk, arrived, "accept").location)
    asking = re.findall(r'href="(/cases/[a-z0-9]{20})"', desk.be("gt.child").get(at["child"]).html)
    recalled = desk.be("gt.child").send(f"{asking[-1]}/recall", reason="Era otra familia.")
    assert recalled.status == 303, recalled.words
    desk.follow()
    assert theirs(desk, arrived)["child"].state == "erased"
    assert state(desk, at["child"]) == "open"
    assert told(desk, "case-follow-up-given-back", at["child"]) == 1


def test_a_follow_up_of_the_companion_passes_by_itself(desk: Desk) -> None:
    at, arrived = asked(desk, kind="companion")
    begin_from(desk, say(desk, arrived, "accept").location)
    assert state(desk, at["companion"]) == "handed_over"
    assert state(desk, at["child"]) == "open"


@pytest.mark.parametrize("kind", ["child", "companion"])
def test_people_keep_their_numbers_in_the_other_country(desk: Desk, kind: str) -> None:
    """Of the case the adult is P1 and the girl P2, whichever of the two is handed over."""
    _at, arrived = asked(desk, kind=kind)
    begin_from(desk, f"/case-follow-ups/of-received/{arrived.rsplit('/', 1)[1]}")
    numbers = {each.kind: (each.label, each.with_label) for each in theirs(desk, arrived).values()}
    assert numbers == {"child": ("P2", "P1"), "companion": ("P1", "P2")}
    page = desk.be("hn.child").get(f"/case-follow-ups/{theirs(desk, arrived)['child'].id}")
    assert "NNA P2" in page.words


def test_the_same_unit_is_not_asked_twice_and_what_is_kept_stays(desk: Desk) -> None:
    _case, at = followed(desk)
    assert verify(desk, at["child"]).status == 303
    page, unit = f"{at['child']}/handover", desk.unit(*TO)
    sent = desk.be("gt.child").send(page, unit=unit)
    assert sent.status == 303
    assert desk.be("gt.child").send(page, unit=unit).status == 422
    finish(desk, sent.location)
    assert "NOTA-PERSONAL" not in desk.be("hn.child").get(desk.received("hn.child")).html
    assert "continúa hasta que la otra unidad acepte" in desk.be("gt.child").get(at["child"]).words
