"""Does a course that was held begin another one, which takes over what was planned and nothing that was said?"""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses import queries, replicating, standing
from app.funding.courses.actions import Part, Terms
from app.funding.courses.models import Course
from app.funding.delivery import years
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.funding.delivery.running import AFTERWARDS, FIRST, LAST, Running
from tests.funding.planned import LAST_DAY


def replica(run: Running, **titles: str) -> str:
    words = {"title_es": "Otra vez", "title_en": "Once more", **titles}
    return run.stored(
        lambda: replicating.replicate(run.settled["st"], run.held().course, **words).id
    )


def of(run: Running, course_id: str) -> Course:
    return queries.get(run.settled["st"], course_id)


def say_more(run: Running) -> None:
    """Give the course components, roles, days and conditions."""

    def act() -> None:
        course = run.held().course
        terms = Terms(
            title_es="Curso regional", title_en="Regional course", decide_by=LAST_DAY, lang="es",
            starts_on=FIRST, ends_on=LAST, place="San Salvador", host_id=run.settled.id("sv"), days=5,
            vetting="A letter", components=(Part(title_es="Uno", title_en="One"),
                                            Part(title_es="Dos", title_en="Two", provider="UNHCR")),
            roles=(("payer", run.settled.id("ca-sponsor")), ("host", run.settled.id("sv")),
                   ("content", run.settled.id("ca-sponsor"))),
        )  # fmt: skip
        courses.edit(run.settled["st"], course, terms=terms, revision=course.revision)

    run.stored(act)


def test_it_takes_over_what_was_planned_and_nothing_that_was_said(run: Running) -> None:
    say_more(run)
    run.deliver()
    made_id = replica(run)

    def compare() -> None:
        made, original = of(run, made_id), of(run, run.course_id)
        assert (made.state, made.replicates_id) == ("planned", original.id)
        assert (made.days, made.lang, made.vetting) == (5, "es", "A letter")
        assert (made.seats, made.starts_on, made.place, made.host_id, made.decide_by) == (
            0, None, "", None, None)  # fmt: skip
        assert made.reference != original.reference
        assert [part.title_es for part, _ in queries.components(made.id)] == ["Uno", "Dos"]
        assert [each.role for each, _ in queries.roles(made.id)] == ["content"]
        for ask in (queries.costs, queries.split):
            assert list(ask(made.id)) == list(ask(original.id))
        assert queries.split(made.id) == queries.split(original.id)
        assert standing.of_course(original.id).funded
        assert not standing.of_course(made.id).funded
        assert queries.all_seats(made.id) == []

    run.stored(compare)


def test_before_it_was_held_nothing_is_replicated(run: Running) -> None:
    with pytest.raises(NotNow):
        replica(run)
    run.deliver()
    with pytest.raises(Refusal) as refused:
        replica(run, title_en=" ")
    assert refused.value.field == "title_en"


def test_both_courses_name_each_other_to_those_for_whom_they_exist(
    reader: Reader, run: Running
) -> None:
    page = f"/courses/{run.course_id}"
    reader.as_(run.settled["st"])
    reader.get(f"{page}/replication", status=303)
    assert f"{page}/replication" not in reader.get(page).links()
    run.deliver()
    for there in (page, f"{page}/replications"):
        assert f"{page}/replication" in reader.get(there).links()
    wrong = reader.submit(f"{page}/replication", title_en="")
    assert (wrong.status, wrong.fields(f"{page}/replication")["title_es"]) == (
        422,
        ["Curso regional"],
    )
    made = reader.submit(f"{page}/replication", title_en="Once more").location
    assert page in reader.get(made).links()
    for there in (page, f"{page}/replications"):
        assert made in reader.get(there).links()
    for who in ("hn", "sv"):  # to whom a plan does not exist
        for there in (page, f"{page}/replications"):
            seen = reader.as_(run.settled[who]).get(there)
            assert made not in seen.links()
            assert f"{page}/replication" not in seen.links()
        reader.get(f"{page}/replication", status=403)
    reader.as_(run.settled["ca-sponsor"]).get(f"{page}/replication", status=403)


def test_the_years_count_what_countries_and_regional_courses_gave_again(
    run: Running, stored: Any
) -> None:
    run.deliver()
    again = replica(run)

    def counted(year: int) -> int:
        return {each.year: each["replications"] for each in stored(years.count)}.get(year, 0)

    assert counted(2004) == 0
    with clock.stopped_at(AFTERWARDS):
        run.replicate("hn", "hn", AFTERWARDS.date())
    assert counted(2004) == 1

    def hold() -> None:
        db.session.execute(
            db.update(Course)
            .where(Course.id == again)
            .values(state="delivered", starts_on=AFTERWARDS.date(), ends_on=AFTERWARDS.date())
        )

    stored(hold)
    assert counted(2004) == 2
