"""How does a test write in a draft through its pages, and see whether anything was changed?"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.db.transactions import transaction
from app.extensions import db
from tests.access.asking import Answer, Somebody
from tests.access.matrix import Matrix
from tests.access.things import needs as all_needs
from tests.access.things import rows_of
from tests.calls.browsing import Seen


def number_of(seen: str) -> int:
    """The revision in what a page says that it showed."""
    return int(seen.rpartition(":")[2])


UNSEEN = frozenset({"limit_counter", "sign_in", "installation"})
"""What changes by merely asking."""


def fingerprint(matrix: Matrix) -> str:
    """Changes with any row of any table."""
    digest = hashlib.sha256()
    with matrix.app.app_context(), transaction(writing=False) as session:
        for table in db.metadata.sorted_tables:
            if table.name not in UNSEEN:
                rows = sorted(repr(tuple(row)) for row in session.execute(db.select(table)))
                digest.update(json.dumps([table.name, rows]).encode())
    return digest.hexdigest()


class Writer:
    """Somebody writing in one draft of the demonstration."""

    def __init__(self, matrix: Matrix, key: str = "hn.contributor", state: str = "draft") -> None:
        self.matrix = matrix
        self.who: Somebody = next(one for one in matrix.everybody if one.key == key)
        with matrix.app.app_context():
            needs = [
                row for row in all_needs()
                if row["organisation_id"] == self.who.organisation_id and row["state"] == state
            ]  # fmt: skip
            self.open = {r["dossier_id"]: r for r in rows_of("draft") if r["closed_at"] is None}
        self.need = needs[0]["id"]

    def page(self, section: str) -> str:
        return f"/needs/{self.need}/sections/{section}"

    def fields(self, section: str) -> dict[str, list[str]]:
        """What the form of a section would send as it stands."""
        answer = self.matrix.asker.ask(self.who, "GET", self.page(section))
        assert answer.status == 200
        found = Seen(200, answer.body.decode(), None).fields(self.page(section))
        return {name: sent for name, sent in found.items() if name not in ("csrf_token", "_key")}

    def post(self, section: str, **changes: Any) -> Answer:
        """Send a section's form with changes; what is None is not sent."""
        sent = {**self.fields(section), "_stay": "1", **changes}
        return self.send("POST", self.page(section), sent)

    def send(self, method: str, path: str, sent: dict[str, Any]) -> Answer:
        data = {name: value for name, value in sent.items() if value is not None}
        return self.matrix.asker.ask(self.who, method, path, data=data)
