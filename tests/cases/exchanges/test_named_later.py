"""Does a unit to which something was passed on get it from the sender itself, once a release names it?"""

from __future__ import annotations

from app.cases.exchanges.models import Addressee
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from tests.cases.exchanges.desk import Desk

SV, GT = ("sv", "prosecution"), ("gt", "prosecution")


def ways(desk: Desk, case_id: str) -> dict[str, tuple[str | None, str, str]]:
    """Unit -> by whom and through which countries it got there, and how it stands."""
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        found = session.scalars(db.select(Addressee).where(Addressee.exchange_id == case_id)).all()
        return {each.unit_id: (each.forwarded_by_id, each.via, each.state) for each in found}


def test_who_got_it_from_another_gets_it_from_the_sender(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV], tlp="GREEN")
    desk.release("hn.prosecutor", case_id)
    at, gt = desk.received("sv.prosecutor"), desk.unit(*GT)
    assert desk.be("sv.prosecutor").send(f"{at}/forwarding", unit=gt).status == 303
    desk.follow()
    by, via, _state = ways(desk, case_id)[gt]
    assert (bool(by), via) == (True, "SV")
    hn, page = desk.be("hn.prosecutor"), f"/cases/{case_id}/sections/envelope"
    assert hn.send(f"/cases/{case_id}", f"/cases/{case_id}/revision").status == 303
    fields = hn.get(page).fields(page) | {"recipient_units": [desk.unit(*SV), gt]}
    assert hn.client.post(page, data=fields).status_code == 303
    desk.release("hn.prosecutor", case_id)
    assert ways(desk, case_id)[gt] == (None, "", "delivered")
    there = desk.received("gt.prosecutor")
    assert "RESUMEN-RESTRINGIDO" in desk.be("gt.prosecutor").get(there).html
