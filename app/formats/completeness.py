"""What is still missing for submission, and which answers contradict each other?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.formats.answers import Answers
from app.formats.checks import RULES
from app.formats.hidden import is_hidden
from app.formats.kinds import Value
from app.formats.kinds.table import Row, living_rows
from app.formats.spec import Check, Field, Format, Section, Text


@dataclass(frozen=True, slots=True)
class Missing:
    """A required answer nobody gave yet; with a row and cell, in that row of a table."""

    section_key: str
    field_key: str
    row_id: str | None = None
    cell: str | None = None


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


def applies(form: Format, field: Field, answers: Answers) -> bool:
    """Whether the field counts: its condition, and that of the field it depends on, are met."""
    return _is_met(field, form.field, answers)


def cell_applies(field: Field, cell: Field, row: Row) -> bool:
    """Whether a cell of a rows field counts in this row."""
    return _is_met(cell, field.cell, row)


def _is_met(field: Field, sibling: Callable[[str], Field], values: Answers) -> bool:
    """What depends on a sealed answer is not left out: whether it counts cannot be told."""
    when = field.when
    while when is not None:
        named, value = sibling(when.field), values.get(when.field)
        if not is_hidden(value) and named.kind.holds(value).isdisjoint(when.any_of):
            return False
        when = named.when
    return True


def _hinges_on_sealed(field: Field, sibling: Callable[[str], Field], values: Answers) -> bool:
    when = field.when
    while when is not None:
        if is_hidden(values.get(when.field)):
            return True
        when = sibling(when.field).when
    return False


def missing(form: Format, answers: Answers) -> tuple[Missing, ...]:
    """Every required answer that is not there, in the order of the format."""
    return tuple(each for section in form.sections for each in _missing(form, section, answers))


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
    """Every rule of the document's `checks:` that the answers break."""
    found = [each for check in form.checks for each in _problems(form, check, answers)]
    order = [field.key for field in form.fields]
    return tuple(sorted(found, key=lambda problem: order.index(problem.field_key)))


def _problems(form: Format, check: Check, answers: Answers) -> Iterator[Problem]:
    if check.rows is None:
        fields = [form.field(key) for key in check.fields]
        if all(applies(form, field, answers) for field in fields):
            blamed = fields[RULES[check.rule].points_at]
            for name in _broken(check, fields, answers):
                yield Problem(form.section_of(blamed.key).key, blamed.key, None,
                              check.messages[name], None, _cannot_stand(check, name))  # fmt: skip
        return
    table = form.field(check.rows)
    if not applies(form, table, answers):
        return
    cells = [table.cell(key) for key in check.fields]
    blamed = cells[RULES[check.rule].points_at]
    for row in living_rows(answers.get(table.key), table):
        for name in _broken(check, cells, row):
            section = form.section_of(table.key)
            yield Problem(section.key, table.key, row["id"], check.messages[name], blamed.key,
                          _cannot_stand(check, name))  # fmt: skip


def _cannot_stand(check: Check, problem: str) -> bool:
    return problem in RULES[check.rule].contradictions


def _broken(check: Check, fields: Sequence[Field], values: Answers) -> list[str]:
    """The name of the problem the values make, if they make one and none of them is sealed."""
    if any(is_hidden(values.get(field.key)) for field in fields):
        return []
    judged = [field.kind.cell(values.get(field.key), field, "en") for field in fields]
    problem = RULES[check.rule].broken(judged)
    return [problem] if problem else []


def section_states(
    form: Format, answers: Answers, found: Sequence[Problem] | None = None
) -> dict[str, str]:
    """Section -> "empty" with no answer at all, "complete" when nothing is asked for any more, or
    "started". `found` are the problems of these answers, where they are known already."""
    wrong = {each.section_key for each in (problems(form, answers) if found is None else found)}
    return {
        section.key: _state(form, section, answers, is_wrong=section.key in wrong)
        for section in form.sections
    }


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
