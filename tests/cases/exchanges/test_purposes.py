"""Does a unit open personal data for that alone for which they were sent?"""

from __future__ import annotations

import re

import pytest

from app.cases.common_format.format import CASE
from app.cases.exchanges import opened, purposes, queries, reading
from app.cases.exchanges.reading import sealed_keys
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.intake.sealed.purposes import PURPOSES
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_openings_on_record import events, post

SV = ("sv", "prosecution")


def sent(desk: Desk, purpose: str) -> str:
    desk.release("hn.prosecutor", desk.begin("hn.prosecutor", [SV], purpose=purpose))
    return desk.received("sv.prosecutor")


def offered(html: str) -> set[str]:
    return set(re.findall(r'name="purpose"[^>]*value="([a-z]+)"', html))


def test_every_purpose_of_a_communication_has_openings_of_its_own() -> None:
    assert set(purposes.OF_EACH) == {code.key for code in CASE.code_lists["purpose"].codes}
    codes = [code for each in purposes.OF_EACH.values() for code in each]
    assert len(codes) == len(set(codes))
    assert not set(codes) & set(purposes.IN_ANY)


@pytest.mark.parametrize("purpose", ["INVESTIGATION", "PROTECTION"])
def test_only_what_it_was_sent_for_is_offered_and_taken(desk: Desk, purpose: str) -> None:
    at, sv = sent(desk, purpose), desk.be("sv.prosecutor")
    fitting = set(purposes.fitting(purpose))
    assert offered(sv.get(at).html) == fitting
    every = {*PURPOSES, *(code for each in purposes.OF_EACH.values() for code in each), "", "none"}
    for foreign in sorted(every - fitting):
        refused = post(sv, f"{at}/openings", purpose=foreign)
        assert refused.status_code == 422, foreign
        assert "APELLIDO-PERSONAL" not in refused.get_data(as_text=True), foreign
    assert events(desk) == []
    shown = sv.send(at, f"{at}/openings", purpose="answering")
    assert shown.status == 200
    assert "APELLIDO-PERSONAL" in shown.html


def test_who_reads_for_another_purpose_is_told_nothing_personal(desk: Desk) -> None:
    at = sent(desk, "INVESTIGATION")
    desk.be("sv.prosecutor").get(at)
    with desk.app.test_request_context(), scoped(SYSTEM), transaction(writing=False):
        actor = first_seat_of("sv.prosecutor")
        found: opened.Received = queries.get_readable(actor, at.rsplit("/", 1)[1])
        form = reading.format_of(found)
        keys = {
            code: sealed_keys(reading.read(actor, found, purpose=code), form)
            for code in ("investigating", "supervising", "protecting", "writing")
        }
    assert "persons.surname" in keys["investigating"]
    assert keys["supervising"] == keys["investigating"]
    assert not keys["protecting"]
    assert not keys["writing"]


def test_for_statistics_nothing_personal_is_there_to_open(desk: Desk) -> None:
    at, sv = sent(desk, "STATISTICS"), desk.be("sv.prosecutor")
    assert offered(sv.get(at).html) == set()
    assert post(sv, f"{at}/openings", purpose="answering").status_code == 422
