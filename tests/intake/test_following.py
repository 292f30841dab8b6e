"""Does the answer to a saved field bring what follows from it?"""

from __future__ import annotations

import re

import pytest

from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.writing import Writer

HOURS = re.compile(r'<output id="derived-course_hours"( hx-swap-oob="true")?>([^<]*)</output>')


@pytest.fixture
def writer(demonstration: Matrix) -> Writer:
    return Writer(demonstration)


def save_days(writer: Writer, days: str) -> str:
    """Days of six hours."""
    revision = writer.fields("essentials")["_revision.duration"]
    sent = {"duration.count": days, "duration.unit": "days" if days else "",
            "duration.hours": "6" if days else "", "_revision.duration": revision}  # fmt: skip
    answer = writer.send("PUT", f"/needs/{writer.need}/answers/duration", sent)
    assert answer.status == 200
    return answer.body.decode()


def test_a_saved_answer_brings_the_figures_worked_out_from_it(writer: Writer) -> None:
    assert HOURS.findall(save_days(writer, "3")) == [(' hx-swap-oob="true"', "18")]
    assert HOURS.findall(save_days(writer, "")) == [(' hx-swap-oob="true"', "–")]


def test_the_page_has_the_place_that_the_figure_goes_to(writer: Writer) -> None:
    save_days(writer, "4")
    page = writer.matrix.asker.ask(writer.who, "GET", writer.page("essentials")).body.decode()
    assert HOURS.findall(page) == [("", "24")]


def test_a_question_asked_for_alone_brings_its_figures_as_they_stand(writer: Writer) -> None:
    save_days(writer, "2")
    path = f"/needs/{writer.need}/answers/duration"
    assert HOURS.findall(writer.matrix.asker.ask(writer.who, "GET", path).body.decode()) == [
        ("", "12")
    ]


def test_an_answer_from_which_nothing_follows_brings_only_its_mark(writer: Writer) -> None:
    sent = {"title": "Otro", "_revision.title": writer.fields("essentials")["_revision.title"]}
    answer = writer.send("PUT", f"/needs/{writer.need}/answers/title", sent).body.decode()
    assert "hx-swap-oob" not in answer
