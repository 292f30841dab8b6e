"""Is a report the same after it was written down, and is a changed one not shown?"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.spec import Text
from app.reports import building, content, drawing
from app.reports.content import ContentChanged, hash_of_edition, read, written
from app.reports.dimensions import DIMENSIONS
from app.reports.document import document_of
from app.reports.figures import FULL, MEMBERS, Figures
from app.reports.report import Editorial, Report
from tests.calls.settled import MORNING
from tests.reports.accepted import Accepted
from tests.reports.example import write_example

HERE = Path(__file__).parent
# What is in a report does not depend on where its facts were kept.
one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def reports(accepted: Accepted) -> dict[str, Report]:
    call = write_example(accepted)
    return {
        audience: building.build(call, as_of=MORNING, audience=audience)
        for audience in (FULL, MEMBERS)
    }


@one_database
def test_a_report_that_was_written_down_is_read_as_it_was(reports: dict[str, Report]) -> None:
    for report in reports.values():
        body, hash = written(report)
        assert read(body, hash) == report
        assert written(read(body, hash)) == (body, hash)


@one_database
def test_both_languages_are_written_down(reports: dict[str, Report]) -> None:
    body, _ = written(reports[FULL])
    for words in ("Detección e indicadores", "Detection and indicators", "Honduras",
                  "Más de 24 y hasta 40 horas (1 semana)", "Over 24 and up to 40 hours (1 week)",
                  "México", "Mexico"):  # fmt: skip
        assert words in body


@one_database
def test_what_members_read_holds_nothing_of_needs_they_may_not_see(
    reports: dict[str, Report],
) -> None:
    body, _ = written(reports[MEMBERS])
    assert "Ética profesional" not in body
    assert "policy_maker" not in body
    assert "Investigación proactiva en El Salvador" not in body
    assert body.count('"reference":"SLV-') == 1
    assert json.loads(body)["report"]["answered"] is None


@one_database
@pytest.mark.parametrize("change", [('"needs":7', '"needs":8'), ("Honduras", "Hondura")])
def test_a_changed_report_is_not_read(reports: dict[str, Report], change: tuple[str, str]) -> None:
    body, hash = written(reports[FULL])
    assert change[0] in body
    with pytest.raises(ContentChanged):
        read(body.replace(*change, 1), hash)


@one_database
@given(title=st.text(max_size=40), hours=st.decimals(min_value=0, max_value=10**9, places=2))
def test_any_words_and_any_hours_come_back(
    reports: dict[str, Report], title: str, hours: Decimal
) -> None:
    report = reports[FULL]
    said = title.encode("utf-8", "ignore").decode()
    changed = replace(
        report,
        editorial=Editorial(title=Text(said, said), introduction=Text(said, "")),
        compilation=replace(report.compilation, total=Figures(participant_hours=hours)),
    )
    assert read(*written(changed)) == changed


def test_the_hash_of_an_edition_changes_with_that_of_any_audience() -> None:
    one: Any = {FULL: "a", MEMBERS: "b"}
    assert hash_of_edition(one) != hash_of_edition({FULL: "a", MEMBERS: "c"})
    assert hash_of_edition(one) == hash_of_edition({MEMBERS: "b", FULL: "a"})


@one_database
def test_a_digest_stays_as_time_passes_and_changes_with_figures_and_with_texts(
    reports: dict[str, Report],
) -> None:
    report = reports[FULL]
    digest = building.digest(report)
    assert building.digest(replace(report, as_of=MORNING.replace(year=2005))) == digest
    assert building.digest(replace(report, editorial=Editorial(title=Text("x", "y")))) != digest
    less = replace(report.compilation, total=Figures(needs=6))
    first = replace(report.needs[0], title="Otro título")
    for told in (
        {"compilation": less}, {"needs": (first, *report.needs[1:])}, {"answered": None},
        {"unasked_themes": ()}, {"offers": None}, {"funding": None}, {"groups": None},
    ):  # fmt: skip
        assert building.digest(replace(report, **told)) != digest, told
    assert building.digest(*reports.values()) != digest


def test_nothing_is_kept_of_a_number_that_has_no_one_spelling() -> None:
    assert content.plain(Decimal("1E+3")) == "1000"


FIRST_SHAPE = {
    FULL: "b8ea30bb16dd60b65d65224401b7de485020518498f5e0bebf5f50824e42b78d",
    MEMBERS: "11c6a7bb2a912e24fe9e95ad4911e89308d91c5c6841ba3030d0c166588c6fd1",
}
"""Hashes of editions that were published before figures stood by theme and country."""


@pytest.mark.parametrize("audience", [FULL, MEMBERS])
def test_an_edition_of_the_first_shape_is_read_and_written_again_as_the_same_bytes(
    audience: str,
) -> None:
    body, hash = (HERE / f"shape_1_{audience}.json").read_text(), FIRST_SHAPE[audience]
    report = read(body, hash)
    assert report.compilation.total.needs == (7 if audience == FULL else 6)
    assert written(report) == (body, hash)
    document = document_of(report, "es")
    assert not [table for table in document.tables if table.key.startswith("two_way")]
    assert len(drawing.tables(report, "es", "es_419")) == len(DIMENSIONS)


@one_database
def test_figures_by_theme_and_country_are_of_the_second_shape(reports: dict[str, Report]) -> None:
    body, hash = written(replace(reports[FULL], offers=None, funding=None, groups=None))
    assert json.loads(body)["shape"] == 2
    assert '"crossings":[' in body
    assert '"offers":' not in body
    assert written(read(body, hash)) == (body, hash)


@one_database
def test_offers_are_of_the_third_shape(reports: dict[str, Report]) -> None:
    body, hash = written(replace(reports[FULL], funding=None, groups=None))
    assert json.loads(body)["shape"] == 3
    assert '"offers":[]' in body
    assert '"funding":' not in body
    assert written(read(body, hash)) == (body, hash)


@one_database
def test_the_funding_of_courses_is_of_the_fourth_shape(reports: dict[str, Report]) -> None:
    told = replace(reports[FULL].funding, left_out=None)
    body, hash = written(replace(reports[FULL], groups=None, funding=told))
    assert json.loads(body)["shape"] == 4
    assert '"funding":{"courses":0,"lines":[],"shared":0}' in body
    assert written(read(body, hash)) == (body, hash)
    assert json.loads(written(reports[MEMBERS])[0])["report"]["funding"]["courses"] is None


@one_database
def test_how_many_courses_are_left_out_is_of_the_sixth_shape(reports: dict[str, Report]) -> None:
    for report in reports.values():
        body, hash = written(report)
        assert json.loads(body)["shape"] == 6
        assert json.loads(body)["report"]["funding"]["left_out"] == 0
        assert written(read(body, hash)) == (body, hash)
