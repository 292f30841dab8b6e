"""Does every work of the bench run on both sides, and say what it measured? Times are judged nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from app.bundling.solving import propose
from bench import bundling, in_process, live, matching, over_http
from bench.__main__ import LATEST, REACH
from bench.clients import Measured, interleaved

OVER_HTTP = {"need-form-get", "field-save", "need-submit-post", "need-form-get-growth"}
LIVE = {"live-200-streams"}
IN_PROCESS = {"xlsx-10k", "compile-100k", "report-page"}
MATCHING = {"match-1k-offers"}
DOCUMENTS = {"report-docx", "report-pdf"}
PROPOSALS = {"bundle-300-needs"}


def assert_rows(rows: Iterable[dict[str, object]], works: set[str]) -> None:
    listed = json.loads(json.dumps(list(rows)))
    assert {row["work"] for row in listed} == works
    for row in listed:
        assert row["database"] in ("sqlite", "postgresql", "none")
        assert isinstance(row["ratio_to_floor"], float)
        assert row["ratio_to_floor"] > 0
        assert row["measured"] >= 1
        assert row["what"]


def test_pages_are_asked_certified_and_saved_on_both_sides(tmp_path: Path) -> None:
    def url(name: str) -> str:
        (tmp_path / name).mkdir(exist_ok=True)
        return f"sqlite:///{tmp_path / name / 'bench.db'}"

    rows = over_http.measure("sqlite", url, tmp_path, rounds=1, each=1, stored=20)
    assert_rows(rows, OVER_HTTP)


def test_pages_are_asked_with_live_readers_and_without(tmp_path: Path) -> None:
    def url(name: str) -> str:
        (tmp_path / name).mkdir(exist_ok=True)
        return f"sqlite:///{tmp_path / name / 'bench.db'}"

    (row,) = live.measure("sqlite", url, tmp_path, rounds=1, each=1, many=90)
    assert_rows([row], LIVE)
    # To the limit of both processes, whichever of them is asked; who is refused asks again and again.
    assert 40 <= int(str(row["streams"])) <= 80
    assert row["polling"] == 90 - int(str(row["streams"]))


def test_a_list_is_written_and_facts_are_compiled_on_both_sides(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'facts.db'}"
    rows = list(in_process.measure("sqlite", url, tmp_path, needs=60, listed=20, rounds=1))
    assert_rows(rows, IN_PROCESS)
    growth = {row["work"]: row.get("memory_growth_mib") for row in rows}["compile-100k"]
    assert isinstance(growth, float)


def test_offers_are_ranked_at_a_size_and_at_ten_times_that(tmp_path: Path) -> None:
    def url(name: str) -> str:
        (tmp_path / name).mkdir(exist_ok=True)
        return f"sqlite:///{tmp_path / name / 'bench.db'}"

    assert_rows(matching.measure("sqlite", url, tmp_path, offers=5, rounds=1), MATCHING)


def test_reports_are_made_on_both_sides() -> None:
    assert_rows(in_process.documents(1, rows=5), DOCUMENTS)


def test_courses_are_proposed_for_ten_regions_one_by_one_and_at_once() -> None:
    assert_rows([bundling.measure(1, needs=10, offers=6)], PROPOSALS)


def test_at_once_the_ten_regions_get_what_each_gets_alone() -> None:
    alone = [propose(bundling.region(number, 20, 6)) for number in range(bundling.TEN)]
    together = propose(bundling.together(20, 6))
    assert together.courses
    assert together.courses == tuple(course for plan in alone for course in plan.courses)
    assert together.unserved == tuple(each for plan in alone for each in plan.unserved)


def test_every_work_has_a_ratio_to_reach() -> None:
    assert set(REACH) == OVER_HTTP | LIVE | IN_PROCESS | MATCHING | DOCUMENTS | PROPOSALS


def test_the_figures_kept_are_of_every_work() -> None:
    kept = json.loads(LATEST.read_text())
    over_both = set(REACH) - DOCUMENTS - PROPOSALS
    assert {(row["work"], row["database"]) for row in kept} == {
        *((work, database) for work in over_both for database in ("sqlite", "postgresql")),
        *((work, "none") for work in DOCUMENTS | PROPOSALS),
    }
    assert_rows(kept, set(REACH))


def test_more_is_better_in_a_ratio() -> None:
    row = Measured(floor=[2.0, 2.0], enlace=[1.0, 1.0]).row("need-form-get", "sqlite")
    assert row["ratio_to_floor"] == 2.0


def test_both_sides_are_measured_equally_often_and_the_first_round_is_left_out() -> None:
    asked: list[str] = []

    def side(name: str) -> list[float]:
        asked.append(name)
        return [1.0]

    measured = interleaved(3, lambda: side("floor"), lambda: side("enlace"))
    assert (len(measured.floor), len(measured.enlace)) == (3, 3)
    assert asked.count("floor") == asked.count("enlace") == 4
