"""How is what a person of the demonstration types written in a draft, answer by answer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.demo.story import BadStory
from app.formats.kinds import BadAnswer
from app.formats.spec import Field, UnknownField
from app.intake import drafting
from app.intake.answers import Written, written
from app.intake.models import NO_ROW, Draft
from app.needs.opened import OpenedNeed
from app.policy.actor import Actor


def type_in(actor: Actor, need: OpenedNeed, answers: Mapping[str, Any]) -> None:
    """Write answers into the open draft as they were typed. Raises BadStory for what is no answer."""
    if need.draft is None:
        raise BadStory(f"{need.dossier.reference} has no draft to write in")
    typist = _Typist(actor, need, need.draft, written(need.draft))
    for key, said in answers.items():
        try:
            typist.answer(need.format.field(key), said)
        except (UnknownField, BadAnswer) as mistake:
            raise BadStory(f"{key}: {mistake}") from mistake


def raw_of(said: Any) -> list[str]:
    """What a browser would post for this answer."""
    if isinstance(said, Mapping):
        return [str(said[part]) for part in ("count", "unit", "hours")]
    if isinstance(said, list):
        return [str(each) for each in said]
    return [str(said)]


@dataclass
class _Typist:
    """Somebody at the keyboard, with the draft as it stood when they began."""

    actor: Actor
    need: OpenedNeed
    draft: Draft
    found: Written

    def answer(self, asked: Field, said: Any) -> None:
        if asked.is_grid:
            self._lines(asked, said)
        elif asked.is_rows:
            self._rows(asked, said)
        else:
            self._save(asked, asked.key, NO_ROW, said)

    def _lines(self, table: Field, said: Mapping[str, Any]) -> None:
        for line, cells in said.items():
            if table.line(line) is None:
                raise UnknownField(f"{table.key} has no line {line!r}")
            self._cells(table, line, cells)

    def _rows(self, table: Field, said: Sequence[Mapping[str, Any]]) -> None:
        """Each row of the story is the table's row at that place; further ones are added."""
        rows = list(self.found.rows.get(table.key, []))
        for place, cells in enumerate(said):
            if place == len(rows):
                rows.append(drafting.add_row(self.actor, self.need.dossier, self.draft, table))
            self._cells(table, rows[place], cells)

    def _cells(self, table: Field, row: str, cells: Mapping[str, Any]) -> None:
        for key, said in cells.items():
            self._save(table.cell(key), f"{table.key}.{key}", row, said)

    def _save(self, asked: Field, key: str, row: str, said: Any) -> None:
        value = asked.kind.load(raw_of(said), asked, self.actor.locale)
        drafting.save_answer(
            self.actor, self.need.dossier, self.draft, self.need.format, key=key, value=value,
            row=row, revision=self.found.revision(key, row),
        )  # fmt: skip
