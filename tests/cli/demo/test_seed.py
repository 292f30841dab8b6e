"""Is the demonstration prepared once, wholly, on record, and only in an empty database?"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent, AuditHead
from app.audit.verify import verify
from app.cli.demo.seed import PLAYED, seed
from app.cli.demo.story import instant
from app.db.transactions import transaction
from app.extensions import db
from app.outbox import deeds
from app.outbox.models import DeliveredMail, OutboxMessage

BEGINS = instant("2004-05-24 09:00")


def test_the_clock_begins_on_24_may_2004_at_nine_in_panama(demonstration):
    shown = clock.now().astimezone(ZoneInfo("America/Panama"))
    # The offset is kept in whole seconds.
    assert timedelta(seconds=-1) <= shown - BEGINS < timedelta(minutes=5)


def test_the_audit_trail_verifies_and_runs_forward_in_time(looking):
    assert not verify().faults
    columns = (AuditEvent.seq, AuditEvent.at, AuditEvent.kind)
    events = looking.execute(select(*columns).order_by(AuditEvent.seq)).all()
    (end,) = (place for place, event in enumerate(events) if event.kind == PLAYED)
    assert end > 900
    assert all(before.at <= after.at for before, after in pairwise(events))
    assert events[end].at < BEGINS


def test_all_mail_of_the_past_can_be_read_and_is_dated_as_promised(looking):
    states = set(looking.scalars(select(OutboxMessage.state)))
    assert states == {"sent", "split"}
    mail = looking.scalars(select(DeliveredMail)).all()
    assert {letter.subject for letter in mail}
    assert all(letter.sent_at < BEGINS for letter in mail)
    promised = looking.scalars(
        select(func.count()).select_from(OutboxMessage)
        .where(OutboxMessage.state == "sent", OutboxMessage.kind.not_in(deeds.names()))
    ).one()  # fmt: skip
    assert len(mail) == promised > 200


def fingerprint(session):
    """How many rows each table has, and the end of the audit trail, which covers every answer."""
    counts = {table.name: session.scalar(select(func.count()).select_from(table))
              for table in db.metadata.sorted_tables}  # fmt: skip
    return counts, tuple(session.execute(select(AuditHead.seq, AuditHead.hash)).one())


def test_seeding_again_changes_nothing(demonstration):
    with demonstration.app_context():
        with transaction(writing=False) as session:
            before = fingerprint(session)
        seed()
        with transaction(writing=False) as session:
            assert fingerprint(session) == before
