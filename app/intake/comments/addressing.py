"""Whom of one's own organisation does a comment address: of a list that stays short, or by a typed name?

The list has so many names and no more, whatever the size of the delegation. Whoever is not in it is
written by name; a name that could be several people's brings those into the list, to be ticked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from app.accounts.models import Person
from app.extensions import db
from app.formats.cleaning import plain
from app.formats.words import N_
from app.intake.comments.queries import TALKING
from app.organisations.models import Membership
from app.policy.actor import Actor
from app.web.refusal import Refusal

SHOWN = 100
MOST = 10
UNKNOWN = N_("Choose colleagues of the list, at most %(limit)s.")
NOBODY = N_("No colleague who could be told is called “%(name)s”.")
WHICH = N_(
    "“%(name)s” is not the whole name of one colleague. Tick whom you mean in the list above."
)


@dataclass(frozen=True)
class Offered:
    """The list: (id, name, what tells namesakes apart) of each; whether there are more colleagues."""

    people: list[tuple[str, str, str | None]]
    has_more: bool


def offered(actor: Actor, ticked: Collection[str] = (), typed: Sequence[str] = ()) -> Offered:
    """The first by name, after whoever was ticked or could be meant by what was typed."""
    first = db.session.execute(_colleagues(actor).limit(SHOWN + 1)).all()
    has_more, first = len(first) > SHOWN, first[:SHOWN]
    if not has_more:
        return Offered(_told_apart(first), has_more=False)
    wanted = list(_ticked(actor, ticked)) if ticked else []
    if typed:
        everybody = db.session.execute(_colleagues(actor)).all()
        wanted += [one for name in typed[:MOST] for one in _meant(name, everybody)[:SHOWN]]
    return Offered(_told_apart(dict.fromkeys([*wanted[:SHOWN], *first])), has_more=True)


def addressed(actor: Actor, ticked: Sequence[str], typed: Sequence[str]) -> dict[str, str]:
    """Id -> name of those who are ticked or named. Raises Refusal for anybody else, and for a doubt."""
    found = {one.id: one.name for one in _ticked(actor, ticked)} if ticked else {}
    if not set(ticked) <= found.keys():
        raise Refusal(UNKNOWN, field="mentioned", limit=MOST)
    if len(typed) > MOST:
        raise Refusal(UNKNOWN, field="others", limit=MOST)
    if typed:
        everybody = db.session.execute(_colleagues(actor)).all()
        for name in typed:
            found |= _named(name, _meant(name, everybody), ticked)
    if len(found) > MOST:
        raise Refusal(UNKNOWN, field="mentioned", limit=MOST)
    return found


def _named(name: str, meant: list[Any], ticked: Collection[str]) -> dict[str, str]:
    if any(one.id in ticked for one in meant):
        return {}  # the doubt was settled in the list
    if not meant:
        raise Refusal(NOBODY, field="others", name=name)
    if len(meant) > 1 or plain(meant[0].name) != plain(name):
        raise Refusal(WHICH, field="others", name=name)
    return {meant[0].id: meant[0].name}


def _meant(name: str, everybody: Iterable[Any]) -> list[Any]:
    """Whoever is called so; where nobody is, whoever's name has all these words."""
    said, people = plain(name), [(plain(one.name), one) for one in everybody]
    exact = [one for called, one in people if called == said]
    return exact or [one for called, one in people if all(w in called for w in said.split())]


def _told_apart(rows: Iterable[Any]) -> list[tuple[str, str, str | None]]:
    """By e-mail where two have one name."""
    people = list(rows)
    times = Counter(one.name for one in people)
    return [(one.id, one.name, one.email if times[one.name] > 1 else None) for one in people]


def _ticked(actor: Actor, person_ids: Collection[str]) -> Sequence[Any]:
    wanted = _colleagues(actor).where(Person.id.in_(person_ids))
    return db.session.execute(wanted.limit(SHOWN)).all()


def _colleagues(actor: Actor) -> Select[Any]:
    """Everybody in the actor's organisation who may be addressed, by name."""
    talking = db.select(Membership.person_id).where(
        Membership.organisation_id == actor.organisation_id,
        Membership.ended_at.is_(None), Membership.role.in_(TALKING),
    )  # fmt: skip
    return (
        db.select(Person.id, Person.name, Person.email)
        .where(Person.active, Person.id != actor.person_id, Person.id.in_(talking))
        .order_by(Person.name, Person.id)
    )
