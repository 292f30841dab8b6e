"""How is what a person of the demonstration types written in a draft, answer by answer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.cli.demo.story import BadStory
from app.formats.kinds import BadAnswer
from app.formats.spec import Field, UnknownField
from app.intake import drafting
from app.intake.answers import Written, written
from app.intake.models import NO_ROW
from app.needs.opened import OpenedNeed
from app.policy.actor import Actor


def type_in(actor: Actor, need: OpenedNeed, answers: Mapping[str, Any]) -> None:
    """Write answers into the open draft as they were typed. Raises BadStory for what is no answer."""
    if need.draft is None:
        raise BadStory(f"{need.dossier.reference} has no draft to write in")
    found = written(need.draft)
    for key, said in answers.items():
        try:
            asked = need.format.field(key)
        except UnknownField:
            raise BadStory(f"no question is called {key!r}") from None
        if asked.is_grid:
            _type_lines(actor, need, found, asked, said)
        elif asked.is_rows:
            _type_rows(actor, need, found, asked, said)
        else:
            _type_one(actor, need, found, asked, key, NO_ROW, said)


def _type_lines(
    actor: Actor, need: OpenedNeed, found: Written, table: Field, said: Mapping[str, Any]
) -> None:
    for line, cells in said.items():
        if table.line(line) is None:
            raise BadStory(f"{table.key} has no line {line!r}")
        _type_cells(actor, need, found, table, line, cells)


def _type_rows(
    actor: Actor, need: OpenedNeed, found: Written, table: Field, said: Sequence[Mapping[str, Any]]
) -> None:
    """Each row of the story is the table's row at that place; further ones are added."""
    rows = list(found.rows.get(table.key, []))
    for place, cells in enumerate(said):
        if place == len(rows):
            rows.append(drafting.add_row(actor, need.dossier, need.draft, table))
        _type_cells(actor, need, found, table, rows[place], cells)


def _type_cells(
    actor: Actor, need: OpenedNeed, found: Written, table: Field, row: str, cells: Mapping[str, Any]
) -> None:
    for key, said in cells.items():
        cell = table.cell(key)
        _type_one(actor, need, found, cell, f"{table.key}.{key}", row, said)


def _type_one(
    actor: Actor, need: OpenedNeed, found: Written, asked: Field, key: str, row: str, said: Any
) -> None:
    try:
        value = asked.kind.load(raw_of(said), asked, actor.locale)
    except BadAnswer as mistake:
        raise BadStory(f"{key}: {mistake}") from mistake
    drafting.save_answer(
        actor, need.dossier, need.draft, need.format, key=key, value=value, row=row,
        revision=found.revision(key, row),
    )  # fmt: skip


def raw_of(said: Any) -> list[str]:
    """What a browser would post for this answer."""
    if isinstance(said, Mapping):
        return [str(said[part]) for part in ("count", "unit", "hours")]
    if isinstance(said, list):
        return [str(each) for each in said]
    return [str(said)]
