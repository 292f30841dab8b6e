"""Is each of a thousand tamperings with the audit trail found?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from app.audit.verify import verify
from tests.audit.tampering import EVENTS, HEAD, disarm, rows, tamper, write_some
from tests.audit.tampering import owner as owner


def test_every_tampering_is_found(owner: Any, proof: Any) -> None:
    write_some()
    with owner() as connection:
        clean = rows(connection)
        head = dict(connection.execute(select(HEAD)).mappings().one())
    run = proof(
        f"audit-tampering-{connection.dialect.name}",
        what="One change, removal, exchange, insertion or cut by the database's owner, then verify",
        full=1000,
        sample=60,
    )
    for chance in run.cases():
        with owner() as connection:
            what = tamper(connection, chance)
            run.count(what.split()[0])
        assert verify().faults, what
        with owner() as connection:
            disarm(connection)
            connection.execute(delete(EVENTS))
            connection.execute(insert(EVENTS), clean)
            connection.execute(update(HEAD).values(head))
    assert verify().faults == []
