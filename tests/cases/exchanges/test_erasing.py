"""Can two persons of a delegation have a communication forgotten everywhere, and one alone never?"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.accounts.models import Person
from app.audit.commit import committed
from app.audit.models import AuditEvent
from app.audit.verify import verify
from app.cases.exchanges.erasing.models import CaseErasure
from app.cases.exchanges.models import Addressee, Exchange
from app.cli.demo.people import COORDINATOR, first_seat_of
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.notices.models import Notice
from app.organisations import actions as organisations
from app.organisations.models import Organisation
from app.outbox.models import OutboxMessage
from app.outbox.states import WAITING
from app.policy.actor import Role
from app.sealing.models import Erasure, WrappedKey
from app.web.identity import scope_for
from tests.accounts.giving import make_fresh
from tests.calls.browsing import Seen
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_forgetting import (
    CANARIES,
    begin,
    kept,
    nothing_opens,
    one,
    pass_days,
    system,
    work_on,
)
from tests.intake.test_sealed_canaries import leaks

FIRST, SECOND = "hn.prosecutor", "hn.legal"
WHY, WHY_NOT = "ZqPersonal1 lo pidió", "ZqPersonal1 aún se necesita"
"""What somebody writes there although they are told not to."""


def at(case_id: str, verb: str = "") -> str:
    return f"/cases/{case_id}/erasure" + (f"/{verb}" if verb else "")


def propose(desk: Desk, case_id: str, by: str = FIRST, **more: str) -> Seen:
    sent = desk.be(by).send(
        at(case_id), at(case_id, "proposal"), **{"ground": "asked", "reason": WHY, **more}
    )
    desk.follow()
    return sent


def confirm(desk: Desk, case_id: str, by: str = SECOND, **more: str) -> Seen:
    return desk.be(by).send(at(case_id), at(case_id, "confirmation"), **more)


def state_of(desk: Desk, case_id: str) -> str:
    return str(one(desk, Exchange, Exchange.id == case_id).state)


def told(desk: Desk, kind: str, *of: str) -> set[str]:
    """The keys of those who were told something of a kind about any of these."""
    with system(desk):
        rows = db.session.execute(
            select(Person.key).join(Notice, Notice.person_id == Person.id)
            .where(Notice.kind == kind, Notice.subject_id.in_(of))
        )  # fmt: skip
        return {row.key for row in rows}


def events(desk: Desk, case_id: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    """(kind, key of the person, detail) of what was recorded of its end."""
    with system(desk):
        rows = db.session.execute(
            select(AuditEvent.kind, Person.key, AuditEvent.detail)
            .outerjoin(Person, Person.id == AuditEvent.person_id)
            .where(AuditEvent.subject_id == case_id, AuditEvent.subject_kind == "exchange")
            .order_by(AuditEvent.seq)
        )  # fmt: skip
        return [(row.kind, row.key, json.loads(row.detail)) for row in rows if "eras" in row.kind
                or row.kind == "case-forgotten"]  # fmt: skip


def seat_second_officer(desk: Desk) -> None:
    """The child-protection officer of Honduras handles cases in the prosecution unit too."""
    unit = desk.unit("hn", "prosecution")
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        coordinator, colleague = first_seat_of(COORDINATOR[0]), first_seat_of("hn.child")
        hn = db.session.get_one(Organisation, colleague.organisation_id)
        organisations.give_role(
            coordinator, hn, colleague.person_id, Role.CASE_OFFICER, unit_id=unit
        )


def test_two_persons_erase_it_everywhere_and_at_once(desk: Desk) -> None:
    case_id = work_on(desk)
    copy, case = desk.received("sv.prosecutor"), f"/cases/{case_id}"
    hn, legal = desk.be(FIRST), desk.be(SECOND)
    assert at(case_id) in hn.get(case).links()
    assert propose(desk, case_id).status == 303
    assert "Ver la propuesta" in hn.get(case).words
    assert told(desk, "case-erasure-asked", case_id) == {SECOND}
    assert at(case_id) in legal.get("/").links()
    assert at(case_id) not in hn.get("/").links()
    page = legal.get(at(case_id))
    for words in ("Lo pidió la persona interesada", "El Salvador", "Guatemala", WHY):
        assert words in page.words
    assert "ZqRestringido" not in page.html
    assert confirm(desk, case_id).status == 303
    assert state_of(desk, case_id) == "erased", "at once, before anything else follows"
    assert "ZqRestringido" not in desk.be("sv.prosecutor").get(copy).html
    assert "ZqRestringido" not in hn.get(case).html
    desk.follow()
    assert leaks(CANARIES, kept(desk)) == [], "nor what was written with the proposal"
    nothing_opens(desk, case_id)
    gone = hn.get(at(case_id)).words
    assert one(desk, Exchange, Exchange.id == case_id).tombstone in gone
    assert "Elena Bonilla" in gone
    assert "Óscar Mejía" in gone
    assert at(case_id) not in legal.get("/").links()
    assert "Ya no se puede leer nada" in desk.be("sv.prosecutor").get(copy).words
    with system(desk):
        of_case = select(Addressee).where(Addressee.exchange_id == case_id)
        arrived = {each.id: each.state for each in db.session.scalars(of_case)}
        assert set(arrived.values()) == {"expired"}
        ledger = db.session.scalars(select(Erasure).where(Erasure.record_id == case_id)).one()
        assert ledger.reason == "on_request"
        by = db.session.get_one(Person, ledger.erased_by)
        assert by.key == SECOND
    assert told(desk, "case-erased", *arrived) == {"sv.prosecutor", "gt.child"}
    assert told(desk, "case-erasure-decided", case_id) == {FIRST}
    recorded = events(desk, case_id)
    assert [(kind, who) for kind, who, _detail in recorded] == [
        ("case-erasure-proposed", FIRST), ("case-erasure-confirmed", SECOND),
        ("case-forgotten", SECOND),
    ]  # fmt: skip
    assert recorded[0][2]["ground"] == "asked"
    with desk.app.app_context():
        assert not verify().faults


def test_nobody_confirms_or_refuses_what_they_proposed(desk: Desk) -> None:
    case_id = begin(desk)
    seat_second_officer(desk)
    assert propose(desk, case_id).status == 303
    assert told(desk, "case-erasure-asked", case_id) == {SECOND, "hn.child"}
    mine = desk.be(FIRST).get(at(case_id))
    assert at(case_id, "confirmation") not in mine.html
    form = desk.be(SECOND).get(at(case_id)).fields(at(case_id, "confirmation"))
    own = mine.fields(at(case_id, "withdrawal"))
    for verb, more in (
        ("confirmation", {"revision": form["revision"]}),
        ("refusal", {"answer": "No."}),
    ):
        answer = desk.be(FIRST).client.post(at(case_id, verb), data={**own, **more})
        assert answer.status_code == 409, verb
    assert state_of(desk, case_id) == "draft"
    with pytest.raises(IntegrityError), system(desk, writing=True):
        db.session.execute(
            update(CaseErasure.__table__).values(
                state="confirmed", decided_by=CaseErasure.proposed_by
            )
        )
    assert confirm(desk, case_id, "hn.child").status == 303, "another officer of the unit may"
    desk.follow()
    assert state_of(desk, case_id) == "erased"
    assert leaks(CANARIES, kept(desk)) == []


def test_it_takes_a_second_factor_freshly_given(desk: Desk) -> None:
    case_id = begin(desk)
    propose(desk, case_id)
    asked = replace(desk.app.config["ENLACE"], second_factor="on")
    desk.app.config["ENLACE"] = asked
    try:
        refused = confirm(desk, case_id)
        assert refused.status == 422
        assert "segundo factor" in refused.words
        assert state_of(desk, case_id) == "draft"
        with desk.app.app_context(), scoped(SYSTEM):
            person_id = first_seat_of(SECOND).person_id
            db.session.remove()
        make_fresh(desk.app, person_id)
        assert confirm(desk, case_id).status == 303
        assert state_of(desk, case_id) == "erased"
    finally:
        desk.app.config["ENLACE"] = replace(asked, second_factor="off")


def test_a_proposal_is_withdrawn_or_refused_and_nothing_is_erased(desk: Desk) -> None:
    case_id = begin(desk)
    for more in ({"ground": None}, {"reason": " "}, {"reason": "x" * 1001}, {"ground": "whim"}):
        assert propose(desk, case_id, **more).status == 422  # type: ignore[arg-type]
    desk.be(SECOND).get(at(case_id), status=404)
    assert propose(desk, case_id).status == 303
    page = desk.be(FIRST).get(at(case_id))
    assert at(case_id, "proposal") not in page.html, "one at a time"
    assert desk.be(FIRST).send(at(case_id), at(case_id, "withdrawal")).status == 303
    assert at(case_id) not in desk.be(SECOND).get("/").links()
    assert propose(desk, case_id).status == 303
    legal = desk.be(SECOND)
    assert legal.send(at(case_id), at(case_id, "refusal"), answer="").status == 422
    assert legal.send(at(case_id), at(case_id, "refusal"), answer=WHY_NOT).status == 303
    desk.follow()
    assert WHY_NOT in desk.be(FIRST).get(at(case_id)).words
    assert told(desk, "case-erasure-decided", case_id) == {FIRST}
    assert state_of(desk, case_id) == "draft"
    assert [kind for kind, _who, _detail in events(desk, case_id)] == [
        "case-erasure-proposed", "case-erasure-withdrawn", "case-erasure-proposed",
        "case-erasure-refused",
    ]  # fmt: skip
    assert propose(desk, case_id).status == 303
    pass_days(desk, 181)
    assert state_of(desk, case_id) == "erased", "its day does not wait for anybody"
    assert leaks(CANARIES, kept(desk)) == []
    with system(desk):
        of_it = select(CaseErasure.state).where(CaseErasure.exchange_id == case_id)
        states = of_it.order_by(CaseErasure.proposed_at)
        assert db.session.scalars(states).all() == ["withdrawn", "refused", "lapsed"]


def test_what_changed_since_it_was_read_is_not_erased_unseen(desk: Desk) -> None:
    case_id = begin(desk)
    propose(desk, case_id)
    form = desk.be(SECOND).get(at(case_id)).fields(at(case_id, "confirmation"))
    desk.release(FIRST, case_id)
    stale = desk.be(SECOND).client.post(at(case_id, "confirmation"), data=form)
    assert stale.status_code == 409
    assert state_of(desk, case_id) == "released"
    assert confirm(desk, case_id).status == 303


def test_what_is_still_on_its_way_arrives_nowhere(desk: Desk) -> None:
    case_id, hn = begin(desk), desk.be(FIRST)
    propose(desk, case_id)
    page = f"/cases/{case_id}/certification"
    come = next(each for each in hn.get(f"/cases/{case_id}/check").links() if each.startswith(page))
    assert hn.send(come, page).status == 303
    assert confirm(desk, case_id).status == 303
    desk.follow()
    with system(desk):
        waiting = db.session.scalars(
            select(OutboxMessage.kind).where(OutboxMessage.kind.in_(("case-deliver", "case-erase")),
                                             OutboxMessage.state == WAITING)
        ).all()  # fmt: skip
        assert not waiting, "nothing is tried again"
        of_case = select(Addressee).where(Addressee.exchange_id == case_id)
        assert {each.state for each in db.session.scalars(of_case)} == {"expired"}
    assert leaks(CANARIES, kept(desk)) == []


def test_a_discarded_draft_is_erased_and_does_not_come_back(desk: Desk) -> None:
    case_id, hn = begin(desk), desk.be(FIRST)
    assert hn.send(f"/cases/{case_id}/discarding").status == 303
    back = hn.get(f"/cases/{case_id}").fields(f"/cases/{case_id}/bringing-back")
    propose(desk, case_id, ground="mistaken")
    assert confirm(desk, case_id).status == 303
    desk.follow()
    assert hn.client.post(f"/cases/{case_id}/bringing-back", data=back).status_code == 409
    assert leaks(CANARIES, kept(desk)) == []
    with system(desk):
        assert not db.session.scalars(
            select(WrappedKey).where(WrappedKey.record_id == case_id)
        ).all()


def test_to_everybody_else_there_is_nothing(desk: Desk) -> None:
    case_id = begin(desk)
    desk.release(FIRST, case_id)
    propose(desk, case_id)
    verbs = ("proposal", "withdrawal", "confirmation", "refusal")
    data = {"reason": "r", "answer": "a", "revision": "1", "ground": "asked"}
    for who in ("hn.child", "sv.prosecutor", "gt.child", "sv.legal"):
        desk.be(who).get(at(case_id), status=404)
        for verb in verbs[2:]:
            assert _post(desk, who, at(case_id, verb), data) == 404, (who, verb)
        assert at(case_id) not in desk.be(who).get("/").html
    for who in ("hn.focal", "hn.contributor", "st.officer", "ca.pledger", "operator"):
        desk.be(who).get(at(case_id), status=403)
        for verb in verbs:
            assert _post(desk, who, at(case_id, verb), data) == 403, (who, verb)
    assert _post(desk, SECOND, at(case_id, "proposal"), data) == 403, "the adviser only seconds"
    for lacking in ("proposal", "confirmation", "refusal"):
        who = FIRST if lacking == "proposal" else SECOND
        assert _post(desk, who, at(case_id, lacking), {}) == 400
    assert state_of(desk, case_id) == "released"


def _post(desk: Desk, who: str, path: str, data: dict[str, str]) -> int:
    """Send a form that no page of theirs holds, with what every form carries; the status."""
    page = desk.be(who).get("/").html
    carried = dict(re.findall(r'name="(csrf_token|_acting)" value="([^"]+)"', page))
    return desk.be(who).client.post(path, data={**carried, "_key": new_id(), **data}).status_code


def test_the_wall_lets_each_write_under_their_own_name_alone(desk: Desk, database: Any) -> None:
    case_id = begin(desk)
    propose(desk, case_id)
    row = one(desk, CaseErasure, CaseErasure.exchange_id == case_id)
    with desk.app.app_context(), scoped(SYSTEM):
        adviser, first = first_seat_of(SECOND), first_seat_of(FIRST)
        db.session.remove()
    table: Any = CaseErasure.__table__
    of_it = update(table).where(table.c.id == row.id)
    forged = {**row._mapping, "id": new_id(), "proposed_by": adviser.person_id, "state": "proposed"}
    decided = {"state": "confirmed", "decided_by": adviser.person_id}
    if database.kind == "postgresql":
        for statement in (
            insert(table).values(forged), of_it.values(decided), of_it.values(reason=""),
        ):  # fmt: skip
            with pytest.raises(DBAPIError), desk.app.app_context(), \
                    transaction(writing=True, scope=scope_for(first, None)):  # fmt: skip
                db.session.execute(statement)
    with pytest.raises(DBAPIError), system(desk, writing=True):
        db.session.execute(of_it.values(ground="other"))
