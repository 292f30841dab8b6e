"""Does the page of the format say that it is a proposal, and move only as countries and their meetings say?"""

from __future__ import annotations

from collections.abc import Callable

from app.cases.common_format import queries
from app.cases.common_format.format import CASE
from app.policy.actor import Role
from tests.calls.browsing import Reader
from tests.calls.settled import Settled, in_role

PAGE, STEP, OPT = "/common-format", "/common-format/standing", "/common-format/opting"


def test_a_shipped_format_is_a_proposal_and_says_so(reader: Reader, settled: Settled) -> None:
    reader.as_(settled["hn"])
    page = reader.get(PAGE)
    assert "The wording of 2004 was not found" in page.words
    assert "proposed" in page.words


def test_every_field_stands_there_with_its_class(reader: Reader, settled: Settled) -> None:
    reader.as_(settled["hn"])
    words = reader.get(PAGE).words
    for field in CASE.fields:
        for each in (field, *field.cells):
            assert each.label.en in words, each.key


def test_the_coordinator_takes_it_to_approval_step_by_step_with_a_ground(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    reader.as_(in_role(settled["st"], Role.COORDINATOR))
    fields = reader.get(PAGE).fields(STEP)
    assert reader.send(STEP, fields, verb="approve", reason="GRCM 2004").status == 409
    without = reader.submit(PAGE, STEP, verb="observe", reason="")
    assert without.status == 422
    assert "Say on what ground" in without.words
    assert reader.submit(PAGE, STEP, verb="observe", reason="GRCM, May 2004, item 7").status == 303
    assert reader.submit(PAGE, STEP, verb="approve", reason="GRCM, November 2004").status == 303
    now = stored(lambda: queries.standing(CASE.name, CASE.version))
    assert now.is_approved
    page = reader.get(PAGE)
    assert "GRCM, May 2004, item 7" in page.words
    assert "The wording of 2004 was not found" not in page.words


def test_a_country_says_for_itself_that_it_exchanges_and_may_say_otherwise_later(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    reader.as_(settled["hn"])
    undecided = reader.submit(PAGE, OPT, note="Nota 12/2004")
    assert undecided.status == 422
    assert "Nota 12/2004" in undecided.html
    assert reader.submit(PAGE, OPT, is_in="in", note="Nota 12/2004").status == 303
    assert stored(lambda: queries.opted_in(CASE.name)) == {settled.id("hn")}
    reader.as_(settled["sv"])
    assert "Nota 12/2004" in reader.get(PAGE).words
    assert reader.submit(PAGE, OPT, is_in="in", note="").status == 303
    reader.as_(settled["hn"])
    assert reader.submit(PAGE, OPT, is_in="out", note="").status == 303
    assert stored(lambda: queries.opted_in(CASE.name)) == {settled.id("sv")}


def test_nobody_else_moves_it_or_speaks_for_a_country(reader: Reader, settled: Settled) -> None:
    reader.as_(settled["st"])
    assert {STEP, OPT}.isdisjoint(reader.get(PAGE).actions())
    reader.as_(in_role(settled["hn"], Role.CASE_OFFICER))
    assert {STEP, OPT}.isdisjoint(reader.get(PAGE).actions())
    for outsider in ("ca-sponsor", "ar", "op"):
        reader.as_(settled[outsider])
        reader.get(PAGE, status=403)
