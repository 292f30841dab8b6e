"""Which workbooks did a delegation send in, and which drafts would one hold?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func

from app.accounts.models import Person
from app.calls import inviting
from app.db.errors import Missing
from app.extensions import db
from app.intake.models import Answer, AnswerRow, Dossier, Draft
from app.intake.sheets.layout import MOST_RECORDS
from app.intake.sheets.models import SheetUpload
from app.policy.actor import Actor

UNDER_WAY = ("waiting", "importing")
DISCARDABLE = ("checked", "refused", "failed")
SHOWN = 10
AT_ONCE = 200
"""Drafts asked for by one statement."""


def get(actor: Actor, upload_id: str) -> SheetUpload:
    """A workbook that one's own organisation sent in. Raises Missing."""
    found = db.session.execute(
        db.select(SheetUpload).where(SheetUpload.id == upload_id, _exists_for(actor))
    ).scalar_one_or_none()
    if found is None:
        raise Missing(upload_id)
    return found


def _exists_for(actor: Actor) -> ColumnElement[bool]:
    return SheetUpload.organisation_id == actor.organisation_id


def under_way(actor: Actor, format_name: str) -> int:
    """How many workbooks of the organisation wait for a job or are in its hands."""
    return db.session.scalar(
        db.select(func.count()).select_from(SheetUpload).where(
            _exists_for(actor), SheetUpload.format_name == format_name,
            SheetUpload.state.in_(UNDER_WAY),
        )
    )  # fmt: skip


def latest(actor: Actor, format_name: str) -> Sequence[Any]:
    """The workbooks sent in last and not discarded: id, name of the file, state, when, by whom."""
    return db.session.execute(
        db.select(SheetUpload.id, SheetUpload.name.label("file"), SheetUpload.state,
                  SheetUpload.uploaded_at, Person.name)
        .outerjoin(Person, Person.id == SheetUpload.uploaded_by)
        .where(_exists_for(actor), SheetUpload.format_name == format_name,
               SheetUpload.state != "discarded")
        .order_by(SheetUpload.uploaded_at.desc(), SheetUpload.id)
        .limit(SHOWN)
    ).all()  # fmt: skip


def hold_drafts(actor: Actor, call_id: str, references: Set[str]) -> None:
    """Hold these drafts as they are until the end: a colleague's save comes before or after.

    Dossiers first and in the order of their ids, as every page that writes does, so that nobody waits
    in a circle.
    """
    ids = sorted(_ids(actor, call_id, sorted(references - {""})))
    for start in range(0, len(ids), AT_ONCE):
        held = ids[start : start + AT_ONCE]
        db.session.execute(
            db.select(Dossier.id).where(Dossier.id.in_(held)).order_by(Dossier.id)
            .with_for_update()
        )  # fmt: skip
        db.session.execute(
            db.select(Draft.id).where(Draft.dossier_id.in_(held), Draft.closed_at.is_(None))
            .order_by(Draft.dossier_id)
            .with_for_update()
        )  # fmt: skip


def _ids(actor: Actor, call_id: str, wanted: list[str]) -> Iterator[str]:
    for start in range(0, len(wanted), AT_ONCE):
        yield from db.session.scalars(
            db.select(Dossier.id)
            .where(Dossier.organisation_id == actor.organisation_id, Dossier.call_id == call_id,
                   Dossier.reference.in_(wanted[start:start + AT_ONCE]))
        )  # fmt: skip


def revisions(actor: Actor, call_id: str, references: Set[str]) -> dict[str, tuple[Any, ...]]:
    """Reference -> state, open draft, and what changes with every answer saved and row moved in it."""
    found: dict[str, tuple[Any, ...]] = {}
    wanted = sorted(references - {""})
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            db.select(Dossier.reference, Dossier.state, Draft.id, Draft.format_version,
                      *_SUMS)
            .outerjoin(Draft, (Draft.dossier_id == Dossier.id) & Draft.closed_at.is_(None))
            .where(Dossier.organisation_id == actor.organisation_id, Dossier.call_id == call_id,
                   Dossier.reference.in_(wanted[start:start + AT_ONCE]))
        )  # fmt: skip
        found |= {row.reference: tuple(row) for row in rows}
    return found


def _of_draft(model: type[Answer] | type[AnswerRow], sum_of: Any) -> ScalarSelect[Any]:
    return db.select(sum_of).where(model.draft_id == Draft.id).correlate(Draft).scalar_subquery()


_SUMS = (
    _of_draft(Answer, func.count()),
    _of_draft(Answer, func.sum(Answer.revision)),
    _of_draft(AnswerRow, func.count()),
    _of_draft(AnswerRow, func.count(AnswerRow.removed_at)),
    _of_draft(AnswerRow, func.max(AnswerRow.removed_at)),
)
"""Taken together they never come back to what they were."""


def wait_for_others(actor: Actor, call_id: str) -> None:
    """Wait until no colleague begins a record in the call, so that one file is not brought in twice."""
    inviting.hold(call_id, actor.organisation_id)


def open_drafts(
    actor: Actor, call_id: str, format_name: str, version: int
) -> list[tuple[Dossier, Draft]]:
    """The drafts of one's own delegation in a call that are being written, in the order of references."""
    rows = db.session.execute(
        db.select(Dossier, Draft)
        .join(Draft, Draft.dossier_id == Dossier.id)
        .where(Dossier.organisation_id == actor.organisation_id, Dossier.call_id == call_id,
               Dossier.format_name == format_name, Draft.format_version == version,
               Draft.closed_at.is_(None))
        .order_by(Dossier.reference)
        .limit(MOST_RECORDS)
    ).all()  # fmt: skip
    return [(dossier, draft) for dossier, draft in rows]
