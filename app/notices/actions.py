"""What can somebody do about their notices: read one, read all, and choose their mail?"""

from __future__ import annotations

from collections.abc import Collection

from app import clock
from app.audit import trail
from app.db.adding import add_missing
from app.extensions import db
from app.notices import queries
from app.notices.models import MailChoice, Notice
from app.outbox.families import ALL
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission


def read(actor: Actor, notice: Notice) -> None:
    """Mark a notice as read; reading it again changes nothing."""
    require(actor, Permission.OWN_NOTICES)
    if notice.read_at is None:
        notice.read_at = clock.now()


def read_all(actor: Actor) -> None:
    """Mark everything as read of which the person was told for the organisation acted for."""
    require(actor, Permission.OWN_NOTICES)
    table = Notice.__table__
    db.session.execute(
        db.update(table)
        .where(table.c.person_id == actor.person_id, table.c.read_at.is_(None),
               table.c.organisation_id == actor.organisation_id)
        .values(read_at=clock.now())
    )  # fmt: skip


def choose_mail(actor: Actor, wanted: Collection[str]) -> None:
    """Keep which families of mail the person wants; the others are done without."""
    require(actor, Permission.OWN_NOTICES)
    before = queries.families_done_without(actor)
    without = {family for family in ALL if family not in wanted}
    # Each is one statement that may find its work done: another window of theirs may be as fast.
    table = MailChoice.__table__
    db.session.execute(
        db.delete(table)
        .where(table.c.person_id == actor.person_id, table.c.family.in_(before - without))
    )  # fmt: skip
    added, now = sorted(without - before), clock.real_now()
    add_missing(table, [
        {"person_id": actor.person_id, "family": family, "since": now} for family in added
    ])  # fmt: skip
    if without != before:
        trail.record(actor, "mail-chosen", subject=("person", actor.person_id),
                     detail={"without": sorted(without)})  # fmt: skip
