"""With code and guards gone, can a connection change money, another's pledge or what became of it?

Every question is asked in plain statements, as the roles of a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.base import new_id
from app.db.scoping import Scope, Wall, scoped
from app.extensions import db
from app.funding.courses import sheets
from app.funding.courses.actions import Terms, edit
from app.funding.courses.models import (
    Course,
    CourseCost,
    CourseSheet,
    CourseStanding,
    CourseStandingChange,
)
from app.funding.pledges import carrying, queries
from app.funding.pledges.models import ENDED, Pledge, PledgeLine, PledgeMove, PledgeReview
from app.policy.actor import Actor
from app.workflow.tables import PLEDGE
from tests.calls.settled import MORNING
from tests.funding.planned import Planned

MIGRATION = Path(__file__).parents[2] / "migrations/versions/0003_pledges.py"
OFFERED = {"materials": "500.00"}


def scope_of(actor: Actor | None) -> Scope:
    if actor is None:
        return Scope(Wall.SYSTEM)
    wall = Wall.SPONSOR if actor.is_sponsor else Wall.ORGANISATION
    return Scope(wall, actor.organisation_id, actor.organisation_kind.value, actor.person_id)


def is_let(plan: Planned, actor: Actor | None, *statements: Any) -> bool:
    """Whether each statement changes something on the connection of somebody, or of the system."""

    def act() -> bool:
        with scoped(scope_of(actor), writing=True), db.engine.connect() as connection:
            try:
                return all(connection.execute(each).rowcount != 0 for each in statements)
            except DBAPIError:
                return False
            finally:
                connection.rollback()

    return bool(plan.stored(act))


def read(plan: Planned, actor: Actor, query: Any) -> list[Any]:
    def act() -> list[Any]:
        with scoped(scope_of(actor)), db.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    return list(plan.stored(act))


def to(pledge_id: str, state: str, **values: Any) -> Any:
    table = Pledge.__table__
    return table.update().where(table.c.id == pledge_id).values(state=state, **values)


def line_of(pledge_id: str, number: int, line: str = "materials", usd: str = "500.00") -> Any:
    return PledgeLine.__table__.insert().values(
        id=new_id(), pledge_id=pledge_id, round=number, line=line, form="cash", currency="USD",
        amount=Decimal(usd), rate="1", rate_day=None, usd=Decimal(usd))  # fmt: skip


def step_of(pledge_id: str, side: str, state: str, number: int = 1, verb: str = "offer") -> Any:
    return PledgeMove.__table__.insert().values(
        id=new_id(), pledge_id=pledge_id, verb=verb, state=state, round=number, side=side, reason="",
        at=clock.now())  # fmt: skip


def review_of(plan: Planned, who: str, pledge_id: str, verdict: str, number: int = 1) -> Any:
    actor = plan.settled[who]
    return PledgeReview.__table__.insert().values(
        id=new_id(), pledge_id=pledge_id, round=number, organisation_id=actor.organisation_id,
        verdict=verdict, reason="x", by=actor.person_id, at=clock.now())  # fmt: skip


def standing(**values: Any) -> Any:
    table = CourseStanding.__table__
    return table.update().where(table.c.line == "materials").values(**values)


def figures(plan: Planned, line: str = "materials") -> tuple[Decimal, Decimal]:
    each = plan.standing().of(line)
    return each.funded, each.promised


def steps_of_the_database() -> Any:
    spec = util.spec_from_file_location("pledges_migration", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_database_knows_the_steps_of_the_table_and_no_others() -> None:
    module = steps_of_the_database()
    moved = {(was, verb): state for was, verb, state in module.MOVES}
    assert moved == {key: state for key, state in PLEDGE.moves.items() if key[1] != "review"}
    assert {*module.GIVER, *module.COUNTRIES, *module.SECRETARIAT} == {
        verb for _, verb in PLEDGE.moves} - {"review"}  # fmt: skip
    assert (module.PROMISED, module.FUNDED) == (queries.PROMISED, queries.FUNDED)
    assert {*PLEDGE.states} == {*module.PROMISED, *module.FUNDED, *ENDED, "interest", "returned"}


def test_no_step_outside_the_table_is_taken_by_anybody(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, **OFFERED)
    stands, allowed = "offered", {"returned", "withdrawn", "expired"}
    for state in PLEDGE.states:
        if state not in {stands, *allowed}:
            assert not is_let(plan, None, to(pledge, state)), state
    assert is_let(plan, None, to(pledge, "withdrawn"))
    assert is_let(plan, None, line_of(pledge, 2), to(pledge, "offered", round=2))
    assert not is_let(plan, None, to(pledge, "offered", round=3))
    plan.withdraw(plan.ca)
    for state in PLEDGE.states:
        if state != "withdrawn":
            assert not is_let(plan, None, to(pledge, state)), state


def test_nothing_is_accepted_without_the_word_of_every_country_with_seats(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, **OFFERED)
    accepted, returned = to(pledge, "accepted"), to(pledge, "returned")
    both = [review_of(plan, who, pledge, "accepted") for who in ("hn", "sv")]
    assert not is_let(plan, None, accepted)
    assert not is_let(plan, None, both[0], accepted)
    assert is_let(plan, None, *both, accepted, to(pledge, "confirmed"))
    assert not is_let(plan, None, returned)
    assert is_let(plan, None, review_of(plan, "hn", pledge, "returned"), returned)


def test_each_step_leaves_the_lines_even_however_it_was_taken(plan: Planned) -> None:
    pledge, other = plan.offer(plan.ca, **OFFERED), plan.offer(plan.other, materials="70.00")
    assert figures(plan) == (0, Decimal(570))
    plan.accept(pledge)
    plan.stored(lambda: db.session.execute(to(pledge, "confirmed")) and None)
    assert figures(plan) == (Decimal(500), Decimal(70))
    plan.stored(lambda: db.session.execute(to(other, "withdrawn")) and None)
    plan.stored(lambda: db.session.execute(to(pledge, "withdrawn")) and None)
    assert figures(plan) == (0, 0)


def test_no_line_holds_more_than_it_costs_and_none_that_the_course_has_not(plan: Planned) -> None:
    plan.offer(plan.other, materials="1000.00")
    pledge = plan.interest(plan.ca)
    offers = to(pledge, "offered", round=1)
    assert is_let(plan, None, line_of(pledge, 1), offers)
    assert not is_let(plan, None, line_of(pledge, 1, usd="500.01"), offers)
    assert not is_let(plan, None, line_of(pledge, 1, "documents", "1.00"), offers)


@pytest.mark.parametrize("column", ["funded", "promised", "cost", "changes"])
def test_a_sponsor_writes_nothing_of_how_far_a_line_is_covered(plan: Planned, column: str) -> None:
    plan.offer(plan.other, **OFFERED)
    assert not is_let(plan, plan.ca, standing(**{column: 0}))


@pytest.fixture
def postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security; docs/decisions/0003-sqlite.md says so")


@pytest.mark.usefixtures("postgresql")
class TestPostgreSQL:
    def test_a_sponsor_takes_its_own_steps_and_no_others(self, plan: Planned) -> None:
        pledge = plan.offer(plan.ca, **OFFERED)
        assert is_let(plan, plan.ca, to(pledge, "withdrawn"))
        assert is_let(plan, plan.ca, line_of(pledge, 2), to(pledge, "offered", round=2))
        plan.review("hn", pledge)
        for state in ("accepted", "confirmed", "returned", "expired"):
            assert not is_let(plan, plan.ca, to(pledge, state)), state
        plan.review("sv", pledge)
        assert not is_let(plan, plan.ca, to(pledge, "offered"))
        assert is_let(plan, plan.ca, to(pledge, "confirmed"))
        plan.confirm(plan.ca)
        assert not is_let(plan, plan.ca, to(pledge, "scheduled"))
        assert not is_let(plan, plan.other, to(pledge, "withdrawn"))

    def test_a_pledge_begins_as_interest_of_its_giver_in_a_course_that_was_sent_to_it(
        self, plan: Planned
    ) -> None:
        def begun(actor: Actor, **values: Any) -> Any:
            return Pledge.__table__.insert().values({
                "id": new_id(), "course_id": plan.course_id, "state": "interest", "round": 0,
                "organisation_id": actor.organisation_id, "role": "sponsor", "conditions": "",
                "reason": "", "created_by": actor.person_id, "created_at": MORNING, "revision": 1,
                "is_demonstration": False, **values})  # fmt: skip

        assert is_let(plan, plan.ca, begun(plan.ca))
        for values in ({"state": "confirmed"}, {"round": 1}, {"role": "host"},
                       {"organisation_id": plan.other.organisation_id}):  # fmt: skip
            assert not is_let(plan, plan.ca, begun(plan.ca, **values)), values
        host, st = plan.settled["hn"], plan.st
        assert is_let(plan, st, begun(st, role="st"))
        assert not is_let(plan, st, begun(plan.ca))
        assert not is_let(plan, host, begun(host, role="host"))
        plan.stored(lambda: edit(st, plan.course(), revision=plan.course().revision, terms=Terms(
            title_es="Curso", title_en="Course", host_id=host.organisation_id)))  # fmt: skip
        assert is_let(plan, host, begun(host, role="host"))
        assert not is_let(plan, host, begun(host, role="st"))

    def test_what_was_offered_is_not_added_to(self, plan: Planned) -> None:
        pledge = plan.offer(plan.ca, **OFFERED)
        assert not is_let(plan, plan.ca, line_of(pledge, 1, "trainers_travel"))
        assert is_let(plan, plan.ca, line_of(pledge, 2, "trainers_travel"))
        for actor in (plan.other, plan.settled["hn"], plan.st):
            assert not is_let(plan, actor, line_of(pledge, 2, "trainers_travel"))

    def test_a_country_says_its_word_and_changes_nothing_else_of_a_pledge(
        self, plan: Planned
    ) -> None:
        pledge, hn = plan.offer(plan.ca, **OFFERED), plan.settled["hn"]
        plan.review("sv", pledge)
        own = review_of(plan, "hn", pledge, "accepted")
        refused = review_of(plan, "hn", pledge, "returned")
        same = to(pledge, "offered", revision=9)
        assert is_let(plan, hn, same, own, to(pledge, "accepted"))
        assert is_let(plan, hn, same, refused, to(pledge, "returned", reason="Not so"))
        assert not is_let(plan, hn, to(pledge, "accepted"))
        assert not is_let(plan, hn, to(pledge, "returned"))
        for state in ("withdrawn", "expired", "confirmed"):
            assert not is_let(plan, hn, own, to(pledge, state)), state
        for values in ({"conditions": "None"}, {"expires_on": date(2010, 1, 1)}, {"reason": "x"},
                       {"organisation_id": hn.organisation_id}, {"role": "host"}):  # fmt: skip
            assert not is_let(plan, hn, to(pledge, "offered", **values)), values
        assert not is_let(plan, hn, line_of(pledge, 2), to(pledge, "offered", round=2))

    def test_a_word_is_said_of_the_offer_that_stands_by_those_with_seats(
        self, plan: Planned
    ) -> None:
        pledge = plan.offer(plan.ca, **OFFERED)
        for who, number, is_theirs in (("hn", 1, True), ("hn", 2, False), ("ca", 1, False)):
            word = review_of(plan, who, pledge, "accepted", number)
            assert is_let(plan, plan.settled[who], word) is is_theirs, who
        plan.withdraw(plan.ca)
        assert not is_let(plan, plan.settled["hn"], review_of(plan, "hn", pledge, "accepted"))

    def test_the_secretariat_neither_gives_nor_takes_in_a_sponsors_name(
        self, plan: Planned
    ) -> None:
        pledge = plan.offer(plan.ca, **OFFERED)
        assert not is_let(plan, plan.st, line_of(pledge, 2), to(pledge, "offered", round=2))
        assert not is_let(plan, plan.st, to(pledge, "accepted"))
        plan.accept(pledge)
        assert not is_let(plan, plan.st, to(pledge, "confirmed"))
        assert not is_let(plan, plan.st, Pledge.__table__.delete())
        assert is_let(plan, plan.st, to(pledge, "withdrawn"))  # as a cancelled course does

    def test_nobody_writes_how_far_a_line_is_covered_and_the_secretariat_alone_its_cost(
        self, plan: Planned
    ) -> None:
        plan.offer(plan.ca, **OFFERED)
        for actor in (plan.st, plan.settled["hn"], plan.ca):
            for values in ({"funded": 0}, {"promised": 0}, {"line": "other"}):
                assert not is_let(plan, actor, standing(**values)), (
                    actor.organisation_name,
                    values,
                )
        assert is_let(plan, plan.st, standing(cost=Decimal(2000)))
        for who in ("hn", "sv"):
            assert not is_let(plan, plan.settled[who], standing(cost=Decimal(2000)))
        covered = {"course_id": plan.course_id, "line": "documents", "cost": Decimal(5),
                   "promised": Decimal(0), "funded": Decimal(5), "changes": 1}  # fmt: skip
        assert not is_let(plan, plan.st, CourseStanding.__table__.insert().values(covered))
        gone = CourseStanding.__table__.delete()
        assert not is_let(plan, plan.st, gone.where(CourseStanding.line == "materials"))
        assert is_let(plan, plan.st, gone.where(CourseStanding.line == "trainers_travel"))

    def test_a_step_is_written_down_as_it_was_taken_by_the_side_that_took_it(
        self, plan: Planned
    ) -> None:
        pledge = plan.offer(plan.ca, **OFFERED)
        sides: list[tuple[Actor, Iterable[str]]] = [
            (plan.ca, {"giver"}), (plan.other, ()), (plan.settled["hn"], {"countries"}),
            (plan.st, {"countries", "secretariat"}),
        ]  # fmt: skip
        for actor, own in sides:
            for side in ("giver", "countries", "secretariat", "clock"):
                told = step_of(pledge, side, "offered")
                assert is_let(plan, actor, told) is (side in own), (actor.organisation_name, side)
        assert not is_let(plan, plan.ca, step_of(pledge, "giver", "confirmed"))
        assert not is_let(plan, plan.ca, step_of(pledge, "giver", "offered", 2))

    def test_the_past_of_a_line_is_written_as_the_line_stands(self, plan: Planned) -> None:
        plan.offer(plan.ca, **OFFERED)
        now = plan.stored(lambda: dict(db.session.execute(
            db.select(CourseStanding.__table__).where(CourseStanding.line == "materials")
        ).mappings().one()))  # fmt: skip
        number = now.pop("changes")
        for actor in (plan.ca, plan.settled["hn"]):
            for changed in ({"number": number + 1}, {"number": number + 1, "promised": Decimal(0)}):
                lie = {**now, "number": number, "at": MORNING, **changed}
                assert not is_let(plan, actor, CourseStandingChange.__table__.insert().values(lie))

    def test_a_sponsor_reads_the_newest_sheet_until_the_course_is_cancelled(
        self, plan: Planned
    ) -> None:
        def renew() -> None:
            content = sheets.build(plan.st, plan.course())
            sheets.release(plan.course_id, {**content, "place": "Comayagua"})

        plan.stored(renew)
        numbers = db.select(CourseSheet.number)
        covers = db.select(CourseStanding.line)
        assert read(plan, plan.st, numbers.order_by(CourseSheet.number)) == [1, 2]
        assert read(plan, plan.ca, numbers) == [2]
        assert read(plan, plan.ca, covers)
        pledge = plan.offer(plan.ca, **OFFERED)
        plan.stored(lambda: carrying.cancel(plan.st, plan.course(), reason="No host",
                                            revision=plan.course().revision))  # fmt: skip
        assert read(plan, plan.ca, numbers) == []
        assert read(plan, plan.ca, covers) == []
        assert read(plan, plan.ca, db.select(Pledge.id)) == [pledge]

    def test_a_sponsor_reads_on_of_a_course_that_was_held_and_pledges_no_more(
        self, plan: Planned
    ) -> None:
        def act(verb: str) -> None:
            course = plan.course()
            course.starts_on = course.ends_on = date(2004, 9, 1)
            db.session.flush()
            carrying.advance(plan.st, course, verb, revision=course.revision)

        for verb in ("schedule", "deliver", "evaluate", "close"):
            plan.stored(lambda verb=verb: act(verb))
        assert read(plan, plan.ca, db.select(CourseSheet.number)) == [1]
        assert read(plan, plan.st, db.select(Course.state)) == ["closed"]
        assert read(plan, plan.st, db.select(CourseCost.line))
