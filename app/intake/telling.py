"""What is wrong in a section, by which question is it told, and at which input?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.formats.checks import RULES
from app.formats.completeness import Problem, problems
from app.formats.paths import keys_read
from app.formats.spec import Check, Field, Format, Section
from app.intake.answers import Place, Written, document_of, row_ids
from app.intake.labels import place_label, row_label
from app.intake.models import NO_ROW
from app.web import locale
from app.web.forms import Posted

Remark = tuple[str, str]
"""The id of an input, and a sentence that begins with the question."""


def mistakes(section: Section, found: Written, posted: Posted) -> list[Remark]:
    """What could not be read, in the order of the page, each with its question."""
    labels = _labels(section, found) if posted.errors else {}
    return [
        (name, f"{label}: {posted.errors[place]}")
        for place, (name, label) in labels.items()
        if place in posted.errors
    ]


def contradictions(section: Section, found: Written, made: Iterable[Problem]) -> list[Remark]:
    """Of the problems made by the answers those that cannot stand, each with the question blamed."""
    cannot_stand = [each for each in made if each.is_contradiction]
    labels = _labels(section, found) if cannot_stand else {}
    return [
        (labels[place][0], f"{labels[place][1]}: {each.message.say(locale.lang())}")
        for each in cannot_stand
        if (place := _place(each)) in labels
    ]


def contradicts_anew(format: Format, section: Section, before: Written, now: Written) -> bool:
    """Whether answers of this section, as they stand now, cannot stand and were not so before."""
    asked = {each.key for each in section.fields}
    if not any(
        asked & {key.split(".")[0] for key in _keys(format, check)} for check in format.checks
    ):
        return False
    old, new = (
        {(_place(each), each.message) for each in problems(format, document_of(format, found))
         if each.is_contradiction and each.field_key in asked}
        for found in (before, now)
    )  # fmt: skip
    return bool(new - old)


def is_checked(format: Format, place: Place) -> bool:
    """Whether the answer of this place may contradict another one."""
    return bool(_checks_of(format, place))


def doubts(format: Format, document: dict[str, Any], place: Place) -> list[Remark]:
    """For an answer just saved: the inputs at which its contradictions are told, and the sentences.

    The sentence is empty where the answers go together now, so that an earlier one is taken away.
    """
    checks, row = _checks_of(format, place), place[0]
    made = {
        _place(each): each.message.say(locale.lang())
        for each in (problems(format, document) if checks else ())
        if each.is_contradiction
    }
    blamed = dict.fromkeys(_blamed(check) for check in checks if _is_beside(check, place))
    return [(_name((row, each)), made.get((row, each), "")) for each in blamed]


def _blamed(check: Check) -> str:
    prefix = f"{check.rows}." if check.rows else ""
    return prefix + check.fields[RULES[check.rule].points_at]


def _is_beside(check: Check, place: Place) -> bool:
    """Whether a rule is about the row of this place, or about the record as a whole as its answer is."""
    table = place[1].split(".")[0] if place[0] else None
    return check.rows == table


def _checks_of(format: Format, place: Place) -> list[Check]:
    hard = (check for check in format.checks if not check.is_soft)
    return [check for check in hard if place[1] in _keys(format, check)]


def _keys(format: Format, check: Check) -> frozenset[str]:
    return keys_read(format, check.fields, check.rows)


def _place(problem: Problem) -> Place:
    cell = f".{problem.cell}" if problem.cell else ""
    return problem.row_id or NO_ROW, problem.field_key + cell


def _name(place: Place) -> str:
    """The name of the input of a place."""
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key


def _labels(section: Section, found: Written) -> dict[Place, Remark]:
    """Place -> the name of its input, and what it is called."""
    return {place: (_name(place), label) for place, label in _places(section.fields, found)}


def _places(fields: tuple[Field, ...], found: Written) -> Iterator[tuple[Place, str]]:
    for asked in fields:
        if not asked.is_rows:
            yield (NO_ROW, asked.key), place_label(asked)
            continue
        for number, row in enumerate(row_ids(asked, found), start=1):
            for cell in asked.cells:
                label = place_label(asked, row_label(asked, row, number), cell)
                yield (row, f"{asked.key}.{cell.key}"), label
