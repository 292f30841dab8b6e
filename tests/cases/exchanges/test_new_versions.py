"""Does a new version of a case say all that the one before it said, until somebody changes it?"""

from __future__ import annotations

import random
from typing import Any

from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.intake.actions import document_in
from app.intake.models import Version
from app.intake.sealed import versions
from tests.cases.exchanges import letters
from tests.cases.exchanges.desk import Desk

SV = ("sv", "prosecution")


def documents(desk: Desk, case_id: str) -> list[dict[str, Any]]:
    """What the certified versions of a case say, opened, in their order."""
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        held = session.scalars(
            db.select(Version).where(Version.dossier_id == case_id).order_by(Version.number)
        ).all()
        return [versions.with_opened(document_in(each), versions.opened(each)) for each in held]


def revise(desk: Desk, case_id: str) -> None:
    at = f"/cases/{case_id}"
    assert desk.be("hn.prosecutor").send(at, f"{at}/revision").status == 303


def test_nothing_is_lost_from_one_version_to_the_next(desk: Desk) -> None:
    case = letters.a_case(random.Random(2004), [], "GREEN")
    for number, person in enumerate(case["persons"], 1):
        person["person_local_id"] = f"P{number}"
    case_id = desk.begin("hn.prosecutor", [SV], **{**case, "recipient_units": [desk.unit(*SV)]})
    desk.release("hn.prosecutor", case_id)
    revise(desk, case_id)
    desk.release("hn.prosecutor", case_id)
    first, second = documents(desk, case_id)
    assert second == first
    assert first["persons"][1]["person_local_id"] == "P2"


def test_a_person_added_later_gets_a_number_of_its_own(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    hn, at = desk.be("hn.prosecutor"), f"/cases/{case_id}/sections/persons"

    def add() -> None:
        item = hn.send(at, _add="persons").location
        assert item is not None
        row = item.partition("#")[0].rpartition(".")[2]
        said = {"person_role": "SMUGGLED_PERSON", "age_band": "25-34", "citizenship": "NI", "asylum_flag.code": "NO_INDICATION",
                "asylum_flag.detail": "Unidad, 24/05/2004"}  # fmt: skip
        answer = hn.send(item, **{f"persons.{row}.{cell}": told for cell, told in said.items()})
        assert answer.status == 303, answer.words

    add()
    desk.release("hn.prosecutor", case_id)
    revise(desk, case_id)
    add()
    desk.release("hn.prosecutor", case_id)
    numbers = [[row.get("person_local_id") for row in each["persons"]]
               for each in documents(desk, case_id)]  # fmt: skip
    assert numbers == [[None, None, "P1"], [None, None, "P1", "P2"]]


def test_it_is_certified_in_the_capacity_of_whoever_released_it(desk: Desk) -> None:
    for who, role in (("hn.prosecutor", "case_officer"), ("hn.child", "child_protection_officer")):
        case_id = desk.begin(who, [SV])
        desk.release(who, case_id)
        with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
            of_it = db.select(Version.certified_role).where(Version.dossier_id == case_id)
            assert session.scalars(of_it).all() == [role]
