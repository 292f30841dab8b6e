"""What do sponsors read of a course once a country takes back what it had agreed to?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.funding.courses import actions, following, queries, sending, sheets
from app.funding.courses.models import CourseInvitation
from app.funding.pledges import queries as pledges
from app.intake.models import Dossier
from app.organisations.models import Organisation
from app.outbox.models import OutboxMessage
from app.web.refusal import Refusal
from tests.calls.browsing import Reader
from tests.funding.planned import Planned, a_need, invitation_of


def sheet(plan: Planned) -> dict[str, Any]:
    return plan.stored(lambda: queries.newest_sheet(plan.course_id).content)  # type: ignore[union-attr]


def follow(app: Flask) -> None:
    for _again in range(2):
        with app.app_context():
            following.keep_up()


def end(plan: Planned, how: str) -> None:
    """Honduras, with 20 of the 30 seats and unnamed, lets sponsors read nothing any more."""

    def act() -> None:
        (need,) = [row.need_id for row in queries.all_seats(plan.course_id) if row.country == "HN"]
        dossier = db.session.get_one(Dossier, need)
        if how == "withdrawn":
            dossier.state, dossier.accepted_version_id = "withdrawn", None
        else:  # its successor, of which nothing goes to sponsors
            newer = a_need(plan.settled, "hn", 20, sponsors="none")
            dossier.accepted_version_id = newer.accepted_version_id

    plan.stored(act)


@pytest.mark.parametrize("how", ["withdrawn", "none"])
def test_a_need_that_is_no_longer_told_takes_its_figures_out_of_its_course(
    plan: Planned, app: Flask, reader: Reader, how: str
) -> None:
    here = f"/received/courses/{invitation_of(plan, plan.ca)}"
    interest = reader.as_(plan.ca).get(here).fields(f"{here}/interest")
    end(plan, how)
    follow(app)
    content = sheet(plan)
    told = [content[key] for key in ("countries", "countries_count", "seats", "cost", "waiting")]
    assert told == [["SV"], 1, 0, "0", 0]
    assert sheets.cost_of_a_seat(content) is None
    mails = plan.stored(lambda: list(db.session.scalars(db.select(OutboxMessage.id).where(
        OutboxMessage.kind == "course-reviewed"))))  # fmt: skip
    assert len(mails) == 1, "once, however often the clock looks"
    page = reader.as_(plan.ca).get(here)
    assert "The Secretariat is reviewing who takes part in this course." in page.words
    for figure in ("30 seats", "20 seats", "9,000", "22,500", "2 countries"):
        assert figure not in page.words
    assert reader.send(f"{here}/interest", interest).status == 409
    assert "Regional course" not in reader.get("/means?amount=40,000").words


def test_sent_anew_without_that_need_it_takes_pledges_again(plan: Planned, app: Flask) -> None:
    end(plan, "withdrawn")
    follow(app)

    def renew() -> None:
        course = plan.course()
        seats = {row.need_id: row.seats for row in queries.all_seats(course.id)
                 if row.sponsors != "none"}  # fmt: skip
        actions.set_seats(plan.st, course, seats=seats, revision=course.revision)
        sending.renew_sheet(plan.st, course, sheets.build(plan.st, course),
                            revision=course.revision)  # fmt: skip

    plan.stored(renew)
    content = sheet(plan)
    assert sheets.REVIEWED not in content
    assert content["seats"] == 10
    invitation = invitation_of(plan, plan.ca)
    assert not plan.stored(lambda: pledges.sent(plan.ca, invitation).is_under_review)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("why", "Nicaragua did not want to"),
        ("why", "los mexicanos no quisieron"),
        ("vetting", "As the Nicaraguan police does"),
        ("title_en", "A course for Guatemala too"),
        ("place", "San José, Costa Rica"),
    ],
)
def test_no_text_of_a_course_names_a_country_that_does_not_stand_there(
    plan: Planned, field: str, words: str
) -> None:
    def send() -> None:
        course = plan.course()
        if field != "why":
            setattr(course, field, words)
        content = sheets.build(plan.st, course)
        sending.send(plan.st, course, content, why=words if field == "why" else "It fits",
                     sponsor_ids=[plan.ca.organisation_id], revision=course.revision)  # fmt: skip

    with pytest.raises(Refusal) as refused:
        plan.stored(send)
    assert "names a country" in refused.value.message


def test_who_stands_there_by_consent_may_be_named(plan: Planned) -> None:
    def send() -> None:
        course = plan.course()
        sending.send(plan.st, course, sheets.build(plan.st, course), why="As El Salvador asked",
                     sponsor_ids=[plan.ca.organisation_id], revision=course.revision)  # fmt: skip

    plan.stored(send)


def test_the_sponsor_side_of_a_host_that_goes_unnamed_is_asked_about(plan: Planned) -> None:
    def own_side() -> list[str]:
        mexico = Organisation(id="mexico", key="mexico", kind="delegation", country="MX",
                              name_es="México", name_en="Mexico",
                              created_at=plan.course().created_at)  # fmt: skip
        side = Organisation(id="side", key="side", kind="sponsor", country="MX", name_es="AMEXCID",
                            name_en="AMEXCID", created_at=mexico.created_at)  # fmt: skip
        db.session.add_all([mexico, side])
        db.session.flush()
        course = plan.course()
        course.host_id = mexico.id
        return [each.id for each in sending.of_own_side(plan.st, course, [side])]

    assert plan.stored(own_side) == ["side"]


def test_a_reason_that_was_taken_out_is_said_to_be_taken_back_and_no_more(
    plan: Planned, reader: Reader
) -> None:
    def take_out() -> None:
        following.take_out(list(db.session.scalars(db.select(CourseInvitation.id))))

    plan.stored(take_out)
    here = f"/received/courses/{invitation_of(plan, plan.ca)}"
    page = reader.as_(plan.ca).get(here)
    said = page.html.split("The Secretariat took back the reason it had written.")
    assert len(said) == 2
    assert "not to be named" not in page.html
    page = reader.as_(plan.st).get(f"/courses/{plan.course_id}")
    assert "Taken out by Enlace" in page.words
