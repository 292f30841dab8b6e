"""Once a case is over, is anything of it left: at its sender's, at any addressee's, in a backup?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import create_app
from app.audit.verify import verify
from app.cases.exchanges import by_the_clock, copies
from app.cases.exchanges.models import Addressee, Delivery, Exchange
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.intake.answers import document_of, written
from app.intake.models import Draft, Version
from app.intake.sealed import versions
from app.intake.sealed.at_rest import document_in, form_of
from app.notices.models import Notice
from app.sealing.envelope import Erased
from app.web.refusal import Refusal
from tests.cases.exchanges.desk import CASE, Desk
from tests.cli.test_backup import restored
from tests.cli.test_backup import with_client as with_client
from tests.intake.test_sealed_canaries import _bytes, leaks
from tests.support.world import let_go, settings

SV, GT = ("sv", "prosecution"), ("gt", "child_protection")
WORDS = {
    "summary": "ZqRestringido1",
    "reporting_institution": "ZqRestringido2",
    "legal_basis": {"code": "TREATY", "detail": "ZqRestringido3"},
    "detection_place": "ZqPersonal1",
    "national_case_ref": "ZqSecreto1",
    "investigation_notes": "ZqSecreto2",
    "legs": [{"id": "leg", "leg_no": 1, "from_point": "ZqRestringido4"}],
    "suspects": [{"id": "who", "modus_operandi": "ZqRestringido5"}],
}
"""A word like no other for each class, in fields and in rows."""
CANARIES = [f"Zq{word}" for word in (
    "Restringido1", "Restringido2", "Restringido3", "Restringido4", "Restringido5", "Personal1",
    "Secreto1", "Secreto2", "Persona2", "Acuse", "Borrador", "Quitado",
)]  # fmt: skip
KEPT_DAYS = 40


def begin(desk: Desk, **more: Any) -> str:
    persons = [dict(each, surname="ZqPersona2") for each in CASE["persons"]]
    last = (desk.today() + timedelta(days=KEPT_DAYS)).isoformat()
    given = {**WORDS, "persons": persons, "retention_until": last, **more}
    return desk.begin("hn.prosecutor", [SV, GT], **given)


@contextmanager
def system(desk: Desk, *, writing: bool = False) -> Iterator[None]:
    """Everything there is, as jobs see it."""
    with desk.app.app_context(), transaction(writing=writing, scope=SYSTEM):
        yield


def kept(desk: Desk) -> dict[str, bytes]:
    """All tables, row by row."""
    with system(desk):
        return {
            table.name: b"\n".join(
                _bytes(each) for row in db.session.execute(select(table)) for each in row
            )
            for table in db.metadata.sorted_tables
        }  # fmt: skip


def pass_days(desk: Desk, days: int) -> None:
    """Let it be so many days after everything began, and what happens by itself happen."""
    desk.be_later(timedelta(days=days))
    with desk.app.app_context(), scoped(SYSTEM):
        by_the_clock.keep_up()


def one(desk: Desk, model: Any, *where: Any) -> Any:
    with system(desk):
        return db.session.execute(select(model.__table__).where(*where)).one()


def nothing_opens(desk: Desk, case_id: str) -> None:
    """Neither the drafts nor the versions nor any copy says anything any more."""
    with system(desk):
        for draft in db.session.scalars(select(Draft).where(Draft.dossier_id == case_id)):
            said = repr(document_of(form_of(draft), written(draft)))
            assert not [word for word in CANARIES if word in said]
        for version in db.session.scalars(select(Version).where(Version.dossier_id == case_id)):
            assert not [word for word in CANARIES if word in repr(document_in(version))]
            with pytest.raises(Refusal):
                versions.opened(version)
        of_case = select(Addressee.id).where(Addressee.exchange_id == case_id)
        held = db.session.scalars(select(Delivery).where(Delivery.addressee_id.in_(of_case))).all()
        assert held
        for delivery in held:
            for reads in (copies.text_of, copies.opened):
                with pytest.raises(Erased):
                    reads(delivery)


def work_on(desk: Desk) -> str:
    """A case as it is worked on: released, answered with a word, revised, a row taken out of the draft."""
    case_id = begin(desk)
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    assert sv.send(at, f"{at}/receipt", verb="accept", reason="ZqAcuse").status == 303
    hn, case = desk.be("hn.prosecutor"), f"/cases/{case_id}"
    assert hn.send(case, f"{case}/revision").status == 303
    section = f"{case}/sections/case"
    assert hn.send(section, summary="ZqBorrador").status == 303
    assert hn.send(f"{case}/sections/suspects.who", modus_operandi="ZqQuitado").status == 303
    assert hn.send(f"{case}/sections/suspects", _remove="who").status == 303
    for path in (f"{case}/history", f"{case}/check", case, section):
        hn.get(path)
    return case_id


def test_after_its_day_nothing_of_a_case_is_left_anywhere(
    desk: Desk, database: Any, tmp_path: Path, with_client: Path
) -> None:
    case_id = work_on(desk)
    said = desk.be("hn.prosecutor").get(f"/cases/{case_id}/sections/case")
    assert "ZqBorrador" in said.html, "while it is there it is read"
    run = desk.app.test_cli_runner().invoke
    copy, ledger = tmp_path / "copy", str(tmp_path / "ledger")
    assert run(args=["backup", "create", str(copy)]).exit_code == 0
    pass_days(desk, KEPT_DAYS)
    assert one(desk, Exchange, Exchange.id == case_id).state == "released", "its last day"
    pass_days(desk, KEPT_DAYS + 1)
    exchange = one(desk, Exchange, Exchange.id == case_id)
    assert exchange.state == "erased"
    certified = one(desk, Version, Version.dossier_id == case_id)
    assert exchange.tombstone == certified.hash
    assert leaks(CANARIES, kept(desk)) == []
    nothing_opens(desk, case_id)
    assert certified.hash in desk.be("hn.prosecutor").get(f"/cases/{case_id}").words
    with desk.app.app_context():
        assert not verify().faults
        db.session.remove()
    assert run(args=["keys", "ledger", ledger]).exit_code == 0
    for url in restored(copy, tmp_path, with_client, database):
        again = Desk(create_app(settings(url, tmp_path / "again", environment="demonstration",
                                         second_factor="off")))  # fmt: skip
        brought = again.app.test_cli_runner().invoke(
            args=["keys", "restore", f"{copy}.keys", "--ledger", ledger]
        )
        assert brought.exit_code == 0, brought.output
        pass_days(again, 1)  # its day has not come there: the ledger alone says that it is over
        assert one(again, Exchange, Exchange.id == case_id).state == "erased"
        assert leaks(CANARIES, kept(again)) == []
        nothing_opens(again, case_id)
        let_go(again.app)


def test_the_end_of_access_forgets_the_copy_of_one_unit_alone(desk: Desk) -> None:
    case_id = begin(desk)
    desk.release("hn.prosecutor", case_id)
    sv, gt = desk.received("sv.prosecutor"), desk.received("gt.child")
    with system(desk, writing=True):
        db.session.execute(
            db.update(Addressee).where(Addressee.id == sv.rpartition("/")[2])
            .values(access_until=desk.today() + timedelta(days=2))
        )  # fmt: skip
    pass_days(desk, 3)
    states = {}
    with system(desk):
        for addressee, delivery in db.session.execute(
            select(Addressee, Delivery).join(Delivery, Delivery.addressee_id == Addressee.id)
            .where(Addressee.exchange_id == case_id)
        ):  # fmt: skip
            states[addressee.id] = addressee.state
            if addressee.id in sv:
                with pytest.raises(Erased):
                    copies.text_of(delivery)
            else:
                assert copies.text_of(delivery)["summary"] == "ZqRestringido1"
    assert states == {sv.rpartition("/")[2]: "expired", gt.rpartition("/")[2]: "delivered"}
    assert "ZqRestringido1" not in desk.be("sv.prosecutor").get(sv).html
    assert "ZqRestringido1" in desk.be("gt.child").get(gt).html
    assert "ZqRestringido1" in desk.be("hn.prosecutor").get(f"/cases/{case_id}").html


def test_what_was_recalled_leaves_no_copy(desk: Desk) -> None:
    case_id = begin(desk)
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    recalled = desk.be("hn.prosecutor").send(f"/cases/{case_id}/recall", reason="Era de otro caso.")
    assert recalled.status == 303
    desk.follow()
    with system(desk):
        held = db.session.scalars(
            select(Delivery).join(Addressee, Addressee.id == Delivery.addressee_id)
            .where(Addressee.exchange_id == case_id)
        ).all()  # fmt: skip
        assert len(held) == 2
        for delivery in held:
            for reads in (copies.text_of, copies.opened):
                with pytest.raises(Erased):
                    reads(delivery)
    assert "ZqRestringido1" not in desk.be("sv.prosecutor").get(at).html
    assert "ZqRestringido1" in desk.be("hn.prosecutor").get(f"/cases/{case_id}").html


def test_it_is_warned_of_once_at_fifteen_five_and_one_days(desk: Desk) -> None:
    case_id = begin(desk)
    desk.release("hn.prosecutor", case_id)
    warned: list[int] = []
    for day in range(KEPT_DAYS - 18, KEPT_DAYS + 1):
        before = _warnings(desk, case_id)
        pass_days(desk, day)
        with desk.app.app_context(), scoped(SYSTEM):
            by_the_clock.keep_up()  # an hour later
        if told := _warnings(desk, case_id) - before:
            assert len({event.rpartition(":")[2] for _person, event in told}) == 1
            warned.append(KEPT_DAYS - day)
    assert warned == [15, 5, 1]


def _warnings(desk: Desk, case_id: str) -> set[tuple[str, str]]:
    with system(desk):
        rows = db.session.execute(
            select(Notice.person_id, Notice.event).where(
                Notice.kind == "case-ends", Notice.subject_id == case_id
            )
        )
        return {(row.person_id, row.event) for row in rows}
