"""Does a country learn nothing of a matter in which somebody may seek protection against it, by any way?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.audit.commit import committed
from app.cases.common_format import queries as format_queries
from app.cases.common_format.models import FormatOptIn
from app.cases.exchanges import actions, queries
from app.cases.exchanges.actions import Beginning
from app.cases.exchanges.models import Addressee
from app.cases.reservations.models import ReservationRule, ReservationText
from app.cli.demo.people import first_seat_of
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation, Unit
from tests.cases.exchanges.desk import CASE, Desk

SV, GT, GTC = ("sv", "prosecution"), ("gt", "prosecution"), ("gt", "child_protection")
MAY, NO_INDICATION = "UNKNOWN", "NO_INDICATION"


def people(citizenship: list[str] | None, asylum: str) -> list[dict[str, Any]]:
    """The persons of a case with another nationality, and what is said of asylum."""
    asked = {"asylum_flag": {"code": asylum, "detail": "Unidad, 24/05/2004"}}
    return [{**each, **asked, "citizenship": citizenship} for each in CASE["persons"]]


def states(desk: Desk, case_id: str) -> dict[str, str]:
    """Organisation -> the state of what went there."""
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        return {row.key: row.state for row in session.execute(
            select(Organisation.key, Addressee.state)
            .join(Organisation, Organisation.id == Addressee.organisation_id)
            .where(Addressee.exchange_id == case_id)
        )}  # fmt: skip


def reserve(desk: Desk, data: str, effect: str, mask: str | None = None) -> None:
    """Honduras keeps something back of what it sends."""
    noon, id = datetime(2004, 5, 1, 12, tzinfo=UTC), new_id()
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        hn = db.session.scalars(select(Organisation).where(Organisation.key == "hn")).one()
        by = db.session.scalars(
            select(Membership.person_id).where(Membership.organisation_id == hn.id)
        ).first()
        who = {"written_by": by, "written_name": "", "written_at": noon}
        shared = {"id": id, "organisation_id": hn.id, "series_id": id, "version": 1,
                  "is_demonstration": False, **who}  # fmt: skip
        db.session.execute(insert(ReservationText), [{
            **shared, "article": "2", "url": "", "instrument": "Ley", "words": "No.", "lang": "es",
            "is_restricted": False,
        }])  # fmt: skip
        db.session.execute(insert(ReservationRule), [{
            **shared, "data": [data], "country": "HN", "effect": effect, "direction": "send",
            "counterparts": [], "purposes": [], "mask": mask, "discloses": True, "valid_from": None,
            "valid_to": None, "text_id": id, "state": "in_force", "confirmed_at": noon, "ended_name": "",
            "reason": "",
        }])  # fmt: skip


def pass_on(desk: Desk, key: str, at: str, to: tuple[str, str]) -> int:
    """Somebody passes on what reached them; the status."""
    sent = desk.be(key).send(f"{at}/forwarding", unit=desk.unit(*to))
    desk.follow()
    return sent.status


def revise(desk: Desk, case_id: str, to: list[tuple[str, str]] | None = None, **said: str) -> None:
    """A new version goes out, to other units if any are named, with other answers in its first two sections."""
    hn, at = desk.be("hn.prosecutor"), f"/cases/{case_id}"
    assert hn.send(at, f"{at}/revision").status == 303
    if to is not None:
        fields: Any = hn.get(f"{at}/sections/envelope").fields(f"{at}/sections/envelope")
        fields["recipient_units"] = [desk.unit(*each) for each in to]
        assert hn.client.post(f"{at}/sections/envelope", data=fields).status_code == 303
    for section, key in (("envelope", "tlp"), ("case", "summary")):
        if key in said:
            assert hn.send(f"{at}/sections/{section}", **{key: said[key]}).status == 303
    for person in ("adult", "girl") if "asylum" in said else ():
        page = f"{at}/sections/persons.{person}"
        name = f"persons.{person}.asylum_flag.code"
        assert hn.send(page, **{name: said["asylum"]}).status == 303
    desk.release("hn.prosecutor", case_id)


@pytest.mark.parametrize("kept", [None, ("deny", None), ("mask", "region")])
def test_no_reservation_opens_the_way_to_a_barred_country(desk: Desk, kept: Any) -> None:
    if kept:
        reserve(desk, "key:persons.citizenship", *kept)
    case_id = desk.begin("hn.prosecutor", [SV], persons=people(["GT"], MAY))
    desk.release("hn.prosecutor", case_id)
    assert pass_on(desk, "sv.prosecutor", desk.received("sv.prosecutor"), GT) == 303
    assert states(desk, case_id)["gt"] == "undelivered"


def test_no_indication_lifts_the_bar_where_a_unit_that_protects_says_it(desk: Desk) -> None:
    said = {"persons": people(["GT"], NO_INDICATION)}
    by_prosecution = desk.begin("hn.prosecutor", [GT], **said)
    page = f"/cases/{by_prosecution}/certification"
    hn = desk.be("hn.prosecutor")
    come = next(
        each for each in hn.get(f"/cases/{by_prosecution}/check").links() if each.startswith(page)
    )
    refused = hn.send(come, page)
    assert refused.status == 422
    assert "Guatemala" in refused.words
    by_protection = desk.begin("hn.child", [GT], **said)
    desk.release("hn.child", by_protection)
    assert states(desk, by_protection) == {"gt": "delivered"}


def test_of_whoever_may_seek_protection_a_country_is_said(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], persons=people(None, MAY))
    hn, page = desk.be("hn.prosecutor"), f"/cases/{case_id}/certification"
    come = next(each for each in hn.get(f"/cases/{case_id}/check").links() if each.startswith(page))
    refused = hn.send(come, page)
    assert refused.status == 422
    assert "dónde nació" in refused.words
    assert states(desk, case_id) == {}


def test_what_is_learned_later_takes_back_what_was_delivered(desk: Desk) -> None:
    case_id = desk.begin("hn.child", [SV, GT], persons=people(["SV"], NO_INDICATION))
    desk.release("hn.child", case_id)
    at = desk.received("sv.prosecutor")
    assert states(desk, case_id) == {"sv": "delivered", "gt": "delivered"}
    hn = desk.be("hn.child")
    assert hn.send(f"/cases/{case_id}", f"/cases/{case_id}/revision").status == 303
    for person in ("adult", "girl"):
        page = f"/cases/{case_id}/sections/persons.{person}"
        assert hn.send(page, **{f"persons.{person}.asylum_flag.code": "YES"}).status == 303
    page = f"/cases/{case_id}/sections/envelope"
    fields: Any = hn.get(page).fields(page)
    fields["recipient_units"] = [desk.unit(*GT)]
    assert hn.client.post(page, data=fields).status_code == 303
    desk.release("hn.child", case_id)
    assert states(desk, case_id) == {"sv": "recalled", "gt": "delivered"}
    gone = desk.be("sv.prosecutor").get(at)
    assert "RESUMEN-RESTRINGIDO" not in gone.html
    assert "Ya no está dirigida a su unidad." in gone.words


def test_what_one_communication_says_bars_every_other_of_the_matter(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], persons=people(["GT"], "YES"))
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        actor = first_seat_of("sv.prosecutor")
        received = queries.get_readable(actor, at.rsplit("/", 1)[1])
        begins = Beginning(unit=received.unit, kind="REPLY", is_exercise=True, answers=received)
        units = [_of(GT), _of(("hn", "prosecution"))]
        given = {"recipient_units": units, "legal_basis": CASE["legal_basis"]}
        reply = actions.start(actor, begins, given=given).id
    desk.release("sv.prosecutor", reply)
    assert states(desk, reply) == {"gt": "undelivered", "hn": "delivered"}


def _of(unit: tuple[str, str]) -> str:
    return db.session.scalars(
        select(Unit.id).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.key == unit[0], Unit.kind == unit[1])
    ).one()  # fmt: skip


def test_a_stricter_mark_reaches_those_to_whom_it_was_passed_on(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="GREEN")
    desk.release("hn.prosecutor", case_id)
    assert pass_on(desk, "sv.prosecutor", desk.received("sv.prosecutor"), GT) == 303
    there = desk.received("gt.prosecutor")
    assert "RESUMEN-RESTRINGIDO" in desk.be("gt.prosecutor").get(there).html
    revise(desk, case_id, tlp="AMBER")
    assert states(desk, case_id) == {"sv": "delivered", "gt": "undelivered"}
    assert "RESUMEN-RESTRINGIDO" not in desk.be("gt.prosecutor").get(there).html


def test_a_mark_that_grew_stricter_before_the_delivery_holds(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="GREEN")
    desk.release("hn.prosecutor", case_id)
    at = desk.received("sv.prosecutor")
    sent = desk.be("sv.prosecutor").send(f"{at}/forwarding", unit=desk.unit(*GT))
    assert sent.status == 303
    revise(desk, case_id, tlp="AMBER")
    assert states(desk, case_id)["gt"] == "undelivered"


def test_a_correction_reaches_everybody_who_has_the_case_and_nobody_else(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV, GTC])
    desk.release("hn.prosecutor", case_id)
    assert pass_on(desk, "sv.prosecutor", desk.received("sv.prosecutor"), GT) == 303
    revise(desk, case_id, to=[SV], summary="CORREGIDO")
    there = desk.be("gt.prosecutor").get(desk.received("gt.prosecutor"))
    assert "CORREGIDO" in there.html
    assert "RESUMEN-RESTRINGIDO" not in there.html
    gone = desk.be("gt.child").get(desk.received("gt.child"))
    assert "RESUMEN-RESTRINGIDO" not in gone.html


def test_a_unit_taken_out_can_be_named_again(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV, GTC])
    desk.release("hn.prosecutor", case_id)
    revise(desk, case_id, to=[GTC])
    assert states(desk, case_id) == {"sv": "recalled", "gt": "delivered"}
    revise(desk, case_id, to=[SV, GTC])
    assert states(desk, case_id) == {"sv": "delivered", "gt": "delivered"}
    assert (
        "RESUMEN-RESTRINGIDO" in desk.be("sv.prosecutor").get(desk.received("sv.prosecutor")).html
    )


def test_a_real_case_is_not_passed_on_to_a_country_that_does_not_exchange(desk: Desk) -> None:
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        for key in ("hn", "sv"):
            country = db.session.scalars(select(Organisation).where(Organisation.key == key)).one()
            by = db.session.scalars(
                select(Membership.person_id).where(Membership.organisation_id == country.id)
            ).first()
            number = format_queries.next_word(country.id, "case")
            db.session.add(FormatOptIn(
                id=new_id(), organisation_id=country.id, format_name="case", version=1, number=number,
                is_in=True, note="", said_by=by, at=datetime(2004, 5, 1, tzinfo=UTC),
            ))  # fmt: skip
            db.session.flush()
        actor = first_seat_of("hn.prosecutor")
        unit = db.session.get_one(Unit, next(iter(actor.case_unit_ids)))
        given = {**CASE, "recipient_units": [_of(SV)]}
        begins = Beginning(unit=unit, kind="CASE_SHARE", is_exercise=False)
        case_id = actions.start(actor, begins, given=given).id
    desk.release("hn.prosecutor", case_id)
    assert pass_on(desk, "sv.prosecutor", desk.received("sv.prosecutor"), GT) == 422
    assert states(desk, case_id) == {"sv": "opened"}
