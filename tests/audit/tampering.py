"""What could somebody do to the audit trail who owns the database?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, delete, insert, select, update

from app.audit import trail
from app.audit.chain import hash_of
from app.audit.commit import committed
from app.audit.models import AuditEvent, AuditHead

EVENTS, HEAD = AuditEvent.__table__, AuditHead.__table__
COLUMNS = [column.name for column in EVENTS.columns]
LENGTH = 12


@pytest.fixture
def owner(app: Any, database: Any) -> Iterator[Callable[[], Any]]:
    """Opens a transaction with the powers of the database's owner: no trigger and no wall."""
    engine = create_engine(database.owner_url)

    with app.app_context():
        yield engine.begin
    engine.dispose()


def disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET session_replication_role = replica")
    else:
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS keep_audit_event_{verb}")


def write_some(length: int = LENGTH) -> None:
    for number in range(length):
        with committed():
            is_answer = number % 3 == 0
            trail.record(None, "answer-saved", subject=("draft", f"d{number}"), part="title",
                         revision=number, value={"text": f"Ñandú {number}"} if is_answer else None,
                         sealed=b"\x00bytes" if number == 4 else None, keeps_value=is_answer,
                         detail={"n": number})  # fmt: skip


def rows(connection: Connection) -> list[dict[str, Any]]:
    return [
        dict(row) for row in connection.execute(select(EVENTS).order_by(EVENTS.c.seq)).mappings()
    ]


def another(value: Any, name: str, chance: random.Random) -> Any:
    """A value of the same kind that is not this one."""
    if name == "at":
        return value.replace(year=value.year + 1)
    if name == "seq":
        return value + 1000
    if name == "sealed":
        return b"other" if value != b"other" else None
    if name == "value":
        return chance.choice([[1], {"text": "x"}, "x", 0, False])
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 100])
    if value is None:
        return 7 if name == "revision" else "something"
    return chance.choice([value + " ", value[:-1] + "_", ""]) if value else "something"


def tamper(connection: Connection, chance: random.Random) -> str:
    """Do one thing to the trail that its owner could do; what it was."""
    disarm(connection)
    events = rows(connection)
    one = chance.choice(events)
    here = EVENTS.c.seq == one["seq"]
    what = chance.choice(["change", "change", "change", "remove", "swap", "insert", "head", "cut"])
    if what == "change":
        name = chance.choice(COLUMNS)
        connection.execute(
            update(EVENTS).where(here).values({name: another(one[name], name, chance)})
        )
        return f"{what} {name} of {one['seq']}"
    if what == "remove":
        connection.execute(delete(EVENTS).where(here))
    elif what == "swap":
        swap(connection, one, chance.choice([other for other in events if other is not one]))
    elif what == "insert":
        seq = chance.choice([-5, 0, len(events) + 1])
        planted = one | {"seq": seq, "previous": events[-1]["hash"]}
        connection.execute(insert(EVENTS).values(planted | {"hash": hash_of(planted)}))
    elif what == "head":
        name = chance.choice(["seq", "hash", "at"])
        value = connection.execute(select(HEAD.c[name])).scalar_one()
        connection.execute(update(HEAD).values({name: another(value, name, chance)}))
    else:
        connection.execute(delete(EVENTS).where(EVENTS.c.seq >= one["seq"]))
    return f"{what} at {one['seq']}"


def swap(connection: Connection, one: dict[str, Any], other: dict[str, Any]) -> None:
    connection.execute(update(EVENTS).where(EVENTS.c.seq == one["seq"]).values(seq=10**6))
    connection.execute(update(EVENTS).where(EVENTS.c.seq == other["seq"]).values(seq=one["seq"]))
    connection.execute(update(EVENTS).where(EVENTS.c.seq == 10**6).values(seq=other["seq"]))
