"""How are very many answers written into new drafts while everybody else waits for as short as can be?

They are made ready as one text for each draft before anything is held; the database takes that text apart
in one statement. With a parameter for each column of each answer it took four times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, bindparam, text

from app import clock
from app.db.types import Instant
from app.extensions import db
from app.formats.spec import Format
from app.intake.models import NO_ROW, Draft
from app.policy.actor import Actor

_GIVEN = {
    "sqlite": "json_each(:given) AS given",
    "postgresql": "json_array_elements(CAST(:given AS json)) AS given(value)",
}
_ROWS = """
    INSERT INTO answer_row (draft_id, organisation_id, revision, id, field, position)
    SELECT :draft, :organisation, 1, given.value ->> 0, given.value ->> 1,
           CAST(given.value ->> 2 AS INTEGER)
    FROM """
_ANSWERS = """
    INSERT INTO answer (draft_id, organisation_id, saved_by, saved_at, revision, row_id, key, value)
    SELECT :draft, :organisation, :by, :now, 1, given.value ->> 0, given.value ->> 1,
           given.value -> 2
    FROM """


@dataclass(frozen=True)
class Prefilled:
    """What a draft will hold: its title, and its rows and answers as texts."""

    title: str
    rows: str
    answers: str


def prefilled(format: Format, document: Mapping[str, Any]) -> Prefilled:
    """Make the answers of a document ready."""
    return Prefilled(
        title=document.get(format.title_field) or "",
        rows=json.dumps(list(_rows_in(format, document))),
        answers=json.dumps(list(answers_in(format, document))),
    )


def answers_in(format: Format, document: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(row, key, value) of each answer that a person gave, in the order of the form."""
    for asked in format.fields:
        value = document.get(asked.key)
        if value is None:
            continue
        if asked.is_rows:
            for row in value:
                yield from ((row["id"], f"{asked.key}.{cell.key}", row[cell.key])
                            for cell in asked.cells if cell.key in row)  # fmt: skip
        elif asked.is_asked:
            yield NO_ROW, asked.key, value


def _rows_in(format: Format, document: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    for asked in format.fields:
        if asked.is_rows and not asked.is_grid:
            for position, row in enumerate(document.get(asked.key) or (), start=1):
                yield row["id"], asked.key, position


def fill(actor: Actor, drafts: Sequence[Draft], given: Sequence[Prefilled]) -> None:
    """Write what was made ready into drafts that are stored and empty; rows keep their ids."""
    if not drafts:
        return
    rows, answers, by, now = _statement(_ROWS), _statement(_ANSWERS), actor.person_id, clock.now()
    places = [{"draft": each.id, "organisation": each.organisation_id} for each in drafts]
    db.session.execute(rows, [
        {**place, "given": each.rows} for place, each in zip(places, given, strict=True)
    ])  # fmt: skip
    db.session.execute(answers.bindparams(bindparam("now", type_=Instant())), [
        {**place, "given": each.answers, "by": by, "now": now}
        for place, each in zip(places, given, strict=True)
    ])  # fmt: skip


def _statement(beginning: str) -> TextClause:
    return text(beginning + _GIVEN[db.engine.dialect.name])
