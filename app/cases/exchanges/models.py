"""What is kept of a communication: its envelope, to whom it went, and what arrived there?

Three things stand apart. The dossier and its answers are the sending unit's. The envelope (`exchange`,
`addressee`, `receipt`) is all that the Technical Secretariat reads. What an addressee's country holds
(`delivery`) is a copy of its own, projected before it was written: what either side reserved is not in
it, so that no page, search or export of that country can show it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class Exchange(db.Model, Owned):
    """The envelope of one communication. Its id is its dossier's; the dossier holds what is written."""

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(["organisation_id", "id"], ["dossier.organisation_id", "dossier.id"]),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        Index("ix_exchange_unit", "organisation_id", "unit_id", "created_at", "id"),
        Index("ix_exchange_thread", "thread_id"),
        Index("ix_exchange_retention", "retention_until"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    """The sending country's delegation."""
    unit_id: Mapped[str]
    """The unit that drafts and sends it; to its colleagues elsewhere in the delegation it does not exist."""
    reference: Mapped[str] = mapped_column(unique=True)
    """Such as CRM-HND-2004-K7M3QX; random, so that nothing can be counted or guessed from it."""
    state: Mapped[str]
    kind: Mapped[str]
    """The code of the kind of communication: ALERT, CASE_SHARE, REQUEST, REPLY, FOLLOW_UP or CLOSE."""
    thread_id: Mapped[str]
    """What communications that answer one another have in common: the id of the first."""
    answers_id: Mapped[str | None]
    """What arrived here and is answered or followed up by it: the id of its addressee row."""
    is_exercise: Mapped[bool] = mapped_column(default=False)
    """Whether it is practice with an invented case, which needs no opting in."""
    tlp: Mapped[str | None]
    purpose: Mapped[str | None]
    urgency: Mapped[str | None]
    reply_by: Mapped[date | None]
    retention_until: Mapped[date | None]
    hides_recipients: Mapped[bool] = mapped_column(default=False)
    """Whether an addressee is not told who else got it."""
    version_id: Mapped[str | None]
    """The version that was released last."""
    created_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    recalled_at: Mapped[datetime | None]
    recall_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closing_outcome: Mapped[str | None]
    """The code of how it ended, told to the units that had it."""
    closing_reason: Mapped[str] = mapped_column(default="")
    warned_days: Mapped[int | None]
    """How many days before its end its unit was last warned that it will be forgotten."""
    erased_at: Mapped[datetime | None]
    tombstone: Mapped[str | None]
    """What is left of it once it is forgotten: the hash of the last version that was certified."""
    revision: Mapped[int] = mapped_column(default=1)


class Addressee(db.Model):
    """One unit to which a communication was released, and what became of it there.

    It stands between two countries: both read it, and each writes its own moves.
    """

    __tablename__ = "addressee"
    __table_args__ = (
        UniqueConstraint("exchange_id", "unit_id"),
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(
            ["sender_id", "exchange_id"], ["exchange.organisation_id", "exchange.id"]
        ),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        Index("ix_addressee_unit", "organisation_id", "unit_id", "queued_at", "id"),
        Index("ix_addressee_access", "access_until"),
    )

    id: Mapped[str] = primary_id()
    exchange_id: Mapped[str]
    sender_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    """The addressee's country."""
    unit_id: Mapped[str]
    state: Mapped[str]
    forwarded_by_id: Mapped[str | None] = mapped_column(ForeignKey("addressee.id"))
    """The addressee that forwarded it, where the sender did not send it here itself."""
    via: Mapped[str] = mapped_column(default="")
    """The countries through which it came, codes parted by spaces."""
    released: Mapped[str] = mapped_column(default="")
    """Places of class secret that were released to this unit expressly, parted by spaces."""
    access_until: Mapped[date | None]
    """The last day on which it may be read here; apart from how long the sender keeps the case."""
    warned_days: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was rejected."""
    queued_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)


class Receipt(db.Model):
    """One step of a communication at an addressee: delivered, opened, accepted … Written once."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("addressee_id", "number"),)

    id: Mapped[str] = primary_id()
    addressee_id: Mapped[str] = mapped_column(ForeignKey("addressee.id"))
    number: Mapped[int]
    """Counts the steps of an addressee; two at once cannot be taken from the same place."""
    state: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Who took the step; empty where Enlace did."""
    by_name: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Delivery(db.Model, Owned):
    """What one release left with an addressee's country: its own copy of what it may know."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("addressee_id", "number"),
        ForeignKeyConstraint(
            ["organisation_id", "addressee_id"], ["addressee.organisation_id", "addressee.id"]
        ),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    """The country that holds the copy; the sender cannot read it back."""
    addressee_id: Mapped[str]
    number: Mapped[int]
    """Counts the releases to this addressee; the newest one is read."""
    format_version: Mapped[int]
    version_number: Mapped[int]
    """Which version of the sender it was taken from."""
    lang: Mapped[str]
    """The language the words were written in."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """What this country may know without opening anything, under the delivery's own key, so that all of
    it can be forgotten; what was masked or kept back, where that is told, stands in it too."""
    hash: Mapped[str]
    outside: Mapped[str] = mapped_column(default="")
    """Which answers of the envelope may be told outside the copy, in lists: keys parted by spaces."""
    delivered_at: Mapped[datetime]


class DeliverySealed(db.Model, Owned):
    """One personal or secret value in a delivery, to be opened on purpose; under the delivery's own key."""

    __tablename__ = "delivery_sealed"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "delivery_id"], ["delivery.organisation_id", "delivery.id"]
        ),
    )

    delivery_id: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True, default="")
    key: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    klass: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
