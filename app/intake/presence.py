"""Who is in this draft, and in which field?

A row for each open page, renewed by beats: outside the audit chain and without keys, since a beat repeated
is the same beat. So whoever closes one of two windows is still there with the other. Only taking a field
over from somebody else is an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, update

from app import clock
from app.accounts.models import Person
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.intake import leases
from app.intake.leases import HERE, Stand
from app.intake.models import Dossier, Draft, Presence
from app.intake.names import is_colleague, other_side
from app.policy.actor import Actor
from app.workflow.machine import NotNow

_PRESENCE, _DRAFT, _PERSON = Presence.__table__, Draft.__table__, Person.__table__
_DOSSIER = Dossier.__table__
_STAND = (
    _PRESENCE.c.section, _PRESENCE.c.place, _PRESENCE.c.holds, _PRESENCE.c.since,
    _PRESENCE.c.seen_at,
)  # fmt: skip
RENEW = timedelta(seconds=10)
"""A beat that comes sooner after the one before writes nothing."""
MOST_PAGES = 10
"""Pages on which one person is in a draft; with one more the page that was silent longest is forgotten."""
LATELY = timedelta(minutes=5)
"""How far back a page goes that is drawn without anything live."""
_EVERYBODY = (
    db.select(_PRESENCE.c.person_id, _PRESENCE.c.page, _PERSON.c.name, *_STAND)
    .outerjoin_from(
        _PRESENCE, _PERSON,
        and_(_PERSON.c.id == _PRESENCE.c.person_id, is_colleague(bindparam("own"), _PERSON.c.id)),
    )
    .where(_PRESENCE.c.draft_id == bindparam("draft"), _PRESENCE.c.seen_at > bindparam("since"))
    .order_by(_PERSON.c.name.nulls_last(), _PRESENCE.c.person_id, _PRESENCE.c.holds.desc(),
              _PRESENCE.c.page)
)  # fmt: skip
"""Every page of a draft and every beat asks this: made once."""


@dataclass(frozen=True)
class Where:
    """A draft by its ids, which outlive the transaction that found it, and the page that is open."""

    draft_id: str
    organisation_id: str
    page: str = ""


PageOf = tuple[str, str]
"""Person, and the name of the page."""


@dataclass(frozen=True)
class Here:
    """Somebody in the draft, on one page."""

    person_id: str
    page: str
    name: str
    stand: Stand


def everybody(actor: Actor, draft_id: str, within: timedelta = HERE) -> list[Here]:
    """Who was seen in the draft lately: colleagues of the actor by name, others as their side."""
    rows = db.session.connection().execute(
        _EVERYBODY,
        {"draft": draft_id, "own": actor.organisation_id, "since": clock.now() - within},
    )
    other = other_side(actor)
    return [Here(person_id, page, name or other, Stand(*stand))
            for person_id, page, name, *stand in rows]  # fmt: skip


def is_news(here: list[Here], me: PageOf, section: str, place: str) -> bool:
    """Whether being there must be written: a move, a field that became free, or a beat that is due."""
    now, stands = clock.now(), {(each.person_id, each.page): each.stand for each in here}
    mine = stands.get(me)
    if mine is None or now - mine.seen_at >= RENEW:
        return True
    after = leases.enter(stands, me, section, place, now)[me]
    return (after.section, after.place, after.holds) != (mine.section, mine.place, mine.holds)


def be_there(actor: Actor, where: Where, *, section: str, place: str, takes: bool = False) -> None:
    """Note that the actor is at a place of an open draft, and take the place over if they say so.

    Raises NotNow where the draft was closed.
    """
    now, me = clock.now(), (actor.person_id, where.page)
    _wait_for_turn(where)
    stands = _stands(where)
    if me not in stands:
        _make_room(where, stands, actor.person_id)
    held_by, _page = (leases.holder(stands, place, now) if place else None) or (None, "")
    after = leases.enter(stands, me, section, place, now, takes=takes)
    for page, stand in sorted(after.items(), key=lambda each: each[1].holds):
        _write(where, page, stands.get(page), stand)  # a place is let go before it is held
    if takes and held_by not in (None, actor.person_id):
        key, _sep, rest = place.partition(".")
        row, _sep, cell = rest.rpartition(".")
        trail.record(actor, "field-taken-over", subject=("draft", where.draft_id),
                     owner=where.organisation_id, part=f"{key}.{cell}" if cell else key, row=row,
                     detail={"from": held_by})  # fmt: skip


def leave(actor: Actor, where: Where) -> None:
    """Forget that the actor is in the draft with this page."""
    db.session.execute(delete(_PRESENCE).where(*_on_page(where, (actor.person_id, where.page))))


def _make_room(where: Where, stands: dict[PageOf, Stand], person_id: str) -> None:
    own = sorted((each for each in stands if each[0] == person_id),
                 key=lambda each: stands[each].seen_at)  # fmt: skip
    for page in own[: max(0, len(own) + 1 - MOST_PAGES)]:
        db.session.execute(delete(_PRESENCE).where(*_on_page(where, page)))
        del stands[page]


def _wait_for_turn(where: Where) -> None:
    # Two people who enter one field at the same moment come one after the other.
    found = db.session.execute(
        db.select(_DRAFT.c.id)
        .where(_DRAFT.c.id == where.draft_id, _DRAFT.c.closed_at.is_(None))
        .with_for_update(key_share=True)
    ).one_or_none()
    if found is None:
        raise NotNow("draft", "closed", "write")


def _stands(where: Where) -> dict[PageOf, Stand]:
    rows = db.session.execute(
        db.select(_PRESENCE.c.person_id, _PRESENCE.c.page, *_STAND).where(
            _PRESENCE.c.draft_id == where.draft_id
        )
    )
    return {(person_id, page): Stand(*stand) for person_id, page, *stand in rows}


def _write(where: Where, page: PageOf, before: Stand | None, stand: Stand) -> None:
    values = {"section": stand.section, "place": stand.place, "holds": stand.holds,
              "since": stand.since, "seen_at": stand.seen_at}  # fmt: skip
    if before is None:
        db.session.execute(insert(_PRESENCE).values(
            draft_id=where.draft_id, person_id=page[0], page=page[1],
            organisation_id=where.organisation_id, **values,
        ))  # fmt: skip
    elif before != stand:
        changed(db.session(), update(_PRESENCE).where(*_on_page(where, page)).values(values))


def _on_page(where: Where, page: PageOf) -> tuple[ColumnElement[bool], ...]:
    return (_PRESENCE.c.draft_id == where.draft_id, _PRESENCE.c.person_id == page[0],
            _PRESENCE.c.page == page[1])  # fmt: skip


def marks(draft_ids: list[str]) -> dict[str, object]:
    """Draft -> what differs as soon as something was saved in it, its country answered for it, or somebody
    moved, came or went."""
    saved = db.session.execute(
        db.select(_DRAFT.c.id, _DRAFT.c.saved_at, _DRAFT.c.closed_at, _DOSSIER.c.on_behalf)
        .join(_DOSSIER, _DOSSIER.c.id == _DRAFT.c.dossier_id)
        .where(_DRAFT.c.id.in_(draft_ids))
    )  # fmt: skip
    people = db.session.execute(
        db.select(_PRESENCE.c.draft_id, _PRESENCE.c.person_id, _PRESENCE.c.page,
                  _PRESENCE.c.section, _PRESENCE.c.place, _PRESENCE.c.holds)
        .where(_PRESENCE.c.draft_id.in_(draft_ids), _PRESENCE.c.seen_at > clock.now() - HERE)
        .order_by(_PRESENCE.c.draft_id, _PRESENCE.c.person_id, _PRESENCE.c.page)
    )  # fmt: skip
    found: dict[str, list[object]] = {row[0]: [tuple(row)] for row in saved}
    for row in people:
        found.setdefault(row[0], []).append(tuple(row))
    return {draft_id: tuple(rows) for draft_id, rows in found.items()}
