"""How are very many answers saved at once in drafts that are held, each over the revision it was seen at?

As drafting.save_answer does it one by one, in as many statements however many answers there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.spec import Format
from app.intake.answers import Place
from app.intake.drafting import RAISE_ANSWER, TOUCH, TOUCH_TITLE
from app.intake.models import Answer, AnswerRow, Draft
from app.intake.sealed.sealing import sealed_answer
from app.policy.actor import Actor

_ROW = AnswerRow.__table__


class Moved(Exception):
    """A draft, a row or an answer is no longer as it was seen; the transaction must not be kept."""


@dataclass(frozen=True)
class Save:
    """One answer to be saved."""

    draft: Draft
    place: Place
    value: Any
    revision: int
    """At which the answer was seen; 0 where there was none."""

    @property
    def of(self) -> dict[str, Any]:
        row, key = self.place
        return {"of_draft": self.draft.id, "of_row": row, "of_key": key}


def save_many(actor: Actor, form: Format, saves: Sequence[Save]) -> None:
    """Store all of them. Raises Moved where one of them stands no longer as it was seen.

    No answer that is opened on purpose comes this way: no sheet has a column for it.
    """
    if any(each.place[1] in form.sealed for each in saves):
        raise ValueError("an answer that is opened on purpose is saved by itself")
    now = clock.now()
    _touch(form, saves, now)
    _refuse_gone(form, saves)
    by = {"by": actor.person_id, "now": now}
    stored = [
        (each, *sealed_answer(each.draft, form, each.place, each.value, each.revision + 1))
        for each in saves
    ]
    _all(RAISE_ANSWER, [{**each.of, **by, "to_value": value, "to_sealed": sealed,
                         "seen": each.revision}
                        for each, value, sealed in stored if each.revision])  # fmt: skip
    first = [
        {"draft_id": each.draft.id, "row_id": each.place[0], "key": each.place[1], "revision": 1,
         "value": value, "sealed": sealed, "organisation_id": each.draft.organisation_id,
         "saved_by": actor.person_id, "saved_at": now}
        for each, value, sealed in stored if not each.revision
    ]  # fmt: skip
    if first:
        db.session.execute(insert(Answer.__table__), first)
    for each, value, sealed in stored:
        trail.record(
            actor, "answer-saved", subject=("draft", each.draft.id),
            owner=each.draft.organisation_id, part=each.place[1], row=each.place[0],
            revision=each.revision + 1, value=value, sealed=sealed, keeps_value=True,
        )  # fmt: skip


def _touch(form: Format, saves: Sequence[Save], now: Any) -> None:
    titles = {each.draft.id: each.value or "" for each in saves
              if each.place[1] == form.kept_title}  # fmt: skip
    others = {each.draft.id for each in saves} - titles.keys()
    _all(TOUCH, [{"of_draft": draft, "now": now} for draft in sorted(others)])
    _all(TOUCH_TITLE, [{"of_draft": draft, "now": now, "to_title": title}
                       for draft, title in sorted(titles.items())])  # fmt: skip


def _refuse_gone(form: Format, saves: Sequence[Save]) -> None:
    wanted = {(each.draft.id, _table(each), each.place[0]) for each in saves
              if each.place[0] and not form.field(_table(each)).is_grid}  # fmt: skip
    drafts = {draft for draft, _table, _row in wanted}
    living = select(_ROW.c.draft_id, _ROW.c.field, _ROW.c.id).where(
        _ROW.c.draft_id.in_(drafts), _ROW.c.removed_at.is_(None)
    )
    if wanted and not wanted <= {tuple(row) for row in db.session.execute(living)}:
        raise Moved


def _all(statement: Any, params: list[dict[str, Any]]) -> None:
    if params and changed(db.session(), statement, params) != len(params):
        raise Moved


def _table(save: Save) -> str:
    return save.place[1].split(".")[0]
