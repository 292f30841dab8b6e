"""What is still missing for submission, and which answers contradict each other?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.formats import paths
from app.formats.answers import Answers
from app.formats.checks import RULES, Rule
from app.formats.conditions import applies, cell_applies, counted_sections, counts
from app.formats.hidden import is_hidden
from app.formats.kinds import Value
from app.formats.kinds.table import living_rows
from app.formats.spec import Check, Field, Format, Section, Text
from app.formats.words import GONE

__all__ = [
    "Missing",
    "Problem",
    "applies",
    "asked",
    "cell_applies",
    "counted_sections",
    "counts",
    "is_answered",
    "is_ready",
    "missing",
    "problems",
    "section_states",
    "told_now",
    "warnings",
]


@dataclass(frozen=True, slots=True)
class Missing:
    """A required answer nobody gave yet; with a row and cell, in that row of a table."""

    section_key: str
    field_key: str
    row_id: str | None = None
    cell: str | None = None

    @property
    def key(self) -> str:
        """The key of the answer: "field", or "table.cell"."""
        return f"{self.field_key}.{self.cell}" if self.cell else self.field_key


@dataclass(frozen=True, slots=True)
class Problem:
    """Answers that do not go together, with the sentence that says so and where to mend it."""

    section_key: str
    field_key: str
    row_id: str | None
    message: Text
    cell: str | None = None
    is_contradiction: bool = False
    """Whether it cannot stand, whatever else will be answered."""


def _hinges_on_sealed(field: Field, sibling: Callable[[str], Field], values: Answers) -> bool:
    when = field.when
    while when is not None:
        if is_hidden(values.get(when.field)):
            return True
        when = sibling(when.field).when
    return False


def missing(
    form: Format, answers: Answers, reserved: frozenset[str] = frozenset()
) -> tuple[Missing, ...]:
    """Every required answer that is not there, in the order of the format.

    What the law of the country reserves is never asked for: `reserved` are keys of fields, or
    "table.cell" of cells.
    """
    return tuple(
        each for section in form.sections for each in _missing(form, section, answers)
        if each.key not in reserved and each.field_key not in reserved
    )  # fmt: skip


def _missing(form: Format, section: Section, answers: Answers) -> Iterator[Missing]:
    for field in section.fields:
        if not field.is_asked or not applies(form, field, answers):
            continue
        value = answers.get(field.key)
        if field.is_rows:
            yield from _missing_in_rows(section, field, value)
        elif (field.required and not field.kind.is_complete(value)
              and not _hinges_on_sealed(field, form.field, answers)):  # fmt: skip
            yield Missing(section.key, field.key)


def _missing_in_rows(section: Section, field: Field, value: Value) -> Iterator[Missing]:
    rows = living_rows(value, field)
    if field.required and not rows:
        yield Missing(section.key, field.key)
    for row in rows:
        for cell in field.cells:
            if not cell.required or not cell_applies(field, cell, row):
                continue
            if not cell.kind.is_complete(row.get(cell.key)) and not _hinges_on_sealed(
                cell, field.cell, row
            ):
                yield Missing(section.key, field.key, row["id"], cell.key)


def problems(form: Format, answers: Answers) -> tuple[Problem, ...]:
    """Every rule of the document's `checks:` that the answers break, and every pointer to a row that is gone."""
    hard = (each for each in form.checks if not each.is_soft)
    found = [each for check in hard for each in _problems(form, check, answers)]
    return _in_order(form, [*found, *_gone(form, answers)])


Faults = tuple[Missing | Problem, ...]


def faults(form: Format, answers: Answers, reserved: frozenset[str] = frozenset()) -> Faults:
    """All that keeps answers from being certified: what is missing, then what contradicts itself."""
    return (*missing(form, answers, reserved), *problems(form, answers))


def told_now(form: Format, answers: Answers, found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those of these problems that somebody who is writing is told: a row that was only just added is empty,
    and not wrong."""
    return tuple(
        each for each in found
        if each.is_contradiction or each.row_id is None or _is_begun(form, answers, each)
    )  # fmt: skip


def _is_begun(form: Format, answers: Answers, problem: Problem) -> bool:
    table = form.field(problem.field_key)
    return any(
        cell.is_asked and cell.kind.is_answered(row.get(cell.key))
        for row in answers.get(table.key) or () if row["id"] == problem.row_id
        for cell in table.cells
    )  # fmt: skip


def warnings(form: Format, answers: Answers) -> tuple[Problem, ...]:
    """What should be looked at again and stops nothing: the soft rules that the answers break."""
    soft = (each for each in form.checks if each.is_soft)
    return _in_order(form, [each for check in soft for each in _problems(form, check, answers)])


def _in_order(form: Format, found: Sequence[Problem]) -> tuple[Problem, ...]:
    order = [field.key for field in form.fields]
    return tuple(sorted(found, key=lambda problem: order.index(problem.field_key)))


def _problems(form: Format, check: Check, answers: Answers) -> Iterator[Problem]:
    rule = RULES[check.rule]
    looked_at = [paths.read(form, each, check.rows) for each in check.fields]
    blamed = looked_at[rule.points_at]
    if check.rows is None:
        asked = [form.field(path.table or path.key) for path in looked_at]
        if all(applies(form, field, answers) for field in asked):
            for name in _broken(form, rule, looked_at, answers):
                yield Problem(form.section_of(blamed.key).key, blamed.key, None,
                              check.messages[name], None, name in rule.contradictions)  # fmt: skip
        return
    table = form.field(check.rows)
    if not applies(form, table, answers):
        return
    section, rows = form.section_of(table.key), living_rows(answers.get(table.key), table)
    for at, row in enumerate(rows):
        for name in _broken(form, rule, looked_at, answers, rows, at):
            yield Problem(section.key, table.key, row["id"], check.messages[name], blamed.key,
                          name in rule.contradictions)  # fmt: skip


def _broken(
    form: Format, rule: Rule, looked_at: Sequence[paths.Path], answers: Answers,
    rows: Sequence[Any] = (), at: int = 0,
) -> list[str]:  # fmt: skip
    """The name of the problem the values make, if they make one; of what is hidden nothing is said."""
    values = [paths.follow(path, answers, rows, at) for path in looked_at]
    if any(map(paths.holds_hidden, values)):
        return []
    if not rule.takes_kept:
        fields = [paths.field_at(form, path) for path in looked_at]
        values = [f.kind.cell(value, f, "en") for f, value in zip(fields, values, strict=True)]
    problem = rule.broken(values)
    return [problem] if problem else []


def _gone(form: Format, answers: Answers) -> Iterator[Problem]:
    """Cells that point at a row which was removed."""
    for table in (each for each in form.fields if each.is_rows and applies(form, each, answers)):
        for cell in (each for each in table.cells if each.kind.points_at_rows):
            there = {row["id"] for row in answers.get(str(cell.options["to"])) or ()}
            for row in living_rows(answers.get(table.key), table):
                value = row.get(cell.key)
                if not is_hidden(value) and not cell.kind.holds(value) <= there:
                    yield Problem(form.section_of(table.key).key, table.key, row["id"], GONE, cell.key,
                                  is_contradiction=True)  # fmt: skip


def section_states(
    form: Format, answers: Answers, found: Sequence[Problem] | None = None
) -> dict[str, str]:
    """Section -> "empty" with no answer at all, "complete" when nothing is asked for any more, or
    "started"; likewise for screens. `found` are the problems of these answers, where they are known already."""
    wrong = {each.field_key for each in (problems(form, answers) if found is None else found)}
    return {
        section.key: _state(form, section, answers, is_wrong=bool(_keys(section) & wrong))
        for section in (*form.sections, *form.screens)
    }


def _keys(section: Section) -> set[str]:
    return {each.key for each in section.fields}


def _state(form: Format, section: Section, answers: Answers, *, is_wrong: bool) -> str:
    if not any(is_answered(field, answers) for field in asked(form, section, answers)):
        return "empty"
    if is_wrong or next(_missing(form, section, answers), None) is not None:
        return "started"
    return "complete"


def asked(form: Format, section: Section, answers: Answers) -> tuple[Field, ...]:
    """The questions of a section that count with these answers, without what Enlace fills in."""
    return tuple(each for each in section.fields if each.is_asked and applies(form, each, answers))


def is_answered(field: Field, answers: Answers) -> bool:
    """Whether a question has any answer; of a grid, any line with one."""
    value = answers.get(field.key)
    return bool(living_rows(value, field)) if field.is_rows else field.kind.is_answered(value)


def is_ready(form: Format, answers: Answers) -> bool:
    """Whether the answers may be certified: nothing missing, nothing contradicting."""
    return not missing(form, answers) and not problems(form, answers)
