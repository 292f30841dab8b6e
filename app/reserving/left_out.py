"""What of a case does a reader not get whole, and by whose word? For its sender, before it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.formats.answers import Answers
from app.formats.kinds.table import living_rows
from app.formats.spec import Format
from app.reserving.decision import Decision
from app.reserving.targets import Target, targets


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One question, or one cell of a table for all its rows, and what was decided of it."""

    target: Target
    decision: Decision


def left_out(form: Format, document: Answers, decided: Mapping[str, Decision]) -> Iterator[LeftOut]:
    """What was answered and does not go whole, in the order of the format. Sealed answers are not looked at."""
    for place, target in targets(form).items():
        if not decided[place].is_open and is_answered(form, document, target):
            yield LeftOut(target, decided[place])


def is_answered(form: Format, document: Answers, target: Target) -> bool:
    """Whether there is an answer, in any row where it is a cell."""
    field, kind = form.field(target.key), target.field.kind
    if not field.is_rows:
        return kind.is_answered(document.get(target.key))
    rows = living_rows(document.get(target.key), field)
    return any(kind.is_answered(row.get(target.field.key)) for row in rows)
