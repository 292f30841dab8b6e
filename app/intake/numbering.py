"""What is a row called that others will cite? P1, P2 …, counted over all drafts of its record, none used twice."""

from __future__ import annotations

from sqlalchemy import insert, select

from app import clock
from app.extensions import db
from app.formats.spec import Field
from app.intake.models import Answer, Draft
from app.policy.actor import Actor

_ANSWER, _DRAFT = Answer.__table__, Draft.__table__


def number_row(actor: Actor, draft: Draft, table: Field, row: str) -> None:
    """Give a new row the next number, in each cell that is a sequence."""
    for cell in table.cells:
        letter = cell.options.get("sequence")
        if letter:
            key = f"{table.key}.{cell.key}"
            db.session.execute(insert(_ANSWER).values(
                draft_id=draft.id, row_id=row, key=key, revision=1,
                value=f"{letter}{_last(draft, key) + 1}", organisation_id=draft.organisation_id,
                saved_by=actor.person_id, saved_at=clock.now(),
            ))  # fmt: skip


def _last(draft: Draft, key: str) -> int:
    """The highest number given in the record; answers of rows that were removed are kept."""
    given = db.session.scalars(
        select(_ANSWER.c.value)
        .join(_DRAFT, _DRAFT.c.id == _ANSWER.c.draft_id)
        .where(_DRAFT.c.dossier_id == draft.dossier_id, _ANSWER.c.key == key,
               _DRAFT.c.organisation_id == draft.organisation_id)
    )  # fmt: skip
    return max((int(each[1:]) for each in given if each), default=0)
