"""How does a draft begin, and how is one answer of it saved so that nobody's text is lost?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from app import clock
from app.audit import trail
from app.calls import inviting
from app.calls.models import Call
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.answers import only_given
from app.formats.spec import Field, Format
from app.formats.words import N_
from app.intake import numbering
from app.intake.answers import row_in, written
from app.intake.history import BROUGHT_BACK, REMOVED
from app.intake.models import NO_ROW, Answer, AnswerRow, Dossier, Draft
from app.intake.opened import Stored, stored_in
from app.intake.prefilled import Prefilled, fill, prefilled
from app.intake.sealed import at_rest
from app.intake.sealed.sealing import sealed_answer
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

ROWS_LIMIT = 100
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
    _ANSWER.c.value, _ANSWER.c.revision, _ANSWER.c.saved_by, _ANSWER.c.saved_at, _ANSWER.c.sealed
).where(*_HERE)
RAISE_ANSWER = (
    update(_ANSWER)
    .where(*_HERE, _ANSWER.c.revision == bindparam("seen"))
    .values(
        revision=_ANSWER.c.revision + 1, value=bindparam("to_value"),
        sealed=bindparam("to_sealed"), saved_by=bindparam("by"), saved_at=bindparam("now"),
    )
)  # fmt: skip
LIVING_ROW = select(_ROW.c.id).where(
    _ROW.c.draft_id == bindparam("of_draft"), _ROW.c.id == bindparam("of_row"),
    _ROW.c.field == bindparam("of_table"), _ROW.c.removed_at.is_(None),
)  # fmt: skip


class Conflict(Exception):
    """Somebody saved this answer meanwhile; nothing was stored."""

    def __init__(self, place: tuple[str, str], theirs: Stored) -> None:
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
    beginning: Beginning | None = None, arrived: Arrived | None = None,
) -> tuple[Dossier, Draft]:  # fmt: skip
    """A new dossier with an open draft, numbered within its country and call.

    The draft is empty, with a row to write in for each table that must be answered, or holds the
    answers of `beginning`. `arrived`: the Secretariat begins it for a country.
    """
    owner = arrived.organisation_id if arrived else actor.organisation_id
    _hold_numbers(call, owner)
    prefix = f"{country_code}-{call.code}-"
    number = arrived.number(prefix) if arrived else _number(_begun(call, owner) + 1)
    dossier = _dossier(actor, call, format, owner, prefix + number, arrived)
    return _begin(actor, dossier, format, beginning)


def start_alone(
    actor: Actor, *, format: Format, reference: str, beginning: Beginning | None = None
) -> tuple[Dossier, Draft]:
    """A new dossier with an open draft that belongs to no call, under a reference of the feature's own."""
    dossier = _dossier(actor, None, format, actor.organisation_id, reference, None)
    return _begin(actor, dossier, format, beginning)


def _begin(
    actor: Actor, dossier: Dossier, format: Format, beginning: Beginning | None
) -> tuple[Dossier, Draft]:
    db.session.add(dossier)
    db.session.flush()
    draft = open_draft(actor, dossier, format)
    given = beginning.document if beginning else {}
    if given:
        fill_from(actor, draft, format, given)
    for asked in (
        each for section in format.sections if not section.when for each in section.fields
    ):
        if asked.is_rows and asked.required and not asked.is_grid and asked.key not in given:
            add_row(actor, dossier, draft, asked)
    _record_start(actor, dossier, **({"from": beginning.came_from} if beginning else {}))
    return dossier, draft


def start_filled(
    actor: Actor, *, call: Call, format: Format, country_code: str,
    given: Sequence[Prefilled],
) -> list[tuple[Dossier, Draft]]:  # fmt: skip
    """A new dossier for each of these, with a draft that holds its answers and no more.

    In a few statements however many they are: whoever writes next must not wait for long.
    """
    owner = actor.organisation_id
    _hold_numbers(call, owner)
    first, prefix = _begun(call, owner) + 1, f"{country_code}-{call.code}-"
    dossiers = [_dossier(actor, call, format, owner, prefix + _number(number), None)
                for number in range(first, first + len(given))]  # fmt: skip
    db.session.add_all(dossiers)
    db.session.flush()
    drafts = [_draft(actor, dossier, format, None) for dossier in dossiers]
    for draft, each in zip(drafts, given, strict=True):
        draft.title = each.title
    db.session.add_all(drafts)
    db.session.flush()
    _fill(actor, drafts, format, given)
    for dossier in dossiers:
        _record_start(actor, dossier)
    return list(zip(dossiers, drafts, strict=True))


def _hold_numbers(call: Call, organisation_id: str) -> None:
    # So that two colleagues cannot take the same number.
    inviting.hold(call.id, organisation_id)


def _begun(call: Call, organisation_id: str) -> int:
    """How many the organisation has begun in the call."""
    return db.session.scalar(
        db.select(func.count()).select_from(Dossier)
        .where(Dossier.call_id == call.id, Dossier.organisation_id == organisation_id,
               Dossier.filed_from == "")
    )  # fmt: skip


def _number(number: int) -> str:
    return f"{number:03d}"


def _dossier(
    actor: Actor, call: Call | None, format: Format, owner: str, reference: str,
    arrived: Arrived | None,
) -> Dossier:  # fmt: skip
    now = clock.now()
    return Dossier(
        id=new_id(), organisation_id=owner, call_id=call.id if call else None, format_name=format.name,
        format_version=format.version, reference=reference, state=tables.DOSSIER.initial,
        started_by=actor.person_id, created_at=now, changed_at=now,
        on_behalf=arrived is not None, filed_from=arrived.channel if arrived else "",
    )  # fmt: skip


def _record_start(actor: Actor, dossier: Dossier, **came_from: str) -> None:
    trail.record(actor, "dossier-started", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id,
                 detail={"format": dossier.format_name, **came_from})  # fmt: skip


def open_draft(
    actor: Actor, dossier: Dossier, format: Format, *, from_version: str | None = None
) -> Draft:
    """An empty open draft of a dossier. The database refuses a second one."""
    draft = _draft(actor, dossier, format, from_version)
    db.session.add(draft)
    db.session.flush()
    return draft


def _draft(actor: Actor, dossier: Dossier, format: Format, from_version: str | None) -> Draft:
    now = clock.now()
    return Draft(
        id=new_id(), organisation_id=dossier.organisation_id, dossier_id=dossier.id,
        format_version=format.version, from_version_id=from_version, opened_by=actor.person_id,
        opened_at=now, saved_at=now, on_behalf=dossier.on_behalf,
    )  # fmt: skip


def fill_from(actor: Actor, draft: Draft, format: Format, document: dict[str, Any]) -> None:
    """Write answers into a new draft, row by row under the ids they had.

    Of what is sealed already the document holds marks; what they stand for does not come along here.
    """
    given = prefilled(format, only_given(format, document))
    _fill(actor, [draft], format, [given])
    draft.title = given.title


def _fill(
    actor: Actor, drafts: Sequence[Draft], format: Format, given: Sequence[Prefilled]
) -> None:
    """Write what was made ready into new drafts; what is stored sealed, one answer after another."""
    fill(actor, drafts, given)
    for draft, each in zip(drafts, given, strict=True):
        places = {(row, key): value for row, key, value in each.to_seal}
        sealed = {place: sealed_answer(draft, format, place, value, 1)[1]
                  for place, value in places.items()}  # fmt: skip
        add_sealed(actor, draft, sealed)
        for place in (each for each in sealed if each[1] in format.sealed):
            # No event tells of all of these at once: each has one of its own.
            trail.record(
                actor, "answer-saved", subject=("draft", draft.id), owner=draft.organisation_id,
                part=place[1], row=place[0], revision=1, sealed=sealed[place],
            )  # fmt: skip


def add_sealed(actor: Actor, draft: Draft, sealed: Mapping[tuple[str, str], bytes | None]) -> None:
    """Store what was sealed for the first revision of these places, which are empty."""
    if sealed:
        shared = {"draft_id": draft.id, "organisation_id": draft.organisation_id, "revision": 1,
                  "value": None, "saved_by": actor.person_id, "saved_at": clock.now()}  # fmt: skip
        db.session.execute(insert(_ANSWER), [
            {**shared, "row_id": row, "key": key, "sealed": each}
            for (row, key), each in sealed.items()
        ])  # fmt: skip


def save_answer(
    actor: Actor, dossier: Dossier, draft: Draft, format: Format, *, key: str, value: Any,
    revision: int, row: str = NO_ROW,
) -> Saved:  # fmt: skip
    """Store one answer if `revision` is still the one it was written over; sealed, if its form asks it.

    `key` is a field's, or `field.cell` with its row. Raises Conflict with the newer text, RowGone,
    NotNow where the draft was certified meanwhile, or Refusal where it cannot be sealed; stores nothing
    then.
    """
    now = clock.now()
    table = key.split(".")[0]
    if row and not format.field(table).is_grid:
        _refuse_gone(draft, table, row)
    plain, sealed = sealed_answer(draft, format, (row, key), value, revision + 1)
    stored = {"value": plain, "sealed": sealed}
    new_revision, is_news = _compare_and_set(actor, draft, (row, key), stored, revision, now, value)
    if not is_news:
        return Saved(new_revision, now)
    if key == format.kept_title:
        _touch(draft, now, TOUCH_TITLE, to_title=value or "")
    else:
        _touch(draft, now)
    trail.record(
        actor, "answer-saved", subject=("draft", draft.id), owner=dossier.organisation_id, part=key,
        row=row, revision=new_revision, keeps_value=True, **stored,
    )  # fmt: skip
    return Saved(new_revision, now)


def _compare_and_set(
    actor: Actor, draft: Draft, place: tuple[str, str], stored: dict[str, Any], revision: int,
    now: datetime, said: Any,
) -> tuple[int, bool]:  # fmt: skip
    """Store it over the revision that was seen; `said` is what the answer says, sealed or not."""
    row, key = place
    here = {"of_draft": draft.id, "of_row": row, "of_key": key}
    fresh = {"to_value": stored["value"], "to_sealed": stored["sealed"], "by": actor.person_id,
             "now": now}  # fmt: skip
    if revision and changed(db.session(), RAISE_ANSWER, {**here, **fresh, "seen": revision}):
        return revision + 1, True
    theirs = db.session.execute(STORED_ANSWER, here).one_or_none()
    if theirs is None and revision == 0:
        first = {"draft_id": draft.id, "row_id": row, "key": key, "revision": 1, **stored,
                 "organisation_id": draft.organisation_id, "saved_by": actor.person_id,
                 "saved_at": now}  # fmt: skip
        db.session.execute(insert(_ANSWER), first)
        return 1, True
    newer = _read(draft, place, theirs)
    if newer.value == said:
        return newer.revision, False  # both wrote the same: there is nothing to choose between
    raise Conflict(place, newer)


def stored_at(draft: Draft, place: tuple[str, str]) -> Stored:
    """What stands at one place of a draft."""
    here = {"of_draft": draft.id, "of_row": place[0], "of_key": place[1]}
    found = db.session.execute(STORED_ANSWER, here).one_or_none()
    return _read(draft, place, found)


def _read(draft: Draft, place: tuple[str, str], found: Any) -> Stored:
    if found is None:
        return nothing_in(draft)
    answers = {place: stored_in(draft.id, found)}
    at_rest.read(draft, answers)
    return answers[place]


def nothing_in(draft: Draft) -> Stored:
    """What stands where nobody wrote: left empty by whoever opened the draft."""
    return Stored(None, 0, draft.opened_by, draft.opened_at)


def _touch(draft: Draft, now: datetime, touch: Any = TOUCH, **more: Any) -> None:
    # Whoever writes holds the dossier, so it cannot be closed after this; it may have been before.
    if not changed(db.session(), touch, {"of_draft": draft.id, "now": now, **more}):
        raise NotNow("draft", "closed", "save")


def _refuse_gone(draft: Draft, table: str, row: str) -> None:
    here = {"of_draft": draft.id, "of_row": row, "of_table": table}
    if db.session.scalar(LIVING_ROW, here) is None:
        raise RowGone


def add_row(actor: Actor, dossier: Dossier, draft: Draft, asked: Field) -> str:
    """A new empty row at the end of a table; its id. Ids are random and never used again."""
    _touch(draft, clock.now())
    table = AnswerRow.__table__
    last = db.session.scalar(
        db.select(func.max(table.c.position))
        .where(table.c.draft_id == draft.id, table.c.field == asked.key)
    )  # fmt: skip
    row = new_id()
    db.session.execute(insert(table).values(
        draft_id=draft.id, id=row, organisation_id=draft.organisation_id, field=asked.key,
        position=(last or 0) + 1,
    ))  # fmt: skip
    trail.record(actor, "row-added", subject=("draft", draft.id), owner=dossier.organisation_id,
                 part=asked.key, row=row)  # fmt: skip
    numbering.number_row(actor, draft, asked, row)
    return row


def remove_row(actor: Actor, dossier: Dossier, draft: Draft, asked: Field, row: str) -> None:
    """Take a row out of a table; what it says stays in history. A row already gone is no mistake."""
    _move(actor, dossier, draft, asked, row, REMOVED)


def bring_back_row(actor: Actor, dossier: Dossier, draft: Draft, asked: Field, row: str) -> None:
    """Put a removed row back at its place, as it was.

    Raises Refusal where the table is full, and RowGone where this draft has no such removed row.
    """
    refuse_full(draft, asked)
    if not _move(actor, dossier, draft, asked, row, BROUGHT_BACK):
        raise RowGone


def _move(actor: Actor, dossier: Dossier, draft: Draft, asked: Field, row: str, kind: str) -> bool:
    now, is_removed = clock.now(), kind == REMOVED
    was = _ROW.c.removed_at.is_(None) if is_removed else _ROW.c.removed_at.is_not(None)
    here = (_ROW.c.draft_id == draft.id, _ROW.c.id == row, _ROW.c.field == asked.key, was)
    moved = update(_ROW).where(*here).values(removed_at=now if is_removed else None)
    if not changed(db.session(), moved):
        return False
    _touch(draft, now)
    trail.record(
        actor, kind, subject=("draft", draft.id), owner=dossier.organisation_id, part=asked.key,
        row=row,
        **at_rest.event_value(draft, kind, (row, asked.key), row_in(asked, written(draft), row)),
    )  # fmt: skip
    return True


def refuse_full(draft: Draft, asked: Field) -> None:
    """Refuse one row more than a table may have."""
    if living_rows(draft, asked) >= asked.options.get("max", ROWS_LIMIT):
        raise Refusal(N_("This table is full. Remove a row before you add another."))


def living_rows(draft: Draft, asked: Field) -> int:
    """How many rows a table has now."""
    table = AnswerRow.__table__
    return db.session.scalar(
        db.select(func.count()).select_from(table)
        .where(table.c.draft_id == draft.id, table.c.field == asked.key,
               table.c.removed_at.is_(None))
    )  # fmt: skip
