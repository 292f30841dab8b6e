"""Does a unit that finds a child, and does not protect children, reach the unit of its country that does?"""

from __future__ import annotations

from typing import Any

import pytest

from app.cases.follow_ups.models import CaseFollowUp
from tests.cases.exchanges.desk import CASE, Desk
from tests.cases.follow_ups.test_follow_ups import begin, rows

OWN, OWN_PROSECUTION, GT = ("hn", "child_protection"), ("hn", "prosecution"), ("gt", "prosecution")


def seeking() -> dict[str, Any]:
    """The case, where the girl may ask for protection against Honduras, whose citizen she is."""
    adult, girl = CASE["persons"]
    return {"persons": [adult, {**girl, "asylum_flag": {"code": "YES", "detail": "Lo dijo."}}]}


def followed_by(desk: Desk) -> set[str]:
    unit = desk.unit(*OWN)
    return {row.kind for row in rows(desk, CaseFollowUp, CaseFollowUp.unit_id == unit)}


def test_a_prosecutor_addresses_its_own_child_protection_which_follows(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [GT])
    hn = desk.be("hn.prosecutor")
    envelope = hn.get(f"/cases/{case_id}/sections/envelope").html
    assert desk.unit(*OWN) in envelope
    assert desk.unit(*OWN_PROSECUTION) not in envelope, "nobody writes to itself"
    desk.release("hn.prosecutor", case_id)
    page = hn.get(f"/case-follow-ups/of-own/{case_id}")
    assert "una unidad de protección" in page.words
    assert f"/cases/{case_id}" in page.links()
    second = desk.begin("hn.prosecutor", [OWN, GT])
    desk.release("hn.prosecutor", second)
    at = desk.received("hn.child")
    assert "RESUMEN-RESTRINGIDO" in desk.be("hn.child").get(at).words
    assert begin(desk, "hn.child", at).status == 303
    assert followed_by(desk) == {"child", "companion"}
    child = next(row for row in rows(desk, CaseFollowUp, CaseFollowUp.unit_id == desk.unit(*OWN))
                 if row.kind == "child")  # fmt: skip
    hn.get(f"/case-follow-ups/{child.id}", status=404)
    assert child.id not in hn.get("/case-follow-ups?state=all").html


def test_its_answer_reaches_whoever_wrote(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [OWN])
    desk.release("hn.prosecutor", case_id)
    at = desk.received("hn.child")
    child = desk.be("hn.child")
    reply = str(child.send(at, f"{at}/reply", kind="REPLY").location)
    basis = {"legal_basis.code": "NATIONAL_LAW", "legal_basis.detail": "Ley especial"}
    assert child.send(f"{reply}/sections/envelope", **basis).status == 303
    desk.release("hn.child", reply.rsplit("/", 1)[1])
    answer = desk.be("hn.prosecutor").get(desk.received("hn.prosecutor"))
    assert answer.title == "Respuesta"
    assert "Protección de la niñez, Honduras" in answer.html


def test_a_country_is_not_kept_from_what_it_says_itself_and_the_others_are(desk: Desk) -> None:
    own = desk.begin("hn.prosecutor", [OWN], **seeking())
    desk.release("hn.prosecutor", own)
    at = desk.received("hn.child")
    assert "RESUMEN-RESTRINGIDO" in desk.be("hn.child").get(at).words
    there = desk.begin("gt.prosecutor", [OWN], **seeking())
    read = desk.be("gt.prosecutor").get(f"/cases/{there}/check")
    page = f"/cases/{there}/certification"
    come = next((each for each in read.links() if each.startswith(page)), page)
    barred = desk.be("gt.prosecutor").send(come, page)
    assert barred.status == 422
    assert "Honduras" in barred.words
    assert desk.received("hn.child") == at


@pytest.mark.parametrize(("key", "status"), [("hn.prosecutor", 422), ("hn.child", 303)])
def test_how_a_follow_up_ended_is_said_by_a_unit_that_protects(
    desk: Desk, key: str, status: int
) -> None:
    case_id = desk.begin(key, [GT])
    page = f"/cases/{case_id}/sections/minors.travel"
    place = "minors.travel.followup_outcome"
    sent = desk.be(key).send(page, **{place: "IN_CARE"})
    assert sent.status == status, sent.words
    assert ("lo decide una unidad de protección" in sent.words) == (status == 422)
    at = f"/cases/{case_id}/answers/minors/travel/followup_outcome"
    fields = desk.be(key).get(page).fields(page)
    saved = desk.be(key).client.put(at, data={**fields, place: "REUNIFIED"})
    assert saved.status_code == (422 if status == 422 else 200)
    assert desk.be(key).send(page, **{place: ""}).status == 303
