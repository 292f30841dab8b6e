"""Does somebody see both answers where a workbook and Enlace differ, and where they begin to?"""

from __future__ import annotations

from app.intake.sheets.clashes import MOST_SHOWN, clash
from app.intake.sheets.problems import Place, Problem, kept, of_kept
from app.needs.format import NEED


def test_both_answers_are_said_in_both_languages() -> None:
    found = clash("n1", NEED.field("modality"), {"modality": "in_person"}, {})
    assert (found.mine.es, found.mine.en) == ("Presencial", "In person")
    assert (found.theirs.es, found.theirs.en) == ("", "")


def test_long_answers_are_shown_from_where_they_begin_to_differ() -> None:
    same = "palabra " * 100
    found = clash("n1", NEED.field("gap"), {"gap": f"{same}mía"}, {"gap": f"{same}suya {same}"})
    assert found.mine.es.startswith("…")
    assert found.mine.es.endswith("palabra mía")
    assert "palabra suya palabra" in found.theirs.es
    assert found.theirs.es.endswith("…")
    assert len(found.theirs.es) == MOST_SHOWN + 2


def test_tables_are_said_row_by_row() -> None:
    row = {"id": "r1", "profile": "prosecutor", "women": 12}
    found = clash("n1", NEED.field("audience"), {"audience": [row]}, {"audience": []})
    assert "12" in found.mine.es
    assert found.theirs.es == ""


def test_it_is_written_down_and_read_again() -> None:
    found = clash("n1", NEED.field("title"), {"title": "a"}, {"title": "b"})
    problem = Problem(Place("Hoja", 5, 4, "title"), "Look.", clash=found)
    assert of_kept(kept(problem)) == problem
