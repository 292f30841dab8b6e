"""Which key opens a record, and where does it come from?

master key (environment or file) → key of the organisation → key of the record. A key is unwrapped for the
transaction that needs it and forgotten with it. Only a transaction that writes makes a new one.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

import config
from app import clock
from app.db import scoping
from app.db.adding import add_missing
from app.db.scoping import Wall, WallBroken
from app.extensions import db
from app.sealing import box
from app.sealing.master import Keyring, Malformed, MasterKey
from app.sealing.models import KnownMasterKey, OrganisationKey, StoredRecordKey, WrappedKey
from app.sealing.refusals import Erased, SealingUnavailable, Unopenable

EXTENSION = "sealing"
OPENED = "sealing_keys"
"""Where a session remembers the keys of its transaction."""
FIRST = 1
_master: Any = KnownMasterKey.__table__
_organisation: Any = OrganisationKey.__table__
_record: Any = StoredRecordKey.__table__
_wrapped: Any = WrappedKey.__table__


@dataclass(frozen=True)
class RecordKey:
    """Seals and opens what belongs to one record, for as long as the transaction lasts."""

    record_id: str
    organisation_id: str
    version: int
    _cipher: AESGCM = field(repr=False, compare=False)
    _marking: bytes = field(repr=False, compare=False)

    @classmethod
    def of(cls, record_id: str, organisation_id: str, version: int, secret: bytes) -> RecordKey:
        marking = hmac.digest(secret, box.bind("marking"), "sha256")
        return cls(record_id, organisation_id, version, AESGCM(secret), marking)

    def lock(self, text: bytes, bound_to: bytes) -> bytes:
        return box.lock(self._cipher, text, bound_to)

    def unlock(self, locked: bytes | None, bound_to: bytes) -> bytes:
        return box.unlock(self._cipher, locked, bound_to)

    def mark(self, text: bytes, bound_to: bytes) -> str:
        """What is the same for the same text in the same place, and for nothing else."""
        return hmac.new(self._marking, bound_to + text, "sha256").hexdigest()

    def __reduce__(self) -> str:
        raise TypeError("a key goes nowhere")


@dataclass(frozen=True)
class OpenOrganisationKey:
    """The key of an organisation, unwrapped."""

    organisation_id: str
    version: int
    _secret: bytes = field(repr=False, compare=False)

    def wrap(self, record_id: str, version: int, secret: bytes) -> bytes:
        return box.lock(AESGCM(self._secret), secret, self._bound_to(record_id, version))

    def unwrap(self, record_id: str, version: int, wrapped: bytes | None) -> bytes:
        return box.unlock(AESGCM(self._secret), wrapped, self._bound_to(record_id, version))

    def _bound_to(self, record_id: str, version: int) -> bytes:
        return box.bind("record key", self.organisation_id, self.version, record_id, version)

    def __reduce__(self) -> str:
        raise TypeError("a key goes nowhere")


def prepare(app: Flask, settings: config.Settings) -> None:
    """Give the application its master keys. Raises UnsafeSettings where they are malformed."""
    if settings.master_keys and settings.master_keys_file:
        raise config.UnsafeSettings(
            ["ENLACE_MASTER_KEYS and ENLACE_MASTER_KEYS_FILE: name the keys in one place"]
        )
    try:
        app.extensions[EXTENSION] = Keyring(settings.master_keys, settings.master_keys_file)
    except Malformed as fault:
        name = "ENLACE_MASTER_KEYS_FILE" if settings.master_keys_file else "ENLACE_MASTER_KEYS"
        raise config.UnsafeSettings([f"{name}: {fault}"]) from None
    with app.app_context():
        watch(db.session)


def watch(session: Any) -> None:
    """Let a session forget its keys with its transaction; once for each process."""
    if not event.contains(session, "after_transaction_end", _forget_at_the_end):
        event.listen(session, "after_transaction_end", _forget_at_the_end)
        event.listen(session, "after_soft_rollback", _forget_what_was_undone)


def _forget_at_the_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(OPENED, None)


def _forget_what_was_undone(session: Session, _: SessionTransaction) -> None:
    session.info.pop(OPENED, None)  # perhaps one was made in what was undone


def keyring() -> Keyring:
    ring: Keyring = current_app.extensions[EXTENSION]
    return ring


def is_available() -> bool:
    """Whether values can be sealed and opened: there is a master key that this database knows."""
    known = known_master_keys()
    return any(not known or _is_the_same(key, known) for key in keyring())


def key_for(record_id: str, organisation_id: str) -> RecordKey:
    """The key of a record; a transaction that writes makes it when it is first asked for.

    Raises Erased once the record's key was destroyed, Unopenable where nothing was ever sealed and this
    transaction only reads, SealingUnavailable without the master key.
    """
    refuse_foreign(organisation_id)
    opened = db.session().info.setdefault(OPENED, {})
    place = (organisation_id, record_id)
    if place not in opened:
        opened[place] = _opened(record_id, organisation_id)
    key: RecordKey = opened[place]
    return key


def refuse_foreign(organisation_id: str) -> None:
    """Whoever asks opens their own organisation's keys only, on a database without walls too."""
    scope = scoping.current()
    if scope.wall in (Wall.SYSTEM, Wall.BARE):
        return
    if scope.wall is not Wall.ORGANISATION or scope.organisation_id != organisation_id:
        raise WallBroken("a key belongs to another organisation")


def _opened(record_id: str, organisation_id: str) -> RecordKey:
    stored = _stored(record_id, organisation_id)
    if stored is None:
        if not scoping.is_writing():
            raise Unopenable
        _make(record_id, organisation_id)
        stored = _stored(record_id, organisation_id)
    if stored is None:
        raise Unopenable
    if stored.destroyed_at is not None:
        raise Erased
    if stored.record_wrapped is None:  # brought back from a backup, its key not yet
        raise SealingUnavailable
    upper = open_organisation_key(stored)
    secret = upper.unwrap(record_id, stored.version, stored.record_wrapped)
    return RecordKey.of(record_id, organisation_id, stored.version, secret)


def _stored(record_id: str, organisation_id: str) -> Any:
    # One statement, so that a rotation never comes between a key and the one that wraps it.
    return db.session.execute(
        select(
            _record.c.version,
            _record.c.destroyed_at,
            _wrapped.c.wrapped.label("record_wrapped"),
            *ORGANISATION_KEY,
        )
        .select_from(_record)
        .outerjoin(
            _wrapped,
            (_wrapped.c.organisation_id == _record.c.organisation_id)
            & (_wrapped.c.record_id == _record.c.record_id),
        )
        .outerjoin(_organisation, OF_WRAPPED)
        .outerjoin(_master, _master.c.id == _organisation.c.master_id)
        .where(_record.c.organisation_id == organisation_id, _record.c.record_id == record_id)
    ).one_or_none()


OF_WRAPPED = (_organisation.c.organisation_id == _wrapped.c.organisation_id) & (
    _organisation.c.version == _wrapped.c.organisation_key_version
)
ORGANISATION_KEY = (
    _organisation.c.organisation_id,
    _organisation.c.version.label("organisation_version"),
    _organisation.c.master_id,
    _organisation.c.wrapped,
    _master.c.fingerprint,
)
"""What it takes to open the key of an organisation."""


def open_organisation_key(row: Any) -> OpenOrganisationKey:
    """Unwrap it. Raises SealingUnavailable without its master key, Unopenable where it was changed."""
    if row.organisation_id is None:
        raise Unopenable
    master = keyring().of(row.master_id)
    if master is None or master.fingerprint != row.fingerprint:
        raise SealingUnavailable
    bound_to = _bound_to(row.organisation_id, row.organisation_version, master)
    secret = master.unwrap(row.wrapped, bound_to)
    return OpenOrganisationKey(row.organisation_id, row.organisation_version, secret)


def _bound_to(organisation_id: str, version: int, master: MasterKey) -> bytes:
    return box.bind("organisation key", organisation_id, version, master.id)


def _make(record_id: str, organisation_id: str) -> None:
    """Store a new key for the record, unless another transaction does so first."""
    upper = current_organisation_key(organisation_id)
    place = {"organisation_id": organisation_id, "record_id": record_id}
    add_missing(_record, [place | {"version": FIRST, "created_at": clock.now()}])
    wrapped = upper.wrap(record_id, FIRST, box.new_secret())
    key = {"organisation_key_version": upper.version, "wrapped": wrapped}
    # Held until we have written: an erasure marks the record first, and waits or has been.
    living = (
        select(_record.c.destroyed_at)
        .where(_record.c.organisation_id == organisation_id, _record.c.record_id == record_id)
        .with_for_update()
    )
    if db.session.execute(living).scalar_one() is None:
        add_missing(_wrapped, [place | key])


def current_organisation_key(organisation_id: str) -> OpenOrganisationKey:
    """The newest key of an organisation; its first one is made when it is first needed."""
    row = _newest(organisation_id)
    if row is None:
        add_organisation_key(organisation_id, FIRST)
        row = _newest(organisation_id)
    if row is None:
        raise SealingUnavailable
    return open_organisation_key(row)


def _newest(organisation_id: str) -> Any:
    newest = (
        select(*ORGANISATION_KEY)
        .join_from(_organisation, _master)
        .where(_organisation.c.organisation_id == organisation_id)
        .order_by(_organisation.c.version.desc())
        .limit(1)
        # Held until we have written with it: a rotation waits before it takes the key away.
        .with_for_update(read=True, key_share=True, of=_organisation)
    )
    return db.session.execute(newest).one_or_none() or db.session.execute(newest).one_or_none()


def add_organisation_key(organisation_id: str, version: int) -> None:
    """Store a new key for the organisation, unless that version is there already."""
    master = wrapping_key()
    secret = box.new_secret()
    row = {
        "organisation_id": organisation_id,
        "version": version,
        "master_id": master.id,
        "wrapped": master.wrap(secret, _bound_to(organisation_id, version, master)),
        "created_at": clock.now(),
    }
    add_missing(_organisation, [row])


def wrapping_key() -> MasterKey:
    """The first master key that this database knows; an empty database comes to know the first of all.

    So a wrong key never wraps anything. Raises SealingUnavailable.
    """
    ring = list(keyring())
    known = known_master_keys()
    if not known and ring:
        introduce(ring[0])
        known = known_master_keys()
    for key in ring:
        if _is_the_same(key, known):
            return key
    raise SealingUnavailable


def introduce(key: MasterKey) -> None:
    """Let the database know a master key by its mark."""
    row = {"id": key.id, "fingerprint": key.fingerprint, "introduced_at": clock.now()}
    add_missing(_master, [row])


def known_master_keys() -> dict[str, str]:
    """The marks of the master keys that this database knows."""
    rows = db.session.execute(select(_master.c.id, _master.c.fingerprint))
    return {row.id: row.fingerprint for row in rows}


def _is_the_same(key: MasterKey, known: dict[str, str]) -> bool:
    return known.get(key.id) == key.fingerprint
