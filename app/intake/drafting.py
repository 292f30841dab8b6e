"""How does a draft begin, and how is one answer of it saved so that nobody's text is lost?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from app import clock
from app.audit import trail
from app.calls.models import Call, CallInvitation
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.spec import Field, Format
from app.intake.models import NO_ROW, Answer, AnswerRow, Dossier, Draft
from app.intake.opened import Stored
from app.policy.actor import Actor
from app.workflow import tables
from app.workflow.machine import NotNow

_DRAFT, _ANSWER, _ROW = Draft.__table__, Answer.__table__, AnswerRow.__table__
_HERE = (
    _ANSWER.c.draft_id == bindparam("of_draft"),
    _ANSWER.c.row_id == bindparam("of_row"),
    _ANSWER.c.key == bindparam("of_key"),
)
# What every keystroke of a delegation runs, made once.
TOUCH = (
    update(_DRAFT)
    .where(_DRAFT.c.id == bindparam("of_draft"), _DRAFT.c.closed_at.is_(None))
    .values(saved_at=bindparam("now"))
)
TOUCH_TITLE = TOUCH.values(title=bindparam("to_title"))
STORED_ANSWER = select(
    _ANSWER.c.value, _ANSWER.c.revision, _ANSWER.c.saved_by, _ANSWER.c.saved_at
).where(*_HERE)
RAISE_ANSWER = (
    update(_ANSWER)
    .where(*_HERE, _ANSWER.c.revision == bindparam("seen"))
    .values(
        revision=_ANSWER.c.revision + 1, value=bindparam("to_value"), saved_by=bindparam("by"),
        saved_at=bindparam("now"),
    )
)  # fmt: skip
RAISE_ROW = (
    update(_ROW)
    .where(
        _ROW.c.draft_id == bindparam("of_draft"), _ROW.c.id == bindparam("of_row"),
        _ROW.c.field == bindparam("of_table"), _ROW.c.removed_at.is_(None),
    )
    .values(revision=_ROW.c.revision + 1)
)  # fmt: skip


class Conflict(Exception):
    """Somebody saved this answer meanwhile; nothing was stored."""

    def __init__(self, place: tuple[str, str], theirs: Stored | None) -> None:
        super().__init__("a newer text is stored")
        self.place, self.theirs = place, theirs


class RowGone(Exception):
    """A colleague removed the row that the answer belongs to; nothing was stored."""


@dataclass(frozen=True)
class Saved:
    """What a save left behind: the revision to name next, and when."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The answers that a new draft begins with, and where they come from."""

    document: dict[str, Any]
    came_from: str
    """The id of a version or of a draft."""
    record_id: str
    reference: str
    format_version: int
    """The version of the form that was answered there."""
    left_out: tuple[str, ...]
    """Keys of answers that found no place in the new draft."""


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """For which country a record is begun that arrived outside Enlace, and how it arrived."""

    organisation_id: str
    channel: str
    number: Callable[[str], str]
    """The number of a reference that begins so: the Secretariat cannot count a country's drafts."""


def start(
    actor: Actor, *, call: Call, format: Format, country_code: str,
    beginning: Beginning | None = None, with_empty_rows: bool = True, arrived: Arrived | None = None,
) -> tuple[Dossier, Draft]:  # fmt: skip
    """A new dossier with an open draft, numbered within its country and call.

    The draft is empty, or holds the answers of `beginning`. `with_empty_rows`: each table that must
    be answered begins with a row to write in. `arrived`: the Secretariat begins it for a country.
    """
    now, owner = clock.now(), arrived.organisation_id if arrived else actor.organisation_id
    # The invitation is locked so that two colleagues cannot take the same number.
    db.session.execute(
        db.select(CallInvitation.call_id)
        .where(CallInvitation.call_id == call.id,
               CallInvitation.organisation_id == owner)
        .with_for_update()
    )  # fmt: skip
    prefix = f"{country_code}-{call.code}-"
    dossier = Dossier(
        id=new_id(), organisation_id=owner, call_id=call.id,
        format_name=format.name, format_version=format.version,
        reference=prefix + (arrived.number(prefix) if arrived else _number(call, owner)),
        state=tables.DOSSIER.initial, started_by=actor.person_id, created_at=now, changed_at=now,
        on_behalf=arrived is not None, filed_from=arrived.channel if arrived else "",
    )  # fmt: skip
    db.session.add(dossier)
    db.session.flush()
    draft = open_draft(actor, dossier, format)
    given = beginning.document if beginning else {}
    if given:
        fill_from(actor, draft, format, given)
    for asked in format.fields:
        is_begun = not with_empty_rows or asked.key in given
        if asked.is_rows and asked.required and not asked.is_grid and not is_begun:
            add_row(actor, dossier, draft, asked)
    came_from = {"from": beginning.came_from} if beginning else {}
    trail.record(actor, "dossier-started", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id, detail={"format": format.name, **came_from})  # fmt: skip
    return dossier, draft


def _number(call: Call, organisation_id: str) -> str:
    begun = db.session.scalar(
        db.select(func.count()).select_from(Dossier)
        .where(Dossier.call_id == call.id, Dossier.organisation_id == organisation_id,
               Dossier.filed_from == "")
    )  # fmt: skip
    return f"{1 + begun:03d}"


def open_draft(
    actor: Actor, dossier: Dossier, format: Format, *, from_version: str | None = None
) -> Draft:
    """An empty open draft of a dossier. The database refuses a second one."""
    now = clock.now()
    draft = Draft(
        id=new_id(), organisation_id=dossier.organisation_id, dossier_id=dossier.id,
        format_version=format.version, from_version_id=from_version, opened_by=actor.person_id,
        opened_at=now, saved_at=now, on_behalf=dossier.on_behalf,
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    return draft


def fill_from(actor: Actor, draft: Draft, format: Format, document: dict[str, Any]) -> None:
    """Write a version's answers into a new draft, row by row under the ids they had."""
    now, answers, rows = clock.now(), [], []
    for asked in format.fields:
        value = document.get(asked.key)
        if value is None or not (asked.is_asked or asked.is_rows):
            continue
        if not asked.is_rows:
            answers.append((NO_ROW, asked.key, value))
            continue
        for position, row in enumerate(value, start=1):
            if not asked.is_grid:
                rows.append({"draft_id": draft.id, "id": row["id"], "field": asked.key,
                             "organisation_id": draft.organisation_id, "position": position,
                             "revision": 1})  # fmt: skip
            answers += [(row["id"], f"{asked.key}.{c.key}", row[c.key]) for c in asked.cells
                        if c.key in row]  # fmt: skip
    if rows:
        db.session.execute(insert(AnswerRow.__table__), rows)
    if answers:
        db.session.execute(insert(Answer.__table__), [
            {"draft_id": draft.id, "row_id": row, "key": key, "value": value, "revision": 1,
             "organisation_id": draft.organisation_id, "saved_by": actor.person_id, "saved_at": now}
            for row, key, value in answers
        ])  # fmt: skip
    draft.title = document.get(format.title_field) or ""


def save_answer(
    actor: Actor, dossier: Dossier, draft: Draft, format: Format, *, key: str, value: Any,
    revision: int, row: str = NO_ROW,
) -> Saved:  # fmt: skip
    """Store one answer if `revision` is still the one it was written over.

    `key` is a field's, or `field.cell` with its row. Raises Conflict with the newer text, RowGone,
    or NotNow where the draft was certified meanwhile; stores nothing then.
    """
    now = clock.now()
    _touch(draft, now, title=(value or "") if key == format.title_field else None)
    table = key.split(".")[0]
    if row and not format.field(table).is_grid:
        _raise_row(draft, table, row)
    new_revision, is_news = _compare_and_set(actor, draft, (row, key), value, revision, now)
    if not is_news:
        return Saved(new_revision, now)
    trail.record(
        actor, "answer-saved", subject=("draft", draft.id), owner=dossier.organisation_id, part=key,
        row=row, revision=new_revision, value=value, keeps_value=True,
    )  # fmt: skip
    return Saved(new_revision, now)


def _compare_and_set(
    actor: Actor, draft: Draft, place: tuple[str, str], value: Any, revision: int, now: datetime
) -> tuple[int, bool]:
    row, key = place
    here = {"of_draft": draft.id, "of_row": row, "of_key": key}
    fresh = {"to_value": value, "by": actor.person_id, "now": now}
    if revision and changed(db.session(), RAISE_ANSWER, {**here, **fresh, "seen": revision}):
        return revision + 1, True
    theirs = db.session.execute(STORED_ANSWER, here).one_or_none()
    if theirs is None and revision == 0:
        first = {"draft_id": draft.id, "row_id": row, "key": key, "revision": 1, "value": value,
                 "organisation_id": draft.organisation_id, "saved_by": actor.person_id,
                 "saved_at": now}  # fmt: skip
        db.session.execute(insert(_ANSWER), first)
        return 1, True
    if theirs is not None and theirs.value == value:
        return theirs.revision, False  # both wrote the same: there is nothing to choose between
    raise Conflict(place, Stored(*theirs) if theirs else None)


def _touch(draft: Draft, now: datetime, *, title: str | None) -> None:
    # Also the lock that makes a save wait for a certification, and fail after it.
    statement, more = (TOUCH, {}) if title is None else (TOUCH_TITLE, {"to_title": title})
    if not changed(db.session(), statement, {"of_draft": draft.id, "now": now, **more}):
        raise NotNow("draft", "closed", "save")


def _raise_row(draft: Draft, table: str, row: str) -> None:
    if not changed(
        db.session(), RAISE_ROW, {"of_draft": draft.id, "of_row": row, "of_table": table}
    ):
        raise RowGone


def add_row(actor: Actor, dossier: Dossier, draft: Draft, asked: Field) -> str:
    """A new empty row at the end of a table; its id. Ids are random and never used again."""
    _touch(draft, clock.now(), title=None)
    table = AnswerRow.__table__
    last = db.session.scalar(
        db.select(func.max(table.c.position))
        .where(table.c.draft_id == draft.id, table.c.field == asked.key)
    )  # fmt: skip
    row = new_id()
    db.session.execute(insert(table).values(
        draft_id=draft.id, id=row, organisation_id=draft.organisation_id, field=asked.key,
        position=(last or 0) + 1, revision=1,
    ))  # fmt: skip
    trail.record(actor, "row-added", subject=("draft", draft.id), owner=dossier.organisation_id,
                 part=asked.key, row=row)  # fmt: skip
    return row


def remove_row(actor: Actor, dossier: Dossier, draft: Draft, asked: Field, row: str) -> None:
    """Take a row out of a table; its answers stay in history. A row already gone is no mistake."""
    _touch(draft, clock.now(), title=None)
    table = AnswerRow.__table__
    living = update(table).where(
        table.c.draft_id == draft.id, table.c.id == row, table.c.field == asked.key,
        table.c.removed_at.is_(None),
    )  # fmt: skip
    gone = living.values(removed_at=clock.now(), revision=table.c.revision + 1)
    if changed(db.session(), gone):
        trail.record(actor, "row-removed", subject=("draft", draft.id),
                     owner=dossier.organisation_id, part=asked.key, row=row)  # fmt: skip


def living_rows(draft: Draft, asked: Field) -> int:
    """How many rows a table has now."""
    table = AnswerRow.__table__
    return db.session.scalar(
        db.select(func.count()).select_from(table)
        .where(table.c.draft_id == draft.id, table.c.field == asked.key,
               table.c.removed_at.is_(None))
    )  # fmt: skip
