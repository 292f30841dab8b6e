"""Is what grew and what fell the difference that somebody comparing by hand would find?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.policy.actor import locale_of
from app.reports import building, drawing
from app.reports.changes import Changes
from app.reports.comparing import comparison
from app.reports.content import read, written
from app.reports.document import document_of
from app.reports.figures import FULL, MEMBERS, Audience
from app.reports.report import Report
from tests.calls.settled import MORNING
from tests.reports.accepted import DAY, Accepted, Written, answers
from tests.reports.test_media import assert_alike

# What is in a report does not depend on where its facts were kept.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
BEFORE = MORNING - 2 * DAY
JUDGES = ({"profile": "judge", "women": 3, "men": 4},)


def lasting(country: str, *themes: str, **more: Any) -> Written:
    """A need that stands in both reports, unless it says otherwise."""
    return Written(country=country, answers=answers(themes=themes),
                   **{"valid_from": BEFORE - DAY, **more})  # fmt: skip


@pytest.fixture
def call(accepted: Accepted) -> Any:
    """In between Guatemala's need is withdrawn, Honduras's grows, and El Salvador's comes."""
    call = accepted.call()
    grown = Written(country="HN", answers=answers(themes=("T2", "T3"), audience=JUDGES))
    accepted.needs(call, [
        [lasting("HN", "T2", valid_to=MORNING - DAY), grown],
        [lasting("GT", "T7", valid_to=MORNING - DAY)],
        [lasting("NI", "T4")],
        [Written(country="SV", answers=answers(themes=("T2",)))],
    ])  # fmt: skip
    return call


def compared(call: Any, audience: Audience = FULL) -> Report:
    earlier = building.build(call, as_of=BEFORE, audience=audience).compilation
    report = building.build(call, as_of=MORNING, audience=audience)
    found = building.figures_at(call, BEFORE)
    return replace(report, earlier=replace(found, compilation=earlier))


def told(report: Report, lang: str = "es") -> tuple[str, dict[str, list[Any]]]:
    changes = Changes(report, lang, locale_of(lang, None))
    return " ".join(changes.sentences()), {
        table.key.removeprefix("changes_"): [*table.rows, table.total] for table in changes.tables()
    }


def test_each_line_says_what_it_was_what_it_is_and_the_difference(call: Any) -> None:
    _, tables = told(compared(call))
    total = ("Total, cada necesidad una vez", 3, 3, 0, 60, 47, -13)
    assert tables["theme"] == [
        ("Detección e indicadores", 1, 2, 1, 20, 27, 7),
        ("Identificación y entrevista, también de niñas y niños y con intérprete",
         0, 1, 1, 0, 7, 7),
        ("Investigación: proactiva, encubierta, digital, escena del delito", 1, 0, -1, 20, 0, -20),
        total,
    ]  # fmt: skip
    assert [row[0] for row in tables["country"]] == [
        "El Salvador", "Guatemala", "Honduras", "Total",
    ]  # fmt: skip
    assert "modality" in tables
    assert tables["profile"][-1] == total


def test_what_came_and_what_went_is_said_in_words_that_are_neutral_about_countries(
    call: Any,
) -> None:
    text, _ = told(compared(call))
    for sentence in (
        "Se comparan las cifras al 22 de mayo de 2004, 09:00 (Panamá) y las cifras al 24 de mayo",
        "Necesidades: 3 antes, 3 después (0). Participantes: 60 antes, 47 después (−13).",
        "Temas que se piden ahora y antes no: Identificación y entrevista",
        "Países con necesidades ahora y no antes: El Salvador.",
        "Países con necesidades antes y no ahora: Guatemala.",
    ):
        assert sentence in text
    english, _ = told(compared(call), "en")
    assert "Countries with needs before and not now: Guatemala." in english


def test_the_earlier_one_comes_first_whichever_was_asked_for(call: Any) -> None:
    report = compared(call)
    turned = building.build(call, as_of=BEFORE, earlier=building.figures_at(call, MORNING))
    assert told(turned) == told(report)


def test_nothing_changed_is_said_so(call: Any) -> None:
    report = building.build(call, as_of=MORNING, earlier=building.figures_at(call, MORNING))
    text, tables = told(report)
    assert "son los mismos en ambas" in text
    assert tables == {}


def test_members_are_not_shown_how_countries_changed_where_one_is_not_named(
    accepted: Accepted, call: Any
) -> None:
    members = compared(call, MEMBERS)
    assert "country" in told(members)[1]
    accepted.need(call, lasting("MX", "T2", members="unnamed"))
    text, tables = told(compared(call, MEMBERS))
    assert "country" not in tables
    assert "Países con" not in text
    assert "country" in told(compared(call))[1]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_changes_have_the_same_cells_in_all_media(call: Any, lang: str) -> None:
    assert_alike(compared(call), lang)


def test_what_an_edition_is_compared_with_is_written_down_with_it(call: Any) -> None:
    report = compared(call)
    again = read(*written(report))
    assert comparison(again) == comparison(report)
    assert comparison(building.build(call, as_of=MORNING)) is None
    assert drawing.changes(building.build(call, as_of=MORNING), "es", "es_419") is None
    keys = [table.key for table in document_of(again, "es").tables]
    assert keys.index("changes_theme") > keys.index("two_way_participants")
