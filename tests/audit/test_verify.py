"""Is every tampering with the audit trail found, by somebody who owns the database?"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, update

from app.audit import anchors, trail
from app.audit.anchors import Anchor
from app.audit.chain import GENESIS, canonical, commit_to, hash_of, new_salt
from app.audit.commit import committed
from app.audit.verify import ERASURE, verify
from tests.audit.tampering import (
    COLUMNS,
    EVENTS,
    HEAD,
    LENGTH,
    another,
    disarm,
    rows,
    write_some,
)
from tests.audit.tampering import (
    owner as owner,
)


def end() -> Anchor:
    return anchors.present()


def test_an_untouched_trail_holds(owner: Any) -> None:
    assert verify().faults == []
    write_some()
    found = verify()
    assert (found.count, found.faults) == (LENGTH, [])
    assert verify((end(),)).faults == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found_and_named(owner: Any, column: str) -> None:
    write_some()
    with owner() as connection:
        disarm(connection)
        one = rows(connection)[6]
        changed = another(one[column], column, random.Random(1))
        connection.execute(update(EVENTS).where(EVENTS.c.seq == 7).values({column: changed}))
    assert any(fault.seq in (7, 8, changed) for fault in verify().faults)


def test_a_value_taken_away_without_a_word_is_found(owner: Any) -> None:
    write_some()
    with owner() as connection:
        disarm(connection)
        gone = update(EVENTS).where(EVENTS.c.seq == 1).values(value=None, salt=None)
        connection.execute(gone)
    assert [(fault.seq, fault.reason) for fault in verify().faults] == [
        (1, "has lost the value it committed to")
    ]


def test_a_value_erased_on_record_leaves_the_chain_whole(owner: Any) -> None:
    write_some()
    with committed():
        trail.record(None, ERASURE, subject=("draft", "d0"), detail={"seqs": [1]})
    with owner() as connection:
        disarm(connection)
        connection.execute(update(EVENTS).where(EVENTS.c.seq == 1).values(value=None, salt=None))
    assert verify().faults == []


def test_an_erasure_that_was_planted_excuses_nothing(owner: Any) -> None:
    write_some()
    with owner() as connection:
        disarm(connection)
        connection.execute(update(EVENTS).where(EVENTS.c.seq == 1).values(value=None, salt=None))
        connection.execute(
            update(EVENTS).where(EVENTS.c.seq == 2).values(kind=ERASURE, detail='{"seqs":[1]}')
        )
    assert {fault.seq for fault in verify().faults} >= {1, 2}


def test_another_value_with_a_fresh_salt_is_found(owner: Any) -> None:
    write_some()
    salt = new_salt()
    with owner() as connection:
        disarm(connection)
        forged = {"value": "forged", "salt": salt, "commitment": commit_to("forged", None, salt)}
        connection.execute(update(EVENTS).where(EVENTS.c.seq == 1).values(forged))
    assert verify().faults


def write_anew(connection: Connection, events: list[dict[str, Any]]) -> None:
    """Forge a whole chain that holds in itself."""
    disarm(connection)
    connection.execute(delete(EVENTS))
    previous = GENESIS
    for number, event in enumerate(events, 1):
        event |= {"seq": number, "previous": previous}
        event["hash"] = previous = hash_of(event)
        connection.execute(insert(EVENTS).values(event))
    last = {"seq": len(events), "hash": previous, "at": events[-1]["at"] if events else None}
    connection.execute(update(HEAD).values(last))


def test_a_trail_written_anew_is_found_by_an_anchor_alone(owner: Any) -> None:
    write_some()
    remembered = end()
    with owner() as connection:
        events = rows(connection)
        events[3]["kind"] = "forged"
        write_anew(connection, events)
    assert verify().faults == []
    assert [fault.seq for fault in verify((remembered,)).faults] == [LENGTH]


def test_a_trail_cut_off_with_its_head_is_found_by_an_anchor_alone(owner: Any) -> None:
    write_some()
    remembered = end()
    with owner() as connection:
        write_anew(connection, rows(connection)[:5])
    assert verify().faults == []
    assert [fault.seq for fault in verify((remembered,)).faults] == [LENGTH]


def test_a_trail_that_lost_its_head_is_found(owner: Any) -> None:
    write_some(2)
    with owner() as connection:
        connection.execute(delete(HEAD))
    assert verify().faults


def test_a_row_that_cannot_be_read_is_found(owner: Any, database: Any) -> None:
    write_some(3)
    column = "at" if database.url.startswith("sqlite") else "value"
    broken = "'yesterday'" if column == "at" else "'[1,'::text::bytea::text::json"
    if column == "value":
        pytest.skip("PostgreSQL refuses to store what could not be read")
    with owner() as connection:
        disarm(connection)
        connection.exec_driver_sql(f"UPDATE audit_event SET {column} = {broken} WHERE seq = 2")
    assert verify().faults[0].reason.startswith("cannot be read")


def test_anchors_are_read_back_as_they_were_written(owner: Any) -> None:
    write_some(1)
    written = end()
    assert anchors.read([f"{written}\n", "\n"]) == (written.__class__(
        written.seq, written.hash, written.at.replace(microsecond=0)),)  # fmt: skip


@pytest.mark.parametrize("line", ["nothing", "1 abc 2026-01-01T00:00:00Z", "x " + "0" * 64 + " y"])
def test_a_line_that_is_no_anchor_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(anchors.NotAnAnchor) as refused:
        anchors.read(["", line])
    assert refused.value.args == (2,)


def test_detail_is_canonical_and_holds_no_value(owner: Any) -> None:
    write_some(1)
    with owner() as connection:
        event = rows(connection)[0]
    assert event["detail"] == canonical(json.loads(event["detail"]))
    assert "Ñandú" not in event["detail"]
