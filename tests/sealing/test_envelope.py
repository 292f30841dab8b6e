"""Does a sealed value open in its own place, for its own organisation, and nowhere else?"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import event

from app.db.scoping import IDENTITY, SYSTEM, WallBroken
from app.db.transactions import transaction
from app.extensions import db
from app.sealing import keys
from app.sealing.envelope import (
    BLOCK,
    Erased,
    Place,
    Unopenable,
    commitment,
    destroy,
    is_available,
    key_for,
    mark,
    open_bytes,
    reseal,
    seal,
    seal_bytes,
    unseal,
)
from tests.sealing.places import of, place_of, read, two_delegations, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def house(app: Any) -> Iterator[dict[str, str]]:
    with app.app_context():
        yield two_delegations()
        db.session.remove()


def sealed_in(house: dict[str, str], value: Any = "Nadie") -> tuple[Place, bytes]:
    place = place_of(house["hn"])
    sealed = written(of(house["hn"]), lambda: seal(key_for("dossier", house["hn"]), place, value))
    return place, sealed


def test_what_one_transaction_seals_another_opens(house: Any) -> None:
    place, sealed = sealed_in(house, {"nombre": "María", "hijos": [1, None]})
    opened = read(of(house["hn"]), lambda: unseal(key_for("dossier", house["hn"]), place, sealed))
    assert opened == {"nombre": "María", "hijos": [1, None]}


def test_nothing_of_the_value_stands_in_the_bytes_nor_its_length(house: Any) -> None:
    def lengths() -> set[int]:
        key, place = key_for("dossier", house["hn"]), place_of(house["hn"])
        sealed = [seal(key, place, word) for word in ("F", "TRANSIT", "F", "un nombre")]
        assert len(set(sealed)) == len(sealed)
        assert not any(b"TRANSIT" in one for one in sealed)
        return {len(one) for one in sealed}

    assert len(written(of(house["hn"]), lengths)) == 1


def test_every_part_of_a_place_counts(house: Any) -> None:
    place, sealed = sealed_in(house)
    for part in fields(Place):
        was = getattr(place, part.name)
        moved = replace(place, **{part.name: was + 1 if isinstance(was, int) else was + "x"})
        with pytest.raises(Unopenable):
            read(
                of(house["hn"]),
                lambda to=moved: unseal(key_for("dossier", house["hn"]), to, sealed),
            )


def test_two_places_that_read_alike_are_two_places(house: Any) -> None:
    one, other = {"key": "fee", "row_id": "leg1"}, {"key": "1fee", "row_id": "leg"}
    scope = of(house["hn"])
    place, elsewhere = place_of(house["hn"], **one), place_of(house["hn"], **other)
    sealed = written(scope, lambda: seal(key_for("dossier", house["hn"]), place, "x"))
    with pytest.raises(Unopenable):
        read(scope, lambda: unseal(key_for("dossier", house["hn"]), elsewhere, sealed))


def test_another_record_and_another_organisation_have_other_keys(house: Any) -> None:
    place, sealed = sealed_in(house)
    for organisation, record in ((house["hn"], "another"), (house["sv"], "dossier")):
        there = replace(place, organisation_id=organisation, record_id=record)
        with pytest.raises(Unopenable):
            written(of(organisation), lambda: unseal(key_for(record, organisation), there, sealed))  # noqa: B023
        with pytest.raises(Unopenable):  # not even where somebody says it is the old place
            written(of(organisation), lambda: unseal(key_for(record, organisation), place, sealed))  # noqa: B023


def test_a_key_is_stored_once_whoever_asks_first(house: Any) -> None:
    place, sealed = sealed_in(house)
    for _ in range(3):
        written(of(house["hn"]), lambda: key_for("dossier", house["hn"]))
    with transaction(writing=False) as session:
        assert len(session.execute(db.select(keys.StoredRecordKey)).all()) == 1
        assert len(session.execute(db.select(keys.OrganisationKey)).all()) == 1
    assert read(SYSTEM, lambda: unseal(key_for("dossier", house["hn"]), place, sealed)) == "Nadie"


def test_reading_makes_no_key(house: Any) -> None:
    with pytest.raises(Unopenable):
        read(of(house["hn"]), lambda: key_for("dossier", house["hn"]))


def test_a_key_made_in_what_was_undone_is_forgotten(house: Any) -> None:
    def act() -> tuple[Place, bytes]:
        place = place_of(house["hn"])
        undone = db.session.begin_nested()
        key_for("dossier", house["hn"])
        undone.rollback()
        return place, seal(key_for("dossier", house["hn"]), place, "kept")

    place, sealed = written(of(house["hn"]), act)
    assert read(SYSTEM, lambda: unseal(key_for("dossier", house["hn"]), place, sealed)) == "kept"


def test_no_key_outlives_its_transaction(house: Any) -> None:
    sealed_in(house)
    with transaction(writing=False, scope=of(house["hn"])) as session:
        key_for("dossier", house["hn"])
        assert session.info[keys.OPENED]
    assert keys.OPENED not in session.info


def test_nobody_asks_for_the_key_of_another_organisation(house: Any) -> None:
    sealed_in(house)
    for scope in (
        of(house["sv"]),
        IDENTITY,
        of(house["ca"], "sponsor"),
        of(house["hn"], "sponsor"),
    ):
        with pytest.raises(WallBroken):
            read(scope, lambda: key_for("dossier", house["hn"]))


def test_a_key_shows_nothing_and_goes_nowhere(house: Any, app: Any) -> None:
    key = written(of(house["hn"]), lambda: key_for("dossier", house["hn"]))
    assert "_cipher" not in repr(key)
    for one in (key, next(iter(keys.keyring()))):
        with pytest.raises(TypeError):
            pickle.dumps(one)
    assert "_secret" not in repr(next(iter(keys.keyring())))
    assert "master_keys" not in repr(app.config["ENLACE"]).replace("master_keys_file", "")


def test_an_erased_record_opens_no_more_and_takes_nothing_new(house: Any) -> None:
    place, sealed = sealed_in(house)
    scope = of(house["hn"])

    def erase() -> None:
        key_for("dossier", house["hn"])
        destroy("dossier", house["hn"], None, "retention_over")
        with pytest.raises(Erased):
            key_for("dossier", house["hn"])

    written(scope, erase)
    written(scope, lambda: destroy("dossier", house["hn"], None, "retention_over"))
    for asks in (read, written):
        with pytest.raises(Erased):
            asks(scope, lambda: unseal(key_for("dossier", house["hn"]), place, sealed))


def test_a_record_is_marked_as_erased_before_its_key_goes(house: Any) -> None:
    """Whoever makes a key looks at the mark: the other way round a new one could come in between."""
    sealed_in(house)
    said: list[str] = []

    def listen(*given: Any) -> None:
        said.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        written(of(house["hn"]), lambda: destroy("dossier", house["hn"], None, "retention_over"))
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    marked = next(n for n, each in enumerate(said) if each.startswith("UPDATE record_key"))
    gone = next(n for n, each in enumerate(said) if each.startswith("DELETE FROM wrapped_key"))
    assert marked < gone


def test_a_record_that_never_had_a_key_can_be_erased_too(house: Any) -> None:
    written(of(house["hn"]), lambda: destroy("dossier", house["hn"], None, "retention_over"))
    with pytest.raises(Erased):
        written(of(house["hn"]), lambda: key_for("dossier", house["hn"]))


def test_the_reason_of_an_erasure_is_a_code(house: Any) -> None:
    with pytest.raises(ValueError, match="code"):
        written(of(house["hn"]), lambda: destroy("d", house["hn"], None, "Lo pidió la señora X"))


def test_what_is_resealed_keeps_its_commitment_and_nothing_else_shares_it(house: Any) -> None:
    place, sealed = sealed_in(house)

    def act() -> None:
        key, theirs = key_for("dossier", house["hn"]), key_for("delivery", house["sv"])
        there = place_of(house["sv"], "delivery", table="delivery_sealed", revision=1)
        moved = reseal(key, place, sealed, theirs, there)
        assert unseal(theirs, there, moved) == "Nadie"
        assert commitment(theirs, there, moved) == commitment(key, place, sealed)
        assert commitment(key, place, seal(key, place, "Nadie")) != commitment(key, place, sealed)

    written(SYSTEM, act)


def test_a_file_is_no_answer(house: Any) -> None:
    def act() -> None:
        key, place = key_for("dossier", house["hn"]), place_of(house["hn"])
        sealed = seal_bytes(key, place, b'"%PDF"')
        assert open_bytes(key, place, sealed) == b'"%PDF"'
        assert len(sealed) % BLOCK == len(seal_bytes(key, place, b"")) % BLOCK
        with pytest.raises(Unopenable):
            unseal(key, place, sealed)
        with pytest.raises(Unopenable):
            open_bytes(key, place, seal(key, place, "x"))

    written(of(house["hn"]), act)


@given(value=VALUES)
def test_whatever_can_be_answered_comes_back(value: Any) -> None:
    key, place = loose_key(), place_of("hn")
    assert unseal(key, place, seal(key, place, value)) == value


@given(data=st.data(), value=VALUES)
def test_sealed_bytes_that_were_touched_do_not_open(data: st.DataObject, value: Any) -> None:
    key, place = loose_key(), place_of("hn")
    sealed = seal(key, place, value)
    at = data.draw(st.integers(0, len(sealed) - 1))
    touched = data.draw(
        st.sampled_from(
            [
                sealed[:at],
                sealed[at:] if at else b"",
                sealed + sealed[at:],
                sealed[:at] + bytes([sealed[at] ^ (1 << at % 8)]) + sealed[at + 1 :],
                sealed[:at] + sealed[at + 1 :],
            ]
        )
    )
    with pytest.raises(Unopenable):
        unseal(key, place, touched)


PLACES = st.builds(
    Place, organisation_id=st.sampled_from(["a", "ab"]), table=st.text(max_size=3),
    record_id=st.just("dossier"), row_id=st.text(max_size=3), key=st.text(max_size=3),
    klass=st.sampled_from(["personal", "secret"]), revision=st.integers(0, 11),
)  # fmt: skip


@given(here=PLACES, there=PLACES)
def test_no_two_places_share_what_is_sealed(here: Place, there: Place) -> None:
    assume(here != there)
    key = loose_key(here.organisation_id)
    sealed = seal(key, here, "x")
    with pytest.raises(Unopenable):
        unseal(replace(key, organisation_id=there.organisation_id), there, sealed)


def loose_key(organisation_id: str = "hn") -> keys.RecordKey:
    """A key of no database."""
    return keys.RecordKey.of("dossier", organisation_id, 1, bytes(range(32)))


def test_a_mark_is_of_one_value_in_one_place_under_one_key() -> None:
    here, key = Place("hn", "answer:d", "dossier", "", "name", "personal", 1), loose_key()
    marks = [
        mark(key, here, "x"), mark(key, here, "y"), mark(key, replace(here, revision=2), "x"),
        mark(key, replace(here, row_id="r"), "x"),
        mark(keys.RecordKey.of("dossier", "hn", 1, bytes(32)), here, "x"),
    ]  # fmt: skip
    assert len(set(marks)) == len(marks)
    assert mark(loose_key(), here, "x") == marks[0]
    with pytest.raises(Unopenable):
        mark(loose_key("sv"), here, "x")


def test_sealing_is_there_with_the_key_the_database_knows(house: Any, app: Any) -> None:
    assert read(SYSTEM, is_available)
    sealed_in(house)
    assert read(SYSTEM, is_available)
