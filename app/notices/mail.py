"""What does the mail about notices say, and to whom does it go at all?

Two lines without content. Whoever has read everything meanwhile, does without, or
has left the organisation that it was about, gets none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.accounts.models import Person
from app.extensions import db
from app.notices import queries
from app.notices.kinds import KINDS, path_of
from app.notices.models import Notice
from app.notices.telling import DIGEST, bounds_of
from app.outbox.families import ALL, CASES, COMMENTS, READY, STEPS, knows_choices
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee, finds


@knows_choices
def do_without(family: str, person_ids: Collection[str]) -> set[str]:
    """Who of these people switched a family of mail off."""
    return queries.do_without(family, person_ids)


@finds(DIGEST)
def reader(person_id: str, organisation_id: str, quarter: str) -> Sequence[Person]:
    """The person, while something of that quarter of an hour is unread and wanted by mail."""
    found = db.session.get(Person, person_id)
    if found is None or not found.active:
        return []
    if not queries.is_still_of(person_id, organisation_id):
        return []
    return [found] if waiting(person_id, organisation_id, int(quarter)) else []


@mail_kind(DIGEST)
def about(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """How many things there are, and where to look: at the one place, or at all notices."""
    found = waiting(recipient.id, params["organisation"], params["quarter"])
    many = Counter(KINDS[one.kind].family for one in found)
    path = "/notices"
    if len(found) == 1:
        path = path_of(found[0].kind, found[0].subject_id, found[0].dossier_id)
    return {"path": path, "steps": many[STEPS], "comments": many[COMMENTS], "ready": many[READY],
            "cases": many[CASES]}  # fmt: skip


def waiting(person_id: str, organisation_id: str, quarter: int) -> list[Notice]:
    """What the mail of a quarter of an hour is about: unread, and of a family that is wanted."""
    begins, ends = bounds_of(quarter)
    wanted = [f for f in ALL if person_id not in queries.do_without(f, [person_id])]
    kinds = [name for name, kind in KINDS.items() if kind.family in wanted]
    return list(
        db.session.scalars(
            db.select(Notice)
            .where(Notice.person_id == person_id, Notice.organisation_id == organisation_id,
                   Notice.at >= begins, Notice.at < ends, Notice.read_at.is_(None),
                   Notice.kind.in_(kinds), Notice.is_mailed)
            .order_by(Notice.at, Notice.id)
        )
    )  # fmt: skip
