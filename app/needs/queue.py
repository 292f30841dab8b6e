"""Which submitted needs wait for review beside this one, of those that the reviewer's list shows?

In the order in which they were submitted. The filters of the list travel in the addresses, so that whoever
reviews the needs of one country or theme goes on with those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func

from app.extensions import db
from app.intake.models import Dossier, Version
from app.needs.listing import Wanted, rows_of
from app.policy.actor import Actor
from app.web.keyset import beyond, in_order

MOST_COUNTED = 100
"""Beyond it the count only says that there are more."""
_ORDER = Version.certified_at, Dossier.id


@dataclass(frozen=True)
class Around:
    """The ids of the needs before and after a place in the queue, and how many wait in all."""

    previous_id: str | None
    next_id: str | None
    first_id: str | None
    waiting: int


def of_queue(asked: Wanted) -> dict[str, str]:
    """The words of an address that keep what a list was narrowed to."""
    narrowed = Wanted(call=asked.call, country=asked.country, theme=asked.theme, words=asked.words)
    return narrowed.query()


def around(actor: Actor, need_id: str, asked: Wanted) -> Around:
    """What waits around a need, whether or not it still waits itself."""
    waiting = rows_of(actor, replace(asked, state="submitted"), (Dossier.id,))
    submitted_at = db.session.scalar(
        db.select(Version.certified_at)
        .join(Dossier, Dossier.latest_version_id == Version.id)
        .where(Dossier.id == need_id)
    )

    def first(query: Select[Any], *, ascending: bool = True) -> str | None:
        return db.session.scalar(query.order_by(*in_order(*_ORDER, ascending=ascending)).limit(1))

    def towards(*, ascending: bool) -> str | None:
        place = (submitted_at, need_id)
        return first(
            waiting.where(beyond(*_ORDER, place, ascending=ascending)), ascending=ascending
        )

    counted = db.select(func.count()).select_from(waiting.limit(MOST_COUNTED + 1).subquery())
    return Around(
        previous_id=towards(ascending=False), next_id=towards(ascending=True),
        first_id=first(waiting.where(Dossier.id != need_id)),
        waiting=db.session.scalar(counted) or 0,
    )  # fmt: skip
