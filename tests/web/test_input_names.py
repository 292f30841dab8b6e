"""Does the summary of mistakes say which input each is about, in words that mean something?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.funding.courses.lists import COST_LINES
from app.web.input_names import told_apart

WRONG = "Write an amount such as 1,500.00."
LINES = {"amount-materials": "materials", "amount-participants_travel": "participants_travel"}


def summary(app: Flask, errors: list[tuple[str, str]], lang: str = "en") -> list[tuple[str, str]]:
    posted, spoken = dict.fromkeys(LINES, "ab"), {"Accept-Language": lang}
    with app.test_request_context("/", method="POST", data=posted, headers=spoken):
        return told_apart(errors)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_of_several_lines_is_named(app: Flask, lang: str) -> None:
    told = summary(app, [(name, WRONG) for name in LINES], lang)
    assert told == [
        (name, f"{COST_LINES.label(line, lang)}: {WRONG}") for name, line in LINES.items()
    ]


def test_a_single_wrong_line_is_named_too(app: Flask) -> None:
    ((_, said),) = summary(app, [("amount-materials", WRONG)])
    assert said == f"{COST_LINES.label('materials', 'en')}: {WRONG}"


def test_what_is_said_of_one_input_alone_needs_no_name(app: Flask) -> None:
    told = [("title_es", "Write the title.")]
    assert summary(app, told) == told


def test_no_sentence_is_shown_with_an_empty_place_in_it(app: Flask) -> None:
    told = summary(app, [("note-materials", "Too long."), ("note-venue", "Too long.")])
    assert all("%(" not in said for _, said in told)


def test_a_sentence_that_names_its_line_is_not_given_the_name_twice(app: Flask) -> None:
    said = f"“{COST_LINES.label('materials', 'en')}”: 1,500.00 US dollars are still missing there."
    assert summary(app, [("amount-materials", said)]) == [("amount-materials", said)]
