"""Whose address and password are these, asked without holding a lock while hashing?"""

from __future__ import annotations

from app.accounts import actions, passwords, queries
from app.accounts.queries import Known
from app.audit import trail
from app.db.scoping import IDENTITY
from app.db.transactions import transaction
from app.extensions import db


def person_with(address: str, typed: str) -> Known | None:
    """The person with this address and this password; a refusal goes on record.

    It takes as long, and writes as much, for an address that is nobody's.
    """
    known = queries.find_by_address(address)
    if is_password_of(known, typed):
        return known
    put_refusal_on_record(known, address)
    return None


def is_password_of(known: Known | None, typed: str) -> bool:
    """Whether this is the person's password."""
    db.session.rollback()
    return passwords.is_right(typed, known.password if known else None)


def new_hash(typed: str) -> str:
    """What will be stored of a new password; begin to write afterwards."""
    db.session.rollback()
    return passwords.hashed(typed)


def put_refusal_on_record(known: Known | None, address: str) -> None:
    """In a transaction of its own: the one of the refused request is rolled back."""
    db.session.rollback()
    with transaction(writing=True, scope=IDENTITY) as session:
        actions.record_refused_sign_in(known, address)
        trail.append_queued(session)
