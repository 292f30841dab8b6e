"""Does the chain bind to what it records, and tell nothing of what was erased?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.chain import COVERED, canonical, commit_to, hash_of, new_salt
from app.audit.models import AuditEvent

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
EVENT: dict[str, Any] = {
    "seq": 1, "at": datetime(2004, 5, 24, 14, tzinfo=UTC), "kind": "answer-saved", "person_id": "p",
    "acting_organisation_id": "o", "owner_organisation_id": "o", "subject_kind": "draft",
    "subject_id": "d", "part": "title", "row_id": "", "revision": 1, "detail": "{}",
    "commitment": "c", "previous": "0" * 64,
}  # fmt: skip


def test_every_column_is_covered_itself_or_by_the_commitment() -> None:
    through_commitment = {"value", "sealed", "salt"}
    assert {*COVERED, *through_commitment, "hash"} == set(AuditEvent.__table__.columns.keys())


@pytest.mark.parametrize("column", COVERED)
def test_a_change_of_any_covered_column_changes_the_hash(column: str) -> None:
    other = datetime(2004, 5, 25, tzinfo=UTC) if column == "at" else "another"
    assert hash_of(EVENT | {column: other}) != hash_of(EVENT)


def test_an_instant_is_the_same_whatever_its_zone_was_called() -> None:
    from zoneinfo import ZoneInfo

    there = EVENT["at"].astimezone(ZoneInfo("America/Panama"))
    assert hash_of(EVENT | {"at": there}) == hash_of(EVENT)


@given(values, values)
def test_two_values_never_share_a_commitment(one: Any, other: Any) -> None:
    salt = new_salt()
    if canonical(one) != canonical(other):
        assert commit_to(one, None, salt) != commit_to(other, None, salt)


@given(st.binary(max_size=20), values, st.text(max_size=5))
def test_sealed_bytes_never_pass_for_a_value(sealed: bytes, value: Any, salt: str) -> None:
    assert commit_to(value, sealed, salt) != commit_to(value, None, salt)
    assert commit_to(sealed.hex(), None, salt) != commit_to(None, sealed, salt)


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_salt_and_value_do_not_run_into_each_other(salt: str, first: str, second: str) -> None:
    if first:
        assert commit_to(first + second, None, salt) != commit_to(second, None, salt + first)


def test_salt_and_value_can_be_erased_and_the_hash_still_holds() -> None:
    salt = new_salt()
    event = EVENT | {"value": "yes", "salt": salt, "commitment": commit_to("yes", None, salt)}
    assert hash_of(event | {"value": None, "salt": None}) == hash_of(event)
    assert commit_to("yes", None, new_salt()) != event["commitment"]
