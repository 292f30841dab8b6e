"""Does the needs report say what courses cost and what is missing, as of its moment and never anew?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.calls.models import Call
from app.documents.model import Paragraph, TableBlock
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses import sending, sheets
from app.funding.courses.actions import Cost, Terms
from app.funding.courses.models import CourseNeed, CourseSeat, CourseStandingChange
from app.funding.pledges import carrying
from app.intake.models import Dossier
from app.needs.models import NeedFact
from app.policy.actor import Role
from app.reports import actions, building, content, drawing, tallying
from app.reports.document import document_of
from app.reports.figures import FULL, MEMBERS, Audience
from app.reports.funded import Funding
from app.reports.funding_table import funding_table
from app.reports.models import Edition, EditionDocument
from app.reports.report import Report
from app.reports.sentences import COURSES_LEFT_OUT, FUNDED_COURSES, SENT_COURSES
from tests.calls.settled import MORNING, Settled, in_role
from tests.desk import lying
from tests.documents.test_same_cells import assert_same_everywhere
from tests.funding.planned import LAST_DAY, Planned, a_need

HOUR = timedelta(hours=1)


def the_call() -> Call:
    return db.session.scalars(db.select(Call).order_by(Call.code)).first()


def report(plan: Planned, *, after: int = 0, audience: Audience = FULL) -> Report:
    return plan.stored(
        lambda: building.build(the_call(), as_of=MORNING + after * HOUR, audience=audience)
    )


def told(plan: Planned, after: int = 0) -> Funding:
    funding = report(plan, after=after).funding
    assert funding is not None
    return funding


def amounts(funding: Funding) -> dict[str, tuple[str, ...]]:
    return {
        line.label.en: tuple(map(str, (line.cost, line.funded, line.promised, line.missing)))
        for line in (*funding.lines, funding.total)
    }


def test_what_is_funded_promised_and_missing_is_told_as_of_any_moment(plan: Planned) -> None:
    with clock.stopped_at(MORNING + HOUR):
        pledge = plan.offer(plan.ca, materials="1500.00", trainers_travel="4000.00")
    plan.accept(pledge)
    with clock.stopped_at(MORNING + 2 * HOUR):
        plan.confirm(plan.ca)
    with clock.stopped_at(MORNING + 3 * HOUR):
        plan.withdraw(plan.ca)
    untouched = [amounts(told(plan, after)) for after in (0, 3)]
    assert untouched[0] == untouched[1]
    assert untouched[0]["Total"] == ("22500.00", "0.00", "0.00", "22500.00")
    assert amounts(told(plan, 1))["Total"] == ("22500.00", "0.00", "5500.00", "17000.00")
    confirmed = amounts(told(plan, 2))
    assert confirmed["Total"] == ("22500.00", "5500.00", "0.00", "17000.00")
    assert len(confirmed) == 4
    assert told(plan, -1).lines == ()


def test_a_line_that_is_taken_out_and_comes_again_counts_as_long_as_it_stands(
    plan: Planned,
) -> None:
    def cost(**lines: str) -> None:
        course = plan.course()
        courses.set_costs(plan.st, course, revision=course.revision, costs={
            line: Cost(amount=Decimal(amount)) for line, amount in lines.items()})  # fmt: skip

    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: cost(trainers_travel="9000.00"))
    with clock.stopped_at(MORNING + 2 * HOUR):
        plan.stored(lambda: cost(trainers_travel="9000.00", materials="10.00"))
    totals = [amounts(told(plan, after))["Total"][0] for after in range(3)]
    assert totals == ["22500.00", "9000.00", "9010.00"]
    assert len(told(plan, 1).lines) == 1


def test_the_newest_record_of_each_line_is_how_it_stands(plan: Planned) -> None:
    pledge = plan.offer(plan.ca, materials="1500.00", trainers_travel="1.00")
    plan.accept(pledge)
    plan.confirm(plan.ca)
    plan.offer(plan.other, trainers_travel="2.00")
    stands = plan.standing()
    assert [(each.funded, each.promised) for each in told(plan).lines] == [
        (each.funded, each.promised) for each in stands.lines
    ]
    assert str(stands.promised) == "2.00"


def test_what_stays_as_it_was_is_not_written_down_again(plan: Planned) -> None:
    def written() -> int:
        return db.session.query(CourseStandingChange).count()

    def again() -> None:
        course = plan.course()
        held = {seat.need_id: seat.seats for seat in db.session.scalars(db.select(CourseSeat))}
        courses.set_seats(plan.st, course, seats=held, revision=course.revision)

    before = plan.stored(written)
    plan.stored(again)
    assert plan.stored(written) == before


def test_a_course_counts_until_it_is_cancelled(plan: Planned) -> None:
    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: carrying.cancel(plan.st, plan.course(), reason="No host",
                                            revision=plan.course().revision))  # fmt: skip
    assert told(plan).courses == 1
    assert told(plan, 1) == Funding(courses=0, shared=0, left_out=0)


def test_a_course_counts_as_long_as_a_need_of_the_call_has_seats_in_it(plan: Planned) -> None:
    def none() -> None:
        course = plan.course()
        courses.set_seats(plan.st, course, seats={}, revision=course.revision)

    with clock.stopped_at(MORNING + HOUR):
        plan.stored(none)
    assert told(plan).courses == 1
    assert told(plan, 1) == Funding(courses=0, shared=0, left_out=0)
    ends = db.select(CourseNeed.valid_to)
    assert plan.stored(lambda: db.session.scalars(ends).all()) == [MORNING + HOUR] * 2


def test_a_course_for_two_calls_stands_whole_in_each_and_once(
    plan: Planned, settled: Settled
) -> None:
    def another_call() -> str:
        other = lying.open_call(settled, code="2005")
        moved = db.session.scalars(db.select(Dossier).limit(1)).one()
        moved.call_id = other.id
        seats_anew(plan)
        return other.id

    first = plan.stored(lambda: the_call().id)
    with clock.stopped_at(MORNING + HOUR):
        second = plan.stored(another_call)
    for call_id in (first, second):
        found = plan.stored(lambda which=call_id: building.funding_of(which, MORNING + HOUR, FULL))
        assert (found.courses, found.shared) == (1, 1)
        assert amounts(found)["Total"][0] == "22500.00"


def test_members_read_the_sums_alone(plan: Planned) -> None:
    read = report(plan, audience=MEMBERS).funding
    assert read == replace(told(plan), courses=None, shared=None)


def seats_anew(plan: Planned, **more: int) -> None:
    """Take all seats of the course away and give them again, and to more needs by their ids."""
    course = plan.course()
    held = {seat.need_id: seat.seats for seat in db.session.scalars(db.select(CourseSeat))}
    for seats in ({}, held | more):
        courses.set_seats(plan.st, course, seats=seats, revision=course.revision)


def of_members(plan: Planned) -> Funding:
    funding = report(plan, after=1, audience=MEMBERS).funding
    assert funding is not None
    return funding


@pytest.mark.parametrize("lang", ["es", "en"])
def test_members_read_no_sum_of_a_course_with_a_need_that_they_are_not_shown(
    plan: Planned, lang: str
) -> None:
    def joined(members: str) -> None:
        made = a_need(plan.settled, "sv", 5, members=members)
        seats_anew(plan, **{made.id: 5})

    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: joined("unnamed"))
    assert len(of_members(plan).lines) == 3
    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: joined("none"))
    assert of_members(plan) == Funding(left_out=1)
    assert amounts(told(plan, 1))["Total"][0] == "22500.00"
    document = document_of(report(plan, after=1, audience=MEMBERS), lang)
    said = COURSES_LEFT_OUT.say(lang).format(left_out=1)
    paragraphs = [each.text for each in document.blocks if isinstance(each, Paragraph)]
    assert paragraphs.count(said) == 1
    assert not [table for table in document.tables if table.key == "funding"]


def test_members_read_no_sum_of_a_course_with_a_hidden_need_of_another_call(
    plan: Planned, settled: Settled
) -> None:
    def joined(members: str, code: str) -> None:
        made = a_need(settled, "sv", 5, members=members)
        made.call_id = lying.open_call(settled, code=code).id
        seats_anew(plan, **{made.id: 5})

    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: joined("named", "2005"))
    assert len(of_members(plan).lines) == 3
    with clock.stopped_at(MORNING + HOUR):
        plan.stored(lambda: joined("none", "2006"))
    assert of_members(plan) == Funding(left_out=1)


def test_members_read_no_sum_of_a_course_with_a_need_that_was_withdrawn(plan: Planned) -> None:
    def withdrawn() -> None:
        fact = db.session.scalars(db.select(NeedFact).limit(1)).one()
        fact.valid_to = MORNING + HOUR

    plan.stored(withdrawn)
    assert of_members(plan) == Funding(left_out=1)
    assert len(report(plan, audience=MEMBERS).funding.lines) == 3


def test_a_course_that_is_only_planned_is_nobody_s_cost_yet(plan: Planned) -> None:
    def another() -> str:
        held = {seat.need_id: seat.seats for seat in db.session.scalars(db.select(CourseSeat))}
        course = plan.course()
        courses.set_seats(plan.st, course, seats={}, revision=course.revision)
        made = courses.create(plan.st, title_es="Otro curso", title_en="Another course",
                              need_ids=sorted(held))  # fmt: skip
        courses.set_costs(plan.st, made, revision=made.revision,
                          costs={"materials": Cost(amount=Decimal("39400.00"))})  # fmt: skip
        return made.id

    with clock.stopped_at(MORNING + HOUR):
        made = plan.stored(another)
    assert told(plan, 1) == Funding(courses=0, shared=0, left_out=0)
    assert report(plan, after=1, audience=MEMBERS).funding == Funding(left_out=0)

    def sent() -> None:
        course = courses.queries.get(plan.st, made)
        terms = Terms(title_es="Otro curso", title_en="Another course", decide_by=LAST_DAY)
        courses.edit(plan.st, course, terms=terms, revision=course.revision)
        content = sheets.build(plan.st, course)
        sending.send(plan.st, course, content, why="It fits", revision=course.revision,
                     sponsor_ids=[plan.settled.id("ca-sponsor")])  # fmt: skip

    with clock.stopped_at(MORNING + 2 * HOUR):
        plan.stored(sent)
    assert amounts(told(plan, 2))["Total"][0] == "39400.00"
    assert told(plan, 1).lines == ()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_an_edition_counted_earlier_says_what_it_said(plan: Planned, lang: str) -> None:
    now = told(plan)
    earlier = funding_table(replace(now, left_out=None), lang).note
    assert FUNDED_COURSES.say(lang).format(courses=1, shared=0) in earlier
    assert SENT_COURSES.say(lang).format(courses=1, shared=0) in funding_table(now, lang).note


def test_an_edition_is_counted_again_as_the_same_bytes_after_later_pledges(
    plan: Planned, settled: Settled
) -> None:
    plan.offer(plan.ca, materials="1500.00")

    def publish() -> str:
        call = the_call()
        coordinator = in_role(settled["st"], Role.COORDINATOR)
        edition = actions.create(coordinator, call)
        counted = tallying.tally(edition, call)
        actions.publish(coordinator, edition, call, counted, revision=1,
                        digest=counted.digest, confirmed=counted.doubts)  # fmt: skip
        return edition.id

    with clock.stopped_at(MORNING + HOUR):
        edition_id = plan.stored(publish)
    with clock.stopped_at(MORNING + 2 * HOUR):
        plan.offer(plan.other, trainers_travel="9000.00")
        plan.withdraw(plan.ca)

    def again() -> None:
        edition = db.session.get_one(Edition, edition_id)
        documents = db.select(EditionDocument).where(EditionDocument.edition_id == edition_id)
        for document in db.session.scalars(documents):
            made = building.build(the_call(), as_of=edition.as_of, audience=document.audience,
                                  edition=edition, stage="published")  # fmt: skip
            assert content.written(made) == (document.content, document.hash)
            frozen = content.read(document.content, document.hash).funding
            assert frozen is not None
            assert amounts(frozen)["Total"] == ("22500.00", "0.00", "1500.00", "21000.00")

    plan.stored(again)
    assert amounts(told(plan, 2))["Total"] == ("22500.00", "0.00", "9000.00", "13500.00")


def test_what_was_counted_no_longer_holds_where_a_record_of_before_came_to_light(
    plan: Planned, settled: Settled
) -> None:
    def tallied() -> tallying.Tally:
        return tallying.tally(actions.create(settled["st"], the_call()), the_call())

    with clock.stopped_at(MORNING + HOUR):
        counted = plan.stored(tallied)
    assert plan.stored(lambda: tallying.still_holds(counted, the_call()))
    plan.offer(plan.ca, materials="1.00")
    assert not plan.stored(lambda: tallying.still_holds(counted, the_call()))


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("audience", [FULL, MEMBERS])
def test_the_page_and_every_file_say_the_same_cells(
    plan: Planned, lang: str, audience: Audience
) -> None:
    plan.offer(plan.ca, materials="1500.00")
    made = report(plan, audience=audience)
    assert made.funding is not None
    table, document = funding_table(made.funding, lang), document_of(made, lang)
    assert table in [each.table for each in document.blocks if isinstance(each, TableBlock)]
    drawn = drawing.funding(made, lang, "es_419" if lang == "es" else "en")
    assert drawn is not None
    assert [cell.text for cell in drawn.total][1:] == ["22,500.00", "0.00", "1,500.00", "21,000.00"]
    assert len(drawn.rows) == len(table.rows) == 3
    assert {cell.line for row in (*drawn.rows, drawn.total) for cell in row} == {None}
    assert_same_everywhere(document)
