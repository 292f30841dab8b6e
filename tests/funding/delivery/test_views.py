"""Can each side do on the pages what it may, and is what was typed kept where it cannot be?"""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from app import clock
from app.funding.delivery import years
from app.funding.delivery.numbers import People
from tests.calls.browsing import Reader
from tests.funding.delivery.running import A_YEAR_LATER, AFTERWARDS, Running

PAGES = ("delivery", "schedule", "nominations", "attendance", "evaluation", "replications",
         "follow-up")  # fmt: skip


def test_every_page_is_there_from_the_plan_to_the_end(reader: Reader, run: Running) -> None:
    def look() -> None:
        for who in ("st", "hn", "sv"):
            for page in PAGES:
                reader.as_(run.settled[who]).get(f"/courses/{run.course_id}/{page}")

    look()
    run.session()
    run.nominate("hn", People(3, 2, 1), host_told=True)
    look()
    run.deliver()
    run.assess()
    with clock.stopped_at(AFTERWARDS):
        run.replicate("hn", "hn", AFTERWARDS.date())
    run.keep_up(A_YEAR_LATER)
    look()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["ca", "ca-sponsor", "ppt", "op"])
def test_for_others_there_is_no_such_course(
    reader: Reader, run: Running, page: str, who: str
) -> None:
    status = 404 if who == "ca" else 403
    reader.as_(run.settled[who]).get(f"/courses/{run.course_id}/{page}", status=status)


def test_the_steps_are_taken_on_the_page_and_say_what_is_missing(
    reader: Reader, run: Running
) -> None:
    page = f"/courses/{run.course_id}/delivery"
    reader.as_(run.settled["st"])
    asked = reader.submit(page, f"{page}/schedule")
    assert (asked.status, run.state()) == (422, "open")
    assert "22,000.00 US dollars of what the course costs" in asked.words
    known = {"unpaid": "yes"}
    assert reader.submit(page, f"{page}/schedule", **known).status == 303
    seen = reader.get(page)
    assert "the attendance of every country with seats" in seen.words
    refused = reader.submit(page, f"{page}/deliver")
    assert refused.status == 422
    with clock.stopped_at(AFTERWARDS):
        run.attend("hn", People(8, 6, 4))
        run.attend("sv", People(5, 5, 0))
        assert (
            reader.submit(page, f"{page}/deliver", **known, ends_on="24 August 2004").status == 422
        )
        done = reader.submit(
            page, f"{page}/deliver", **known, ends_on="19 August 2004", place="Santa Ana"
        )
    assert (done.status, run.state()) == (303, "delivered")
    assert "Santa Ana" in reader.get(page).words
    assert reader.send(f"{page}/deliver", reader.get(page).fields(f"{page}/evaluate")).status == 409
    assert f"{page}/evaluate" not in reader.as_(run.settled["hn"]).get(page).actions()


def test_a_session_is_written_changed_and_taken_out(reader: Reader, run: Running) -> None:
    page = f"/courses/{run.course_id}/schedule"
    reader.as_(run.settled["sv"])
    wrong = reader.submit(f"{page}/new", day="30 August 2004", starts="9:00", ends="12:00",
                          topic_es="Entrevistas")  # fmt: skip
    assert wrong.status == 422
    assert wrong.fields(f"{page}/new")["topic_es"] == ["Entrevistas"]
    assert reader.submit(f"{page}/new", day="16 August 2004", starts="9:00", ends="12:00",
                         topic_es="Entrevistas").status == 303  # fmt: skip
    seen = reader.get(page)
    assert "Entrevistas" in seen.words
    one = next(link for link in seen.links() if link.startswith("/courses/sessions/"))
    assert reader.submit(one, starts="10:00").status == 303
    late = reader.submit(one, revision="1", topic_es="Otro tema")
    assert late.status == 409
    assert "Entrevistas" in late.words
    # What somebody else wrote was told, so that the next press is one that knows of it.
    assert reader.send(one, late.fields(one), topic_es="Entrevistas").status == 303
    assert reader.as_(run.settled["hn"]).get(page).links() & {one} == set()
    reader.as_(run.settled["sv"])
    old = reader.get(one).fields(f"{one}/removal")
    assert reader.submit(one, starts="11:00").status == 303
    assert reader.send(f"{one}/removal", old).location == one
    refused = reader.get(one)
    assert "it was not taken out" in refused.html
    assert refused.fields(one)["starts"] == ["11:00"]
    assert reader.submit(one, f"{one}/removal").status == 303
    reader.get(one, status=404)
    assert "Entrevistas" not in reader.get(page).words


def test_a_nomination_keeps_what_was_typed_where_it_passes_the_seats(
    reader: Reader, run: Running
) -> None:
    page = f"/courses/{run.course_id}/nomination"
    reader.as_(run.settled["hn"])
    wrong = reader.submit(page, profile_1="consular", women_1="15", men_1="6", rank_1="Jefaturas")
    assert wrong.status == 422
    assert "20 seats" in wrong.words
    assert wrong.fields(page)["rank_1"] == ["Jefaturas"]
    for typed in ({"women_1": "2"}, {"profile_1": "consular"}, {"profile_1": "x", "women_1": "2"},
                  {"profile_1": "consular", "women_1": "two"}, {}):  # fmt: skip
        assert reader.submit(page, **typed).status == 422
    fits = reader.submit(page, profile_1="consular", women_1="9", profile_2="judge", men_2="6")
    assert fits.status == 303
    seen = reader.get(f"/courses/{run.course_id}/nominations")
    assert "15" in seen.words
    reader.as_(run.settled["sv"]).get(f"/courses/{run.course_id}/nominations")
    assert "Honduras" not in seen.words


def test_the_host_reads_what_a_delegation_lets_it_read(reader: Reader, run: Running) -> None:
    page = f"/courses/{run.course_id}/nominations"
    run.nominate("hn", People(3, 2, 1))
    assert "hn (en)" not in reader.as_(run.settled["sv"]).get(page).words
    run.nominate("hn", People(3, 2, 1), host_told=True, revision=1)
    assert "hn (en)" in reader.as_(run.settled["sv"]).get(page).words


def test_attendance_is_written_country_by_country_and_read_by_each_alone(
    reader: Reader, run: Running
) -> None:
    run.take("schedule")
    page = f"/courses/{run.course_id}/attendance"
    hn, sv = (f"{page}/{key}" for key in ("HN", "SV"))
    with clock.stopped_at(AFTERWARDS):
        reader.as_(run.settled["st"])
        assert {hn, sv} <= reader.get(page).links()
        wrong = reader.submit(hn, women="20", men="1")
        assert (wrong.status, wrong.fields(hn)["women"]) == (422, ["20"])
        assert reader.submit(hn, women="12", men="7", finished_women="11",
                             finished_men="7").status == 422  # fmt: skip
        assert reader.submit(hn, women="12", men="7", finished_women="11", finished_men="7",
                             reason="health").status == 303  # fmt: skip
        reader.as_(run.settled["sv"]).get(hn, status=409)
        reader.as_(run.settled["hn"]).get(hn, status=404)
        assert reader.as_(run.settled["sv"]).submit(sv, women="1", finished_women="1").status == 303
    words = {who: reader.as_(run.settled[who]).get(page).words for who in ("st", "hn", "sv")}
    assert "hn (en)" in words["st"]
    assert "sv (en)" in words["st"]
    assert "sv (en)" not in words["hn"]
    assert "hn (en)" not in words["sv"]


def test_the_figures_of_a_host_are_of_its_own_delegation_alone(
    reader: Reader, run: Running
) -> None:
    run.nominate("hn", People(8, 6, 4), host_told=True)
    for page in ("delivery", "attendance"):
        seen = reader.as_(run.settled["sv"]).get(f"/courses/{run.course_id}/{page}").words
        assert "seats of your delegation 10" in seen
        assert "seats used —" in seen, "nothing is written down yet"
    run.deliver()
    for page, who, used in (
        ("delivery", "sv", 10),
        ("attendance", "sv", 10),
        ("delivery", "st", 28),
    ):
        seen = reader.as_(run.settled[who]).get(f"/courses/{run.course_id}/{page}").words
        assert f"seats used {used}" in seen


def test_few_answers_are_said_to_be_few(reader: Reader, run: Running) -> None:
    run.take("schedule")
    page = f"/courses/{run.course_id}/evaluation"
    reader.as_(run.settled["st"])
    assert reader.submit(f"{page}/new", kind="knowledge", question_en="The Protocol",
                         after_answers="4", after_average="81.5").status == 303  # fmt: skip
    assert "few answers" in reader.get(page).words
    one = next(link for link in reader.get(page).links() if link.startswith("/courses/questions/"))
    old = reader.get(one).fields(f"{one}/removal")
    assert reader.submit(one, after_answers="6").status == 303
    assert reader.send(f"{one}/removal", old).location == one
    assert "The Protocol" in reader.get(page).words
    wrong = reader.submit(f"{page}/new", kind="confidence", question_en="Q", after_answers="9",
                          after_average="6")  # fmt: skip
    assert (wrong.status, wrong.fields(f"{page}/new")["question_en"]) == (422, ["Q"])


def test_both_answers_stand_side_by_side_and_a_sponsor_reads_no_country(
    reader: Reader, run: Running
) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    page = f"/courses/{run.course_id}/follow-up"
    reader.as_(run.settled["hn"])
    wrong = reader.submit(page, answer="not", text="")
    assert wrong.status == 422
    assert reader.submit(page, answer="not", text="No llegó a la frontera").status == 303
    assert "It stays as it was given" in reader.get(page).words
    received = f"/received/follow-up/{run.questions()['ca-sponsor'].id}"
    reader.as_(run.settled["ca-sponsor"])
    seen = reader.get(received)
    assert not any(name in seen.html for name in ("hn (en)", "sv (en)", "Honduras", "San Salvador"))
    assert reader.submit(received, answer="met").status == 303
    assert reader.send(received, {**seen.fields(received), "answer": ["not"]}).status in (409, 422)
    whole = reader.as_(run.settled["st"]).get(page).words
    assert "No llegó a la frontera" in whole
    assert "The answers differ" in whole
    assert "ca-sponsor (en)" not in reader.as_(run.settled["hn"]).get(page).words
    reader.as_(run.settled["hn"]).get(received, status=403)
    reader.as_(run.settled["ca-sponsor"]).get(
        f"/received/follow-up/{run.questions()['hn'].id}", status=404
    )


def test_the_years_agree_on_the_page_in_the_files_and_with_the_courses(
    reader: Reader, run: Running, stored: Any
) -> None:
    run.deliver()
    stored(years.keep_up)
    found = stored(years.count)
    kept, at = stored(years.counted)
    assert found == kept
    assert at is not None
    this = next(each for each in found if each.year == 2004)
    assert (this["offered"], this["used"], this["finished"]) == (30, 28, 27)
    assert this["needs"] >= 2
    for who in ("st", "hn", "ppt"):
        assert "2004" in reader.as_(run.settled[who]).get("/years").words
        body = reader.client.get("/years/table.csv").get_data(as_text=True).removeprefix("\ufeff")
        rows = list(csv.reader(StringIO(body)))
        assert rows[1] == ["2004", *(str(this[what]) for what in years.COLUMNS)]
        assert reader.client.get("/years/table.xlsx").status_code == 200
    assert reader.client.get("/years/table.pdf").status_code == 404
    reader.as_(run.settled["ca-sponsor"]).get("/years", status=403)


def test_the_members_years_are_counted_anew_and_not_twice(run: Running, stored: Any) -> None:
    stored(years.keep_up)
    first = stored(years.counted)[1]
    stored(years.keep_up)
    assert stored(years.counted)[1] == first
    with clock.stopped_at(AFTERWARDS + timedelta(days=1)):
        stored(years.keep_up)
    assert stored(years.counted)[1] != first


def test_how_many_questions_are_asked_does_not_depend_on_how_much_there_is(
    reader: Reader, run: Running, count_queries: Any
) -> None:
    reader.as_(run.settled["st"])
    paths = [f"/courses/{run.course_id}/{page}" for page in PAGES] + ["/years"]

    def counts() -> dict[str, int]:
        return {path: count_queries(lambda path=path: reader.get(path)) for path in paths}

    run.session()
    run.nominate("hn", People(3, 2, 1))
    run.nominate("sv", People(3, 2, 1))
    run.deliver()
    run.assess()
    run.keep_up(A_YEAR_LATER)
    few = counts()
    with clock.stopped_at(AFTERWARDS):
        for _ in range(3):
            run.replicate("st", "sv", AFTERWARDS.date())
        run.assess(question_es="¿Otra?")
    assert counts() == few
