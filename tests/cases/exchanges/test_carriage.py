"""Does what carries a communication arrive with it, whatever a country reserves?"""

from __future__ import annotations

import re

from app.cases.common_format.format import CASE as FORM
from app.cases.exchanges.models import Addressee
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.stating import reserve
from tests.cases.exchanges.test_openings_on_record import post

SV = ("sv", "prosecution")
REPLY_BY = "21 jun"


def test_a_reserved_envelope_still_says_what_it_is(desk: Desk) -> None:
    reserve(desk, "hn", ["section:envelope", "class:restricted"], discloses=False)
    case_id = desk.begin("hn.prosecutor", [SV], reply_by="2004-06-21", tlp="AMBER")
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    seen = sv.get(at).words
    kind = FORM.code_lists["report_kind"].label("CASE_SHARE", "es")
    assert kind in seen
    assert "TLP:AMBER" in seen
    assert FORM.code_lists["purpose"].label("PROTECTION", "es") in seen
    assert REPLY_BY not in seen
    assert "Palermo" not in seen
    assert "RESUMEN-RESTRINGIDO" not in seen
    assert at in sv.get("/received/cases?kind=CASE_SHARE").html
    reply = post(sv, f"{at}/reply", kind="REPLY").location
    begun = sv.get(f"{reply}/sections/envelope").html
    assert re.search(r'value="AMBER"[^>]*(checked|selected)', begun)


def test_where_nothing_else_is_left_nothing_arrives(desk: Desk) -> None:
    reserve(desk, "sv", [f"section:{each.key}" for each in FORM.sections], direction="receive")
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        [state] = session.scalars(
            db.select(Addressee.state).where(Addressee.exchange_id == case_id)
        )
    assert state == "undelivered"
