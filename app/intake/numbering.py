"""What is a row called that others will cite? P1, P2 …, counted over all drafts of its record, none used twice."""

from __future__ import annotations

from sqlalchemy import insert, select

from app import clock
from app.extensions import db
from app.formats.spec import Field, Format
from app.intake.models import Answer, Draft
from app.intake.sealed.at_rest import Reading, form_of
from app.intake.sealed.sealing import sealed_answer
from app.policy.actor import Actor

_ANSWER, _DRAFT = Answer.__table__, Draft.__table__


def number_row(actor: Actor, draft: Draft, table: Field, row: str) -> None:
    """Give a new row the next number, in each cell that is a sequence."""
    for cell in table.cells:
        letter = cell.sequence
        if letter:
            form, key = form_of(draft), f"{table.key}.{cell.key}"
            number = f"{letter}{_last(draft, form, key) + 1}"
            value, sealed = sealed_answer(draft, form, (row, key), number, 1)
            db.session.execute(insert(_ANSWER).values(
                draft_id=draft.id, row_id=row, key=key, revision=1, value=value, sealed=sealed,
                organisation_id=draft.organisation_id, saved_by=actor.person_id, saved_at=clock.now(),
            ))  # fmt: skip


def _last(draft: Draft, form: Format, key: str) -> int:
    """The highest number given in the record; answers of rows that were removed are kept."""
    given = db.session.execute(
        select(_ANSWER.c.row_id, _ANSWER.c.value, _ANSWER.c.revision, _ANSWER.c.sealed,
               _DRAFT.c.id, _DRAFT.c.organisation_id, _DRAFT.c.dossier_id, _DRAFT.c.format_version)
        .join(_DRAFT, _DRAFT.c.id == _ANSWER.c.draft_id)
        .where(_DRAFT.c.dossier_id == draft.dossier_id, _ANSWER.c.key == key,
               _DRAFT.c.organisation_id == draft.organisation_id)
    )  # fmt: skip
    said = (
        each.value if each.sealed is None
        else Reading(each, form).said((each.row_id, key), each.revision, each.sealed)
        for each in given
    )  # fmt: skip
    return max((int(each[1:]) for each in said if isinstance(each, str)), default=0)
