"""Does a course made of a need say nothing in its title and components that the need's country released to nobody?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.calls.models import Call
from app.extensions import db
from app.formats.spec import Text
from app.funding.bundles import actions, computing, queries
from app.funding.bundles.needs import named_by
from app.funding.courses import queries as courses
from app.funding.courses import sheets
from app.funding.courses.lists import THEMES
from app.funding.courses.reading import LINE_LIMIT
from app.groups.models import NeedGroupMember
from app.policy.actor import Actor
from tests.bundles.conftest import Region
from tests.bundles.test_proposals import ASKED
from tests.calls.browsing import Reader
from tests.calls.settled import Settled

Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def silent(settled: Settled, stored: Stored) -> Region:
    """A region whose countries let no sponsor know what their needs are about."""
    return stored(lambda: Region(settled, frozenset({"themes"})))  # type: ignore[no-any-return]


LONE = replace(ASKED, countries=1)


def ungroup(stored: Stored) -> None:
    stored(lambda: db.session.execute(db.delete(NeedGroupMember.__table__)))


def adopted(app: Flask, region: Region, st: Actor, stored: Stored) -> tuple[Any, list[str]]:
    """The sheet of the course that is made of the first proposal, and its components."""
    made = stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), LONE).id)
    with app.app_context():
        computing.compute(made)

    def adopt() -> Any:
        course = actions.adopt(st, queries.get(st, made), 1)
        return sheets.build(st, course), [p.title_es for p, _ in courses.components(course.id)]

    return stored(adopt)  # type: ignore[no-any-return]


def test_a_course_of_one_need_is_called_by_its_themes_in_both_languages(
    app: Flask, region: Region, st: Actor, stored: Stored
) -> None:
    ungroup(stored)
    sheet, components = adopted(app, region, st, stored)
    assert sheet["themes"]
    for lang in ("es", "en"):
        labels = [THEMES.label(theme, lang) for theme in sheet["themes"]]
        assert sheet["title"][lang] == "; ".join(labels)
    assert components == sheet["title"]["es"].split("; ")


def test_themes_that_a_country_keeps_from_sponsors_stand_neither_in_title_nor_components(
    app: Flask, silent: Region, st: Actor, stored: Stored
) -> None:
    ungroup(stored)
    sheet, components = adopted(app, silent, st, stored)
    assert sheet["title"] == {"es": "Curso regional", "en": "Regional course"}
    assert components == []


def test_a_group_keeps_its_name_and_its_course_tells_none_of_the_themes_kept_back(
    app: Flask, silent: Region, st: Actor, stored: Stored
) -> None:
    sheet, components = adopted(app, silent, st, stored)
    assert sheet["title"] == {"es": "Detección", "en": "Detection"}
    assert components == []


def test_a_title_of_many_themes_has_room_in_the_form_of_a_course() -> None:
    every = named_by([code.key for code in THEMES.codes])
    assert all(len(every.say(lang)) <= LINE_LIMIT for lang in ("es", "en"))
    assert every.es.startswith(THEMES.codes[0].label.es)
    assert named_by(()) == Text("Curso regional", "Regional course")


def test_a_course_begun_with_a_need_by_hand_is_given_no_title(
    region: Region, st: Actor, reader: Reader
) -> None:
    page = reader.as_(st).get(f"/courses/new?need={region.needs['court']}")
    typed = page.fields("/courses/new")
    assert (typed["title_es"], typed["title_en"]) == ([""], [""])
