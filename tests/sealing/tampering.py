"""How might somebody who can write to the database try to make a sealed value say something else?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from app.extensions import db
from app.sealing import keys
from app.sealing.envelope import Place, key_for, seal, unseal
from app.sealing.models import OrganisationKey, WrappedKey

Sealed = tuple[Place, bytes]
TABLES = ("answer", "version_sealed", "delivery_sealed", "audit_event")
_wrapped: Any = WrappedKey.__table__
_organisation: Any = OrganisationKey.__table__


def somewhere(chance: random.Random, house: dict[str, str]) -> Place:
    return Place(
        organisation_id=house[chance.choice(("hn", "sv"))],
        table=chance.choice(TABLES),
        record_id=chance.choice(("dossier", "another", "delivery")),
        row_id=chance.choice(("", "p1", "p2")),
        key=chance.choice(("full_name", "document_number", "notes")),
        klass=chance.choice(("personal", "secret")),
        revision=chance.randrange(1, 5),
    )


def sealed_at(place: Place) -> Sealed:
    key = key_for(place.record_id, place.organisation_id)
    return place, seal(key, place, "what somebody said")


def open_at(place: Place, sealed: bytes) -> Any:
    return unseal(key_for(place.record_id, place.organisation_id), place, sealed)


def swapped(chance: random.Random, house: dict[str, str]) -> Any:
    """The bytes of another place, whatever that is."""
    here = somewhere(chance, house)
    there = somewhere(chance, house)
    while there == here:
        there = somewhere(chance, house)
    return open_at(here, sealed_at(there)[1])


def swapped_in_one_part(chance: random.Random, house: dict[str, str]) -> Any:
    """The bytes of a place that differs in a single part."""
    here, other = somewhere(chance, house), somewhere(chance, house)
    part = chance.choice(("organisation_id", "table", "record_id", "row_id", "key", "klass"))
    if getattr(other, part) == getattr(here, part):
        return swapped(chance, house)
    return open_at(here, sealed_at(replace(here, **{part: getattr(other, part)}))[1])


def replayed(chance: random.Random, house: dict[str, str]) -> Any:
    """The bytes of an older revision of the same place."""
    here = somewhere(chance, house)
    older = replace(here, revision=here.revision - 1)
    return open_at(here, sealed_at(older)[1])


def cut(chance: random.Random, house: dict[str, str]) -> Any:
    here, sealed = sealed_at(somewhere(chance, house))
    at = chance.randrange(len(sealed))
    return open_at(
        here, chance.choice((sealed[:at], sealed[at + 1 :], sealed[:at] + sealed[at + 1 :]))
    )


def lengthened(chance: random.Random, house: dict[str, str]) -> Any:
    here, sealed = sealed_at(somewhere(chance, house))
    at, more = chance.randrange(len(sealed) + 1), chance.randbytes(chance.randrange(1, 20))
    return open_at(here, sealed[:at] + more + sealed[at:])


def flipped(chance: random.Random, house: dict[str, str]) -> Any:
    here, sealed = sealed_at(somewhere(chance, house))
    touched = bytearray(sealed)
    for at in chance.sample(range(len(sealed)), chance.randrange(1, 4)):
        touched[at] ^= 1 << chance.randrange(8)
    return open_at(here, bytes(touched))


def spliced(chance: random.Random, house: dict[str, str]) -> Any:
    """The beginning of one sealing and the end of another, of the same place and value."""
    here, first = sealed_at(somewhere(chance, house))
    second = sealed_at(here)[1]
    at = chance.randrange(2, len(first) - 1)
    return open_at(here, first[:at] + second[at:])


def key_moved(chance: random.Random, house: dict[str, str]) -> Any:
    """The wrapped key of another record."""
    here, sealed = sealed_at(somewhere(chance, house))
    other = chance.choice(
        [name for name in ("dossier", "another", "delivery") if name != here.record_id]
    )
    key_for(other, here.organisation_id)
    of = _wrapped.c.organisation_id == here.organisation_id
    theirs = select(_wrapped.c.wrapped).where(of, _wrapped.c.record_id == other)
    mine = update(_wrapped).where(of, _wrapped.c.record_id == here.record_id)
    db.session.execute(mine.values(wrapped=db.session.execute(theirs).scalar_one()))
    return opened_anew(here, sealed)


def key_touched(chance: random.Random, house: dict[str, str]) -> Any:
    """A changed key of the record, or of its organisation."""
    here, sealed = sealed_at(somewhere(chance, house))
    table = chance.choice((_wrapped, _organisation))
    of = table.c.organisation_id == here.organisation_id
    wrapped = bytearray(db.session.execute(select(table.c.wrapped).where(of)).scalars().first())
    wrapped[chance.randrange(len(wrapped))] ^= 1 << chance.randrange(8)
    db.session.execute(update(table).where(of).values(wrapped=bytes(wrapped)))
    return opened_anew(here, sealed)


def opened_anew(place: Place, sealed: bytes) -> Any:
    """As another transaction would, which has not opened the key yet."""
    db.session().info.pop(keys.OPENED)
    return open_at(place, sealed)


WAYS: tuple[Callable[[random.Random, dict[str, str]], Any], ...] = (
    swapped, swapped_in_one_part, replayed, cut, lengthened, flipped, spliced, key_moved, key_touched,
)  # fmt: skip
