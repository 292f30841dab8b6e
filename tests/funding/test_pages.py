"""Can everybody do their part of a course on its pages, as they are drawn?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app import clock
from app.extensions import db
from app.formats.spec import Text
from app.funding.courses import actions as courses
from app.funding.courses import queries, rates, sending, sheets
from app.funding.courses.actions import Cost, Terms
from app.funding.pledges import actions as pledging
from app.funding.pledges import carrying, telling
from app.funding.pledges import queries as pledges
from app.funding.pledges.models import Pledge
from app.groups import actions as groups
from app.organisations.models import Organisation
from app.outbox.deeds import look
from app.outbox.models import OutboxMessage
from tests.calls.browsing import Reader, Seen
from tests.calls.settled import MORNING, Settled
from tests.funding.planned import Planned, a_need, invitation_of


def test_from_needs_to_a_confirmed_pledge(reader: Reader, settled: Settled, stored: Any) -> None:
    needs = stored(lambda: [a_need(settled, "hn", 20).id, a_need(settled, "sv", 10).id])
    st, ca = settled["st"], settled["ca-sponsor"]
    reader.as_(st)
    made = reader.submit("/courses/new", title_es="Curso", title_en="Course", needs=needs)
    assert made.status == 303, made.words
    course = made.location or ""
    assert "Refugee law" in reader.get(course).words or "refugee law" in reader.get(course).words
    assert reader.submit(f"{course}/seats", **{f"seats-{needs[0]}": "21"}).status == 422
    assert reader.submit(f"{course}/seats", **{f"seats-{needs[0]}": "12"}).status == 303
    costs = {"amount-materials": "1,500.00", "amount-participants_travel": "400",
             "each-participants_travel": "yes"}  # fmt: skip
    assert reader.submit(f"{course}/costs", **costs).status == 303
    assert reader.submit(f"{course}/edit", decide_by="2004-07-30").status == 303
    shown = reader.get(course)
    assert "10,300.00" in shown.words  # 1,500 and 22 times 400
    assert "Benefiting country" in shown.words  # the split of 2004, for what is to be sought
    sent = reader.submit(f"{course}/sheet", sponsors=[ca.organisation_id], why="It fits you")
    assert sent.status == 303, sent.words

    course_id = course.rsplit("/", 1)[1]
    plan = Planned(settled, stored, course_id, ca)
    place = f"/received/courses/{invitation_of(plan, ca)}"
    reader.as_(ca)
    assert "Course" in reader.get("/received/courses").words
    assert "Cost per participant" in reader.get(place).words
    assert reader.submit(place, f"{place}/interest").status == 303
    refused = reader.submit(f"{place}/offer", **{"amount-materials": "1500.01"})
    assert refused.status == 422
    assert "1,500.00" in refused.words
    again = refused.fields(f"{place}/offer")
    assert reader.send(f"{place}/offer", {**again, "amount-materials": ["1500.00"]}).status == 303

    pledge = f"/pledges/{stored(lambda: db.session.scalar(_of(course_id)))}"
    for who in ("hn", "sv"):
        reader.as_(settled[who])
        assert "1,500.00" in reader.get(course).words
        said = reader.submit(pledge, f"{pledge}/review", verdict="accepted")
        assert said.status == 303, said.words
    reader.as_(ca)
    again = reader.get(place).fields(f"{place}/confirmation")
    assert reader.submit(place, f"{place}/confirmation").status == 303
    assert "funds confirmed" in reader.get(place).words
    assert reader.send(f"{place}/confirmation", again).status == 409
    reader.as_(settled["hn"])
    assert "funds confirmed" in reader.get(pledge).words
    reader.as_(st)
    assert "1,500.00" in reader.get(course).words


def test_a_course_is_made_of_a_group_with_its_needs_and_its_name(
    reader: Reader, settled: Settled, stored: Any
) -> None:
    def group() -> tuple[str, list[str], str]:
        needs = [a_need(settled, "hn", 20), a_need(settled, "sv", 10), a_need(settled, "ca", 5)]
        made = groups.begin(
            settled["st"], needs[0].call_id, [each.id for each in needs[:2]],
            Text("Entrevistas de víctimas", "Interviews of victims"))  # fmt: skip
        return made.id, [each.id for each in needs[:2]], needs[2].id

    group_id, needs, other = stored(group)
    reader.as_(settled["st"])
    way = f"/courses/new?group={group_id}"
    assert way in reader.get(f"/groups/{group_id}").html
    fields = reader.get(way).fields(way)
    assert sorted(fields["needs"]) == sorted(needs)
    assert fields["title_es"] == ["Entrevistas de víctimas"]
    assert other in reader.get(way).html
    assert reader.submit(way, title_en="").status == 422
    made = reader.submit(way)
    assert made.status == 303, made.words
    seen = reader.get(made.location or "")
    assert seen.title == "Interviews of victims"
    assert "30 seats · 2 countries" in seen.words
    reader.get("/courses/new?group=none", status=404)


def test_a_need_without_seats_left_is_said_by_name_and_not_dropped(
    reader: Reader, settled: Settled, stored: Any
) -> None:
    def needs() -> list[tuple[str, str]]:
        made = [a_need(settled, "hn", 20), a_need(settled, "sv", 10)]
        return [(each.id, each.reference) for each in made]

    (served, reference), (free, _) = stored(needs)
    reader.as_(settled["st"])
    first = reader.submit("/courses/new", title_es="C", title_en="C", needs=[served])
    assert first.status == 303
    assert "got no seats" not in reader.get(first.location or "").html
    form = reader.get(f"/courses/new?need={served}")
    assert "all its seats are given in other courses" in form.words
    made = reader.submit("/courses/new", title_es="C", title_en="C", needs=[served, free])
    seen = reader.get(made.location or "")
    assert f"{reference} got no seats: other courses give it all that it asks for." in seen.html


def _of(course_id: str) -> Any:

    return db.select(Pledge.id).where(Pledge.course_id == course_id)


def test_what_a_delegation_reads_says_nothing_of_the_other(plan: Planned, reader: Reader) -> None:
    reader.as_(plan.settled["hn"])
    seen = reader.get(f"/courses/{plan.course_id}")
    assert "30 seats · 2 countries" in seen.words
    assert "sv (en)" not in seen.html


def test_a_course_that_is_only_planned_is_nobody_elses(
    reader: Reader, settled: Settled, stored: Any
) -> None:
    need = stored(lambda: a_need(settled, "hn", 20).id)
    reader.as_(settled["st"])
    course = reader.submit("/courses/new", title_es="C", title_en="C", needs=[need]).location or ""
    reader.as_(settled["hn"])
    reader.get(course, status=404)


def test_of_a_cancelled_course_its_sponsors_read_that_it_was_and_why(
    plan: Planned, reader: Reader
) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.ca)}"
    plan.offer(plan.ca, materials="500.00")
    reader.as_(plan.ca)
    offering = reader.get(f"{place}/offer").fields(f"{place}/offer")
    reader.as_(plan.st)
    cancel = f"/courses/{plan.course_id}/cancellation"
    assert reader.submit(cancel).status == 422
    given = {"reason": "Honduras cannot host it", "to_sponsors": "Honduras has no room"}
    assert reader.submit(cancel, **given).status == 422
    given["to_sponsors"] = "No host was found"
    assert reader.submit(cancel, **given).status == 303
    reader.as_(plan.ca)
    seen = reader.get(place)
    assert seen.title == "Regional course"
    for words in ("cancelled", "No host was found", "taken back", "500.00"):
        assert words in seen.words
    for words in (
        "cannot host",
        "9,000.00",
        "seats",
    ):  # nothing of its sheet, nor of the other reason
        assert words not in seen.words
    assert "cancelled" in reader.get("/received/courses").words
    assert reader.send(f"{place}/offer", offering).status == 404


def advance(plan: Planned, *verbs: str) -> None:
    """Take the course some steps further, as it was held from 1 to 3 September."""

    def act(verb: str) -> None:
        course = plan.course()
        course.starts_on, course.ends_on = date(2004, 9, 1), date(2004, 9, 3)
        db.session.flush()
        carrying.advance(plan.st, course, verb, revision=course.revision)

    for verb in verbs:
        plan.stored(lambda verb=verb: act(verb))


def test_a_sponsor_reads_how_far_a_course_is_and_its_true_days(
    plan: Planned, reader: Reader
) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.other)}"
    reader.as_(plan.other)
    assert "seeking funds" in reader.get("/received/courses").words
    assert "Regional course" in reader.get("/").words
    advance(plan, "schedule")
    for page in (place, "/received/courses"):
        assert "scheduled" in reader.get(page).words
    assert "1 September 2004" in reader.get(place).words
    advance(plan, "deliver")
    held = reader.get(place).words
    for words in ("held", "1 September 2004", "3 September 2004", "Nothing is pledged"):
        assert words in held
    assert "Last day for pledges" not in held
    assert "Regional course" not in reader.get("/").words  # it waits for nobody's word
    advance(plan, "evaluate", "close")
    for page in (place, "/received/courses"):
        assert "concluded" in reader.get(page).words


def test_what_ended_of_a_sponsors_pledges_stays_on_its_page(plan: Planned, reader: Reader) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.ca)}"
    plan.offer(plan.ca, materials="500.00")
    plan.withdraw(plan.ca, "The budget was cut")
    reader.as_(plan.ca)
    seen = reader.get(place)
    assert "The budget was cut" in seen.words
    assert "You have not pledged yet" not in seen.words
    assert "Offer by cost line" in seen.words
    assert "taken back" in reader.get("/received/courses").words
    pledge = plan.offer(plan.ca, materials="600.00")
    plan.review("hn", pledge, "returned", "The days do not suit")
    advance(plan, "schedule", "deliver")
    seen = reader.get(place)
    for words in ("The days do not suit", "as the course was held", "600.00", "500.00"):
        assert words in seen.words

    def told() -> set[str]:
        for each in db.session.scalars(
            db.select(OutboxMessage).where(OutboxMessage.kind == telling.STEP)
        ):
            look(telling.STEP, each.params)()
        db.session.flush()
        return set(db.session.scalars(db.select(OutboxMessage.kind)))

    kinds = plan.stored(told)
    assert "pledge-over-sponsor" in kinds
    assert "pledge-expired-sponsor" not in kinds  # its day did not pass


def test_who_ended_stays_in_a_course_whose_page_is_saved(plan: Planned, reader: Reader) -> None:
    host, page = plan.settled.id("sv"), f"/courses/{plan.course_id}/edit"
    reader.as_(plan.st)
    assert reader.submit(page, host_id=host).status == 303
    plan.stored(lambda: setattr(db.session.get_one(Organisation, host), "ended_at", clock.now()))
    assert reader.submit(page, place="San Salvador").status == 303
    assert plan.stored(lambda: plan.course().host_id) == host


def test_a_stale_page_of_a_course_changes_nothing(plan: Planned, reader: Reader) -> None:
    reader.as_(plan.st)
    page = f"/courses/{plan.course_id}/edit"
    first, second = reader.get(page).fields(page), reader.get(page).fields(page)
    assert reader.send(page, first, title_en="First").status == 303
    late = reader.send(page, second, title_en="Second")
    assert late.status == 409
    assert "Second" in late.html
    assert reader.get(f"/courses/{plan.course_id}").title == "First"


def test_a_rate_is_kept_with_its_day_and_source(plan: Planned, reader: Reader) -> None:
    reader.as_(plan.st)
    assert reader.submit("/courses/rates", currency="CAD", usd="0", source="Bank").status == 422
    kept = reader.submit("/courses/rates", currency="CAD", usd="0.7255", source="Bank")
    assert kept.status == 303
    assert "0.7255" in reader.get("/courses/rates").words


def test_a_rate_unlike_the_last_is_asked_about_once_and_a_wrong_one_put_right(
    plan: Planned, reader: Reader, stored: Any
) -> None:
    page, began = "/courses/rates", clock.now()

    def enter(minute: int, usd: str, **more: str) -> Seen:
        with clock.stopped_at(began + timedelta(minutes=minute)):
            return reader.submit(page, currency="CAD", source="Bank", usd=usd, **more)

    def worth() -> Decimal:
        return stored(lambda: rates.known()["CAD"].usd)

    reader.as_(plan.st)
    assert enter(1, "0.73").status == 303
    assert enter(2, "0.6").status == 303  # by less than a fifth
    asked = enter(3, "0.0000001")
    assert (asked.status, worth()) == (422, Decimal("0.6"))
    assert "0.6 US dollars until now" in asked.words
    with clock.stopped_at(began + timedelta(minutes=4)):
        assert reader.send(page, asked.fields(page), is_sure="yes").status == 303
    assert worth() == Decimal("0.0000001")
    assert enter(5, "0.73", is_sure="yes").status == 303
    assert worth() == Decimal("0.73")
    assert "replaced by another of the same day" in reader.get(page).words
    late = enter(6, "0.73", day="2030-12-31")
    assert (late.status, "has not come yet" in late.words) == (422, True)


def test_each_desk_shows_what_waits_of_a_course(plan: Planned, reader: Reader) -> None:
    def desk(who: str) -> str:
        return reader.as_(plan.settled[who]).get("/").words

    assert "Regional course" in desk("ca-sponsor")
    pledge = plan.interest(plan.ca)
    assert "Interest in courses" in desk("st")
    plan.offer(plan.ca, materials="10.00")
    assert "your word" in desk("hn")
    plan.review("hn", pledge)
    assert "your word" not in desk("hn")
    plan.review("sv", pledge)
    assert "accepted by the countries" in desk("ca-sponsor")


def test_the_giver_reads_the_day_of_each_country_and_not_the_hour(
    plan: Planned, reader: Reader
) -> None:
    pledge = plan.offer(plan.ca, materials="10.00")
    plan.review("hn", pledge)
    plan.review("sv", pledge)
    page = f"/received/courses/{invitation_of(plan, plan.ca)}"
    told = reader.as_(plan.ca).get(page).words.partition("What happened to the pledge")[2]
    day = "24 May 2004"
    assert f"{day}: accepted by the countries" in told
    assert f"{day}: offered, with the countries one country accepted" in told
    assert re.search(rf"{day}, \d\d:\d\d: offered, with the countries by who gives", told)


def test_amounts_that_the_address_proposes_take_the_place_of_those_in_another_currency(
    reader: Reader, plan: Planned
) -> None:
    day = MORNING.date()
    plan.stored(
        lambda: rates.enter(plan.st, currency="CAD", usd="0.5", day=day, source="Bank") and None
    )
    line = pledging.Line(line="trainers_travel", amount=Decimal(8000), currency="CAD")
    pledge = plan.stored(lambda: pledging.offer(plan.ca, plan.course_id, lines=[line]).id)
    plan.review("hn", pledge, "returned", "Not so")
    place = f"/received/courses/{invitation_of(plan, plan.ca)}/offer"
    reader.as_(plan.ca)
    assert reader.get(place).fields(place)["amount-trainers_travel"] == ["8,000"]
    fields = reader.get(f"{place}?amount-materials=1500").fields(place)
    assert (fields["amount-materials"], fields["currency"]) == (["1500"], ["USD"])
    assert fields["amount-trainers_travel"] == [""]


def test_an_amount_in_a_line_that_went_meanwhile_is_not_dropped(
    reader: Reader, plan: Planned
) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.ca)}/offer"
    reader.as_(plan.ca)
    fields = reader.get(place).fields(place)

    def drop() -> None:
        course, costs = plan.course(), {"trainers_travel": Cost(amount=Decimal(9000))}
        courses.set_costs(plan.st, course, revision=course.revision, costs=costs)

    plan.stored(drop)
    typed = {"amount-materials": ["1000"], "amount-trainers_travel": ["10"]}
    refused = reader.send(place, {**fields, **typed})
    assert refused.status == 422
    again = refused.fields(place)
    assert {name: again[name] for name in typed} == typed
    assert plan.stored(lambda: pledges.undecided(plan.ca, plan.course_id)) is None
    assert reader.send(place, {**again, "amount-materials": [""]}).status == 303


def test_what_a_seat_costs_is_reckoned_of_the_sheet_that_is_read(
    reader: Reader, plan: Planned
) -> None:
    place = f"/received/courses/{invitation_of(plan, plan.ca)}"
    reader.as_(plan.ca)
    assert "750.00 US dollars" in reader.get(place).words

    def fewer() -> None:
        course = plan.course()
        seats = {row.need_id: row.seats // 2 for row in queries.seats(plan.st, course.id)}
        carrying.set_seats(plan.st, course, seats=seats, revision=course.revision)
        costs = {"materials": Cost(amount=Decimal(100), per_participant=True)}
        courses.set_costs(plan.st, course, revision=course.revision, costs=costs)

    plan.stored(fewer)
    assert "750.00 US dollars" in reader.get(place).words

    def renew() -> None:
        course = plan.course()
        content = sheets.build(plan.st, course)
        sending.renew_sheet(plan.st, course, content, revision=course.revision)

    plan.stored(renew)
    assert "100.00 US dollars" in reader.get(place).words


def test_saving_keeps_every_component_and_has_room_for_one_more(
    plan: Planned, reader: Reader
) -> None:
    course, page = f"/courses/{plan.course_id}", f"/courses/{plan.course_id}/edit"
    six = tuple(courses.Part(title_es=f"Parte {n}", title_en=f"Part {n}") for n in range(1, 7))

    def write() -> None:
        found = plan.course()
        terms = courses.Terms(title_es="Curso", title_en="Course", components=six)
        courses.edit(plan.st, found, terms=terms, revision=found.revision)

    plan.stored(write)
    reader.as_(plan.st)
    assert reader.submit(page, decide_by="2004-07-30").status == 303
    assert "Part 6" in reader.get(course).words
    assert reader.submit(page, part7_es="Parte 7", part7_en="Part 7", part3_es="").status == 303
    assert "Part 7" in reader.get(course).words
    assert "part8_es" in reader.get(page).fields(page)
    fields = reader.get(page).fields(page)
    bare = {name: held for name, held in fields.items() if not name.startswith("part")}
    assert reader.send(page, bare).status == 400
    assert "Part 6" in reader.get(course).words


def test_saving_keeps_everybody_from_whom_a_line_is_expected(plan: Planned, reader: Reader) -> None:
    page, three = f"/courses/{plan.course_id}/costs", ("host", "sponsor", "unfunded")

    def write() -> None:
        found = plan.course()
        costs = {"materials": Cost(amount=Decimal("1500.00"), payers=three)}
        courses.set_costs(plan.st, found, costs=costs, revision=found.revision)

    plan.stored(write)
    reader.as_(plan.st)
    assert reader.submit(page, **{"note-materials": "Printed"}).status == 303
    assert tuple(plan.stored(lambda: queries.split(plan.course_id))["materials"]) == three
    assert "payer4-materials" in reader.get(page).fields(page)


def test_a_mistake_does_not_make_an_old_page_a_new_one(plan: Planned, reader: Reader) -> None:
    page = f"/courses/{plan.course_id}/edit"
    reader.as_(plan.st)
    old = reader.get(page).fields(page)

    def colleague() -> None:
        course = plan.course()
        terms = Terms(title_es=course.title_es, title_en=course.title_en, decide_by=course.decide_by,
                      vetting="Words of a colleague")  # fmt: skip
        courses.edit(plan.st, course, terms=terms, revision=course.revision)

    plan.stored(colleague)
    wrong = reader.send(page, old, starts_on="no day")
    assert wrong.status == 422
    late = reader.send(page, wrong.fields(page), starts_on="6 September 2004", vetting="Mine")
    assert late.status == 409
    assert "Words of a colleague" in late.words
    assert late.fields(page)["vetting"] == ["Mine"]
    assert plan.stored(lambda: plan.course().vetting) == "Words of a colleague"
    assert reader.send(page, late.fields(page)).status == 303
    assert plan.stored(lambda: plan.course().vetting) == "Mine"


def test_hours_that_are_none_are_told_as_hours(plan: Planned, reader: Reader) -> None:
    page = f"/courses/{plan.course_id}/edit"
    reader.as_(plan.st)
    for typed in ("abc", "-1", "25"):
        refused = reader.submit(page, hours_per_day=typed)
        assert refused.status == 422
        assert "hours from 0 to 24" in refused.words
        assert refused.fields(page)["hours_per_day"] == [typed]
    assert reader.submit(page, hours_per_day="7.5").status == 303
