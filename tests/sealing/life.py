"""What may come over the sealed records of one country, in any order, and what must be true after each?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from app.db.scoping import SYSTEM
from app.extensions import db
from app.sealing import carried, erasing, key_file, rotating
from app.sealing.envelope import (
    Erased,
    Place,
    SealingUnavailable,
    Unopenable,
    destroy,
    key_for,
    reseal,
    seal,
    unseal,
)
from app.sealing.models import OrganisationKey, WrappedKey
from tests.sealing.places import line, of, place_of, read, written

RECORDS = ("dossier", "another", "delivery")


class Life:
    """One organisation, and what its records are known to hold."""

    def __init__(self, organisation_id: str, ring: Path, copies: Path) -> None:
        self.id, self._ring, self._copies = organisation_id, ring, copies
        self.held: dict[Place, tuple[str, bytes]] = {}
        self.erased: set[str] = set()
        self._number = 0

    def act(self, chance: random.Random) -> str:
        """One thing happens; its name."""
        act: Callable[[random.Random], None] = chance.choice(
            (self.seal, self.seal, self.save_again, self.carry_over, self.erase, self.rotate,
             self.rotate_a_little, self.restore)
        )  # fmt: skip
        act(chance)
        return act.__name__

    def hold(self) -> None:
        """Everything that is not erased opens, and says what it said; nothing erased does."""
        for place, (value, sealed) in self.held.items():
            if place.record_id in self.erased:
                with pytest.raises(Erased):
                    self._open(place, sealed)
            else:
                assert self._open(place, sealed) == value

    def _open(self, place: Place, sealed: bytes) -> Any:
        return read(of(self.id), lambda: unseal(key_for(place.record_id, self.id), place, sealed))

    def seal(self, chance: random.Random) -> None:
        self._seal(place_of(self.id, chance.choice(RECORDS), row_id=f"p{chance.randrange(9)}"))

    def save_again(self, chance: random.Random) -> None:
        """The same place, one revision later; the older bytes must not open there."""
        if not self.held:
            return self.seal(chance)
        place = chance.choice(list(self.held))
        _, older = self.held.pop(place)
        newer = replace(place, revision=place.revision + 1)
        self._seal(newer)
        with pytest.raises(Unopenable):
            self._open(newer, older)
        return None

    def _seal(self, place: Place) -> None:
        self._number += 1
        value = f"value {self._number}"
        if place.record_id in self.erased:
            with pytest.raises(Erased):
                self._written(place, value)
        else:
            self.held[place] = (value, self._written(place, value))

    def _written(self, place: Place, value: str) -> bytes:
        bytes_: bytes = written(
            of(self.id), lambda: seal(key_for(place.record_id, self.id), place, value)
        )
        return bytes_

    def carry_over(self, chance: random.Random) -> None:
        """From a draft to a version, without being read."""
        there = [place for place in self.held if place.record_id not in self.erased]
        if not there:
            return
        place = chance.choice(there)
        value, sealed = self.held[place]
        to = replace(place, table="version_sealed", revision=1)

        def move() -> bytes:
            key = key_for(place.record_id, self.id)
            return reseal(key, place, sealed, key, to)

        self.held[to] = (value, written(of(self.id), move))

    def erase(self, chance: random.Random) -> None:
        if chance.random() < 0.5:  # less often than the rest
            record = chance.choice(RECORDS)
            written(of(self.id), lambda: destroy(record, self.id, None, "retention_over"))
            self.erased.add(record)

    def rotate(self, chance: random.Random) -> None:
        """A new master key, to the end."""
        self._new_key(chance)
        batch: rotating.Batch | None = rotating.Batch("", 0, 0)
        while batch is not None:
            after = batch.last
            batch = written(SYSTEM, lambda after=after: rotating.rewrap(self.id, after))
        assert written(SYSTEM, lambda: rotating.drop_unused(self.id)) == 0

    def rotate_a_little(self, chance: random.Random) -> None:
        """A new master key, broken off at once or after some records."""
        self._new_key(chance)
        if chance.random() < 0.5:
            written(SYSTEM, lambda: rotating.rewrap(self.id, chance.choice(RECORDS)))

    def _new_key(self, chance: random.Random) -> None:
        key_file.put_first(self._ring, line(f"k{chance.randrange(10**12)}"))
        first = written(SYSTEM, rotating.introduce_first)
        mine = select(OrganisationKey.version).where(OrganisationKey.organisation_id == self.id)
        if read(SYSTEM, lambda: db.session.execute(mine).all()):
            written(SYSTEM, lambda: rotating.renew(self.id, first))

    def restore(self, chance: random.Random) -> None:
        """A backup from before some erasures is brought back, and the ledger of the living one with it."""
        keys = self._copies / f"{self.id}.keys"
        read(SYSTEM, lambda: carried.write(keys))
        self.erase(chance)
        parts = carried.read(keys)
        keys.unlink()
        ledger = read(SYSTEM, erasing.ledger)
        mine = WrappedKey.organisation_id == self.id
        written(SYSTEM, lambda: db.session.execute(delete(WrappedKey.__table__).where(mine)))
        for place, (_, sealed) in self.held.items():
            with pytest.raises((SealingUnavailable, Erased)):
                self._open(place, sealed)
        written(SYSTEM, lambda: carried.bring_back(parts, ledger))
