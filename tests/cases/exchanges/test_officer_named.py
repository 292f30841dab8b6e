"""Does an addressee read whom to call back in the other country, of whose people it knows nobody?"""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import Person
from app.cases.exchanges import copies
from app.cases.exchanges.models import Addressee, Delivery
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.stating import reserve

SV, GT = ("sv", "prosecution"), ("gt", "prosecution")


def name(desk: Desk) -> str:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        return session.scalars(select(Person.name).where(Person.key == "hn.prosecutor")).one()


def answered(desk: Desk, key: str) -> str:
    """What the page of the newest communication says, without what stands in its receipts."""
    return desk.be(key).get(desk.received(key)).words


def test_the_name_travels_in_the_copy_also_of_what_is_passed_on(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="GREEN")
    desk.release("hn.prosecutor", case_id)
    assert name(desk) in answered(desk, "sv.prosecutor")
    at = desk.received("sv.prosecutor")
    passed = desk.be("sv.prosecutor").send(f"{at}/forwarding", unit=desk.unit(*GT))
    assert passed.status == 303
    desk.follow()
    assert name(desk) in answered(desk, "gt.prosecutor")


def test_an_officer_who_is_reserved_is_named_nowhere_in_the_copy(desk: Desk) -> None:
    reserve(desk, "hn", ["key:focal_point"])
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    assert name(desk) not in answered(desk, "sv.prosecutor")
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        delivery = session.scalars(
            select(Delivery).join(Addressee, Addressee.id == Delivery.addressee_id)
            .where(Addressee.exchange_id == case_id)
        ).one()  # fmt: skip
        assert "focal_point" not in copies.text_of(delivery)
        assert not copies.officers_of(delivery)


def test_one_who_was_reserved_since_is_named_no_more(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    assert name(desk) in answered(desk, "sv.prosecutor")
    reserve(desk, "hn", ["key:focal_point"])
    assert name(desk) not in answered(desk, "sv.prosecutor")
