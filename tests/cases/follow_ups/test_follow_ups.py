"""Are a child and the person with it followed apart, by their unit alone, until somebody answers for the end?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import Person
from app.audit.commit import committed
from app.audit.models import AuditEvent
from app.cases.exchanges import ending
from app.cases.exchanges.models import Exchange
from app.cases.follow_ups import by_the_clock
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpStep
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.notices.models import Notice
from app.organisations.models import Membership, Unit
from tests.access.matrix import CHANGING
from tests.calls.browsing import Seen
from tests.cases.exchanges.desk import CASE, Desk

HN, SV, GT = ("hn", "prosecution"), ("sv", "prosecution"), ("gt", "child_protection")


def rows(desk: Desk, model: Any, *where: Any) -> list[Any]:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        found = session.scalars(db.select(model).where(*where).order_by(model.id)).all()
        session.expunge_all()
        return list(found)


def pair(desk: Desk, case_id: str) -> dict[str, CaseFollowUp]:
    """Kind -> the follow-up that began in the matter of this communication, the newest of each."""
    found = rows(desk, CaseFollowUp, CaseFollowUp.thread_id == case_id)
    return {row.kind: row for row in sorted(found, key=lambda row: row.opened_at)}


def day(desk: Desk, days: int) -> str:
    return (desk.today() + timedelta(days=days)).isoformat()


def followed(desk: Desk, **more: Any) -> tuple[str, dict[str, str]]:
    """A case that Guatemala's child protection received, and the addresses of the pair that it follows."""
    case_id = desk.begin("hn.prosecutor", [SV, GT], **more)
    desk.release("hn.prosecutor", case_id)
    at = desk.received("gt.child")
    begun = begin(desk, "gt.child", at)
    assert begun.status == 303, begun.words
    return case_id, {
        kind: f"/case-follow-ups/{row.id}" for kind, row in pair(desk, case_id).items()
    }


def begin(desk: Desk, key: str, at: str, **more: Any) -> Seen:
    page = f"/case-follow-ups/of-received/{at.rsplit('/', 1)[1]}"
    return desk.be(key).send(page, **{"child": "travel", "due_on": day(desk, 10), **more})


def verify(desk: Desk, at: str, result: str = "PENDING", **more: Any) -> Seen:
    given = {"means": "CONSULATE", "result": result, "note": "NOTA-PERSONAL", **more}
    return desk.be("gt.child").send(f"{at}/steps", **given)


def test_two_follow_ups_begin_from_what_was_received_and_stand_in_the_list(desk: Desk) -> None:
    case_id, at = followed(desk)
    both = pair(desk, case_id)
    assert both["child"].pair_id == both["companion"].pair_id
    assert (both["child"].label, both["companion"].label) == ("P2", "P1")
    listed = desk.be("gt.child").get("/case-follow-ups")
    assert at["child"] in listed.html
    assert at["companion"] in listed.html
    assert "NNA P2" in desk.be("gt.child").get(at["child"]).words
    page = f"/case-follow-ups/of-received/{desk.received('gt.child').rsplit('/', 1)[1]}"
    assert "da seguimiento a todas" in desk.be("gt.child").get(page).words
    assert len(rows(desk, CaseFollowUp, CaseFollowUp.thread_id == case_id)) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"child": "nobody"}, "Elija"), ({"due_on": ""}, "Escriba el día"),
     ({"due_on": "2001-01-01"}, "ya pasó"), ({"due_on": "2031-01-01"}, "más de un año"),
     ({"due_on": "30/02/2004"}, "30")],
)  # fmt: skip
def test_a_follow_up_that_says_too_little_or_what_cannot_be_does_not_begin(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    case_id = desk.begin("hn.prosecutor", [GT])
    desk.release("hn.prosecutor", case_id)
    refused = begin(desk, "gt.child", desk.received("gt.child"), **typed)
    assert refused.status == 422
    assert said in refused.words
    assert not rows(desk, CaseFollowUp, CaseFollowUp.thread_id == case_id)


def test_a_unit_that_investigates_follows_the_companion_alone(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    assert begin(desk, "sv.prosecutor", desk.received("sv.prosecutor")).status == 303
    assert set(pair(desk, case_id)) == {"companion"}
    own = desk.be("hn.prosecutor").send(
        f"/case-follow-ups/of-own/{case_id}", child="travel", due_on=day(desk, 3)
    )
    assert own.status == 303
    assert {row.kind for row in rows(desk, CaseFollowUp, CaseFollowUp.exchange_id == case_id)} == {
        "companion"
    }


def test_what_protects_a_child_tells_a_border_or_an_investigation_nothing(desk: Desk) -> None:
    """Not its words, not its steps, not its outcome, not that it is there: whatever happens to it."""
    _case, at = followed(desk)
    crossing = {"day": day(desk, 0), "with_minors": "YES", "note": "CRUCE-SECRETO"}
    assert desk.be("gt.child").send(f"{at['companion']}/steps", **crossing).status == 303
    become(desk, at["companion"], "border_post")
    desk.be("gt.child").get("/me")  # what was said about the step was read
    before = desk.be("gt.child").get(at["companion"]).html
    list_before = desk.be("gt.child").get("/case-follow-ups").html
    for part in ("", "/steps", "/day", "/outcome", "/handover"):
        desk.be("gt.child").get(f"{at['child']}{part}", status=404)
    become(desk, at["companion"], "child_protection")
    assert verify(desk, at["child"], "FALSE_CLAIM", indicators="INJURY").status == 303
    decided = desk.be("gt.child").send(
        f"{at['child']}/outcome", outcome="TRAFFICKING_OPENED", reason="RAZON-PERSONAL"
    )
    assert decided.status == 303
    desk.be("gt.child").get("/me")
    become(desk, at["companion"], "border_post")
    assert plain(desk.be("gt.child").get(at["companion"]).html) == plain(before)
    assert plain(desk.be("gt.child").get("/case-follow-ups").html) == plain(list_before)
    assert at["child"] not in before
    opened = desk.be("gt.child").send(
        at["companion"], f"{at['companion']}/openings", purpose="answering"
    )
    assert "CRUCE-SECRETO" in opened.html
    assert "PERSONAL" not in opened.html


def become(desk: Desk, at: str, kind: str) -> None:
    """Let the unit that follows be one of another kind."""
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        row = db.session.get_one(CaseFollowUp, at.rsplit("/", 1)[1])
        db.session.get_one(Unit, row.unit_id).kind = kind


def plain(html: str) -> bytes:
    """A page without what is another at every drawing of it."""
    return re.sub(rb'data-done="[^"]*', b"", CHANGING.sub(b"", html.encode()))


def test_nobody_outside_the_unit_has_it(desk: Desk) -> None:
    _case, at = followed(desk)
    for other in ("hn.prosecutor", "sv.prosecutor", "sv.child", "hn.child", "gt.prosecutor"):
        for each in at.values():
            desk.be(other).get(each, status=404)
            assert each not in desk.be(other).get("/case-follow-ups?state=all").html
    for other in ("gt.focal", "st.officer", "st.coordinator", "ca.pledger", "operator"):
        for each in at.values():
            desk.be(other).get(each, status=403)
        desk.be(other).get("/case-follow-ups", status=403)


def test_words_are_sealed_and_opened_on_purpose_and_on_record(desk: Desk) -> None:
    _case, at = followed(desk)
    assert verify(desk, at["child"]).status == 303
    gt, child = desk.be("gt.child"), at["child"]
    closed = gt.get(child)
    assert "Consulado" in closed.words
    assert "NOTA-PERSONAL" not in closed.html
    for purpose in ("", "answering", "writing"):
        refused = gt.send(child, f"{child}/openings", purpose=purpose)
        assert refused.status == 422
        assert "NOTA-PERSONAL" not in refused.html
    assert not opened_on_record(desk, child)
    opened = gt.send(child, f"{child}/openings", purpose="protecting")
    assert "NOTA-PERSONAL" in opened.html
    assert [event.detail for event in opened_on_record(desk, child)] != []
    assert "protecting" in str(opened_on_record(desk, child)[0].detail)
    for step in rows(desk, CaseFollowUpStep):
        assert b"NOTA-PERSONAL" not in step.said + (step.note or b"")


def opened_on_record(desk: Desk, at: str) -> list[Any]:
    return [
        event for event in rows_of_trail(desk)
        if event.subject_id == at.rsplit("/", 1)[1] and event.kind == "sealed-opened"
    ]  # fmt: skip


def rows_of_trail(desk: Desk) -> list[Any]:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        found = session.scalars(db.select(AuditEvent)).all()
        session.expunge_all()
        return list(found)


def test_a_crossing_is_sealed_whole(desk: Desk) -> None:
    _case, at = followed(desk)
    companion, when = at["companion"], day(desk, -1)
    sent = desk.be("gt.child").send(
        f"{companion}/steps", day=when, with_minors="YES", note="CRUCE-SECRETO"
    )
    assert sent.status == 303
    closed = desk.be("gt.child").get(companion)
    assert "CRUCE-SECRETO" not in closed.html
    assert "Sí" not in closed.words.split("Lo que se hizo", 1)[1].split("Texto sellado", 1)[0]
    opened = desk.be("gt.child").send(companion, f"{companion}/openings", purpose="protecting")
    assert "CRUCE-SECRETO" in opened.html


def test_a_verified_family_proposes_an_end_only_where_nothing_warns(desk: Desk) -> None:
    _case, at = followed(desk)
    assert verify(desk, at["child"], "VERIFIED_FAMILY").status == 303
    assert "Podría terminar" in desk.be("gt.child").get(at["child"]).words
    assert verify(desk, at["child"], "VERIFIED_FAMILY", indicators="INJURY").status == 303
    assert "Podría terminar" not in desk.be("gt.child").get(at["child"]).words


def test_a_warning_of_the_communication_keeps_the_end_from_being_proposed(desk: Desk) -> None:
    warned = [{**CASE["minors"][0], "indicators": ["NO_KNOWLEDGE_OF_DEST"]}]
    _case, at = followed(desk, minors=warned)
    assert verify(desk, at["child"], "VERIFIED_FAMILY").status == 303
    assert "Podría terminar" not in desk.be("gt.child").get(at["child"]).words


def test_the_repeat_adult_stays_in_the_communication(desk: Desk) -> None:
    _case, at = followed(desk)
    assert "REPEAT_ADULT" not in desk.be("gt.child").get(f"{at['child']}/steps").html
    assert verify(desk, at["child"], indicators="REPEAT_ADULT").status == 303
    for each in at.values():
        assert "ya viajó con otros" not in desk.be("gt.child").get(each).words
        assert "visto antes" not in desk.be("gt.child").get(each).words


def test_who_protects_children_in_another_unit_decides_nothing_in_this_one(desk: Desk) -> None:
    _case, at = followed(desk)
    assert desk.be("gt.child").get(f"{at['child']}/outcome").status == 200
    hold(desk, "case_officer")
    with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True) as session:
        seat = session.scalars(
            db.select(Membership).join(Unit, Unit.id == Membership.unit_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Person.key == "gt.child", Membership.role == "case_officer")
        ).one()  # fmt: skip
        elsewhere = session.scalars(
            db.select(Unit.id).where(
                Unit.organisation_id == seat.organisation_id, Unit.id != seat.unit_id
            )
        ).first()
        session.add(Membership(
            id=new_id(), person_id=seat.person_id, organisation_id=seat.organisation_id,
            unit_id=elsewhere, role="child_protection_officer", note_number=seat.note_number,
            note_date=seat.note_date, created_at=seat.created_at,
        ))  # fmt: skip
    assert "Decidir cómo termina" not in desk.be("gt.child").get(at["child"]).words
    desk.be("gt.child").get(f"{at['child']}/outcome", status=403)


@pytest.mark.parametrize("warned", [{"indicators": "INJURY"}, {}])
def test_a_verified_link_ends_nothing_while_something_warns(
    desk: Desk, warned: dict[str, str]
) -> None:
    said = [] if warned else ["NO_KNOWLEDGE_OF_DEST"]
    _case, at = followed(desk, minors=[{**CASE["minors"][0], "indicators": said}])
    assert verify(desk, at["child"], "VERIFIED_FAMILY", **warned).status == 303
    assert verify(desk, at["child"], "VERIFIED_FAMILY").status == 303
    page = f"{at['child']}/outcome"
    refused = desk.be("gt.child").send(page, outcome="LINK_VERIFIED", reason="RAZON-PERSONAL")
    assert refused.status == 422
    assert "un vínculo verificado no basta" in refused.words
    assert ("Lesiones" in refused.words) == bool(warned)
    assert "RAZON-PERSONAL" in refused.html, "what was typed is kept"
    assert state(desk, at["child"]) == "open"
    decided = desk.be("gt.child").send(page, outcome="IN_CARE", reason="RAZON-PERSONAL")
    assert decided.status == 303


def test_a_verified_link_ends_it_where_nothing_warns(desk: Desk) -> None:
    _case, at = followed(desk)
    assert verify(desk, at["child"], "VERIFIED_FAMILY").status == 303
    decided = desk.be("gt.child").send(
        f"{at['child']}/outcome", outcome="LINK_VERIFIED", reason="Sí."
    )
    assert decided.status == 303
    assert "Vínculo verificado" in desk.be("gt.child").get(at["child"]).words


def test_the_person_with_the_child_has_outcomes_of_its_own(desk: Desk) -> None:
    _case, at = followed(desk)
    gt, page = desk.be("gt.child"), f"{at['companion']}/outcome"
    offered = gt.get(page)
    assert "No se halló nada en contra de la persona" in offered.words
    for of_a_child in ("Reunificación familiar", "Bajo protección"):
        assert of_a_child not in offered.words
        assert of_a_child in gt.get(f"{at['child']}/outcome").words
    assert gt.send(page, outcome="REUNIFIED", reason="Por error.").status == 422
    assert gt.send(page, outcome="NO_FURTHER_CROSSING", reason="Volvió a casa.").status == 303
    shown = gt.get(at["companion"]).words
    assert shown.count("No se vio otro cruce") == 2, "where it stands, and in what was done"
    wrong = gt.send(f"{at['child']}/outcome", outcome="NO_FURTHER_CROSSING", reason="Por error.")
    assert wrong.status == 422


@pytest.mark.parametrize(
    ("days", "said"), [(-37_000, "hace más de cinco años"), (1, "aún no llega")]
)  # fmt: skip
def test_what_was_seen_was_seen_lately_and_not_tomorrow(desk: Desk, days: int, said: str) -> None:
    _case, at = followed(desk)
    crossing = {"day": day(desk, days), "with_minors": "YES", "note": "CRUCE-SECRETO"}
    for refused in (
        verify(desk, at["child"], day=day(desk, days)),
        desk.be("gt.child").send(f"{at['companion']}/steps", **crossing),
    ):
        assert refused.status == 422
        assert said in refused.words
    ids = [each.rsplit("/", 1)[1] for each in at.values()]
    assert not rows(desk, CaseFollowUpStep, CaseFollowUpStep.follow_up_id.in_(ids))


def test_a_child_protection_officer_alone_decides_and_says_why(desk: Desk) -> None:
    _case, at = followed(desk)
    without = desk.be("gt.child").send(f"{at['child']}/outcome", outcome="IN_CARE", reason="")
    assert without.status == 422
    hold(desk, "case_officer")
    page = desk.be("gt.child").get(at["child"])
    assert "Decidir cómo termina" not in page.words
    desk.be("gt.child").get(f"{at['child']}/outcome", status=403)
    assert verify(desk, at["child"]).status == 303
    assert desk.be("gt.child").get(f"{at['companion']}/outcome").status == 200
    hold(desk, "child_protection_officer")
    decided = desk.be("gt.child").send(
        f"{at['child']}/outcome", outcome="IN_CARE", reason="RAZON-PERSONAL"
    )
    assert decided.status == 303
    page = desk.be("gt.child").get(at["child"])
    assert "Bajo protección" in page.words
    assert "RAZON-PERSONAL" not in page.html
    assert desk.be("gt.child").client.get(f"{at['child']}/steps").status_code == 303
    again = desk.be("gt.child").send(f"{at['child']}/taking-up", due_on=day(desk, 5))
    assert again.status == 303
    assert verify(desk, at["child"]).status == 303


def hold(desk: Desk, role: str) -> None:
    """Let whoever works in the unit that follows have another role there."""
    unit_id = desk.unit(*GT)
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        held = db.session.scalars(db.select(Membership).where(Membership.unit_id == unit_id)).one()
        held.role = role


def test_its_unit_is_reminded_and_the_desk_shows_what_is_due(desk: Desk) -> None:
    case_id, at = followed(desk)
    child = at["child"].rsplit("/", 1)[1]

    def reminders() -> int:
        with desk.app.app_context():
            by_the_clock.remind()
            by_the_clock.remind()
        return len(
            rows(desk, Notice, Notice.kind == "case-follow-up-due", Notice.subject_id == child)
        )

    assert reminders() == 0
    assert "Seguimientos para esta semana" in desk.be("gt.child").get("/").words
    counts = []
    for days in (0, 3, 6, 8, 9, 12, 17, 20, 24):
        with at_day(days):
            counts.append(reminders())
    assert counts == [0, 1, 1, 1, 2, 2, 3, 3, 4]
    told = rows(desk, Notice, Notice.subject_id == child)
    assert {each.kind for each in told} == {"case-follow-up-due"}
    assert case_id


def at_day(days: int) -> Any:
    return clock.stopped_at(clock.now() + timedelta(days=days))


def state(desk: Desk, at: str) -> str:
    return rows(desk, CaseFollowUp, CaseFollowUp.id == at.rsplit("/", 1)[1])[0].state


@pytest.mark.parametrize("how", ["recall", "forget"])
def test_what_began_from_a_communication_goes_with_it(desk: Desk, how: str) -> None:
    case_id, at = followed(desk)
    assert verify(desk, at["child"]).status == 303
    if how == "recall":
        sent = desk.be("hn.prosecutor").send(f"/cases/{case_id}/recall", reason="Era otra persona.")
        assert sent.status == 303
        desk.follow()
    else:
        forget(desk, case_id)
    for each in at.values():
        page = desk.be("gt.child").get(each)
        assert "P2" not in page.words
        assert "Consulado" not in page.words
        assert "openings" not in page.html
        assert state(desk, each) == "erased"
    refused = desk.be("gt.child").client.post(
        f"{at['child']}/openings", data={"purpose": "protecting"}
    )
    assert b"NOTA-PERSONAL" not in refused.data


def forget(desk: Desk, case_id: str) -> None:
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        ending.forget(None, db.session.get_one(Exchange, case_id), ending.RETENTION_OVER)
