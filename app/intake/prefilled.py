"""How are very many answers written into new drafts while everybody else waits for as short as can be?

They are made ready as one text for each draft before anything is held; the database takes that text apart
in one statement. With a parameter for each column of each answer it took four times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Insert,
    Integer,
    String,
    TableValuedAlias,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
)

from app import clock
from app.db.types import Instant
from app.extensions import db
from app.formats.hidden import is_hidden
from app.formats.spec import Format
from app.intake.models import NO_ROW, Answer, AnswerRow, Draft
from app.policy.actor import Actor


@dataclass(frozen=True)
class Prefilled:
    """What a draft will hold: its title, and its rows and answers as texts."""

    title: str
    rows: str
    answers: str
    to_seal: tuple[tuple[str, str, Any], ...] = ()
    """(row, key, value) of what is not written in plain."""


def prefilled(format: Format, document: Mapping[str, Any]) -> Prefilled:
    """Make the answers of a document ready; those that are stored sealed go one by one."""
    given = list(answers_in(format, document))
    return Prefilled(
        title=document.get(format.kept_title) or "",
        rows=json.dumps(list(_rows_in(format, document))),
        answers=json.dumps([each for each in given if each[1] not in format.stored_sealed]),
        # What it holds a mark of does not come along here.
        to_seal=tuple(each for each in given
                      if each[1] in format.stored_sealed and not is_hidden(each[2])),
    )  # fmt: skip


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
    places = [{"draft": each.id, "organisation": each.organisation_id} for each in drafts]
    db.session.execute(_ROWS[db.engine.dialect.name], [
        {**place, "given": each.rows} for place, each in zip(places, given, strict=True)
    ])  # fmt: skip
    by_whom = {"by": actor.person_id, "now": clock.now()}
    db.session.execute(_ANSWERS[db.engine.dialect.name], [
        {**place, **by_whom, "given": each.answers}
        for place, each in zip(places, given, strict=True)
    ])  # fmt: skip


def _statement(table: Any, given: TableValuedAlias, **columns: ColumnElement[Any]) -> Insert:
    """Adds a row for each of what is given as one text, with what it shares with the others."""
    shared: dict[str, ColumnElement[Any]] = {"draft_id": bindparam("draft", type_=String),
              "organisation_id": bindparam("organisation", type_=String)}  # fmt: skip
    all_columns = shared | columns
    chosen = select(*all_columns.values()).select_from(given)
    return insert(table).from_select(list(all_columns), chosen, include_defaults=False)


def _rows(given: TableValuedAlias) -> Insert:
    return _statement(AnswerRow.__table__, given, id=_at(given, 0), field=_at(given, 1),
                      position=cast(_at(given, 2), Integer))  # fmt: skip


def _answers(given: TableValuedAlias) -> Insert:
    return _statement(Answer.__table__, given, row_id=_at(given, 0), key=_at(given, 1),
                      revision=literal(1),
                      value=given.c.value.op("->")(2),
                      saved_by=bindparam("by", type_=String),
                      saved_at=bindparam("now", type_=Instant()))  # fmt: skip


def _at(given: TableValuedAlias, place: int) -> ColumnElement[str]:
    return given.c.value.op("->>", return_type=String())(place)


_TEXT = bindparam("given", type_=String)
_GIVEN = {
    "sqlite": func.json_each(_TEXT).table_valued("value", name="given"),
    "postgresql": func.json_array_elements(cast(_TEXT, JSON(none_as_null=True)))
    .table_valued("value").render_derived(name="given"),
}  # fmt: skip
_ROWS = {name: _rows(given) for name, given in _GIVEN.items()}
_ANSWERS = {name: _answers(given) for name, given in _GIVEN.items()}
