"""Does the sender learn that a unit opened a communication, whichever page of it came first?"""

from __future__ import annotations

from app.cases.exchanges.models import Addressee
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from tests.cases.exchanges.addresses import every
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_openings_on_record import post

SV, GT = ("sv", "prosecution"), ("gt", "prosecution")
SHOWS_NOTHING = (400, 403, 404, 405, 409)


def state_of(desk: Desk, addressee_id: str) -> str:
    with desk.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
        return session.get_one(Addressee, addressee_id).state


def lie_unopened(desk: Desk, addressee_id: str) -> None:
    with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True) as session:
        session.execute(
            db.update(Addressee).where(Addressee.id == addressee_id)
            .values(state="delivered", opened_at=None)
        )  # fmt: skip


def test_no_page_of_what_was_received_leaves_it_unopened(desk: Desk) -> None:
    case_id = desk.begin("hn.prosecutor", [SV])
    desk.release("hn.prosecutor", case_id)
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    id = at.rsplit("/", 1)[1]
    fields = {"purpose": "protecting", "kind": "REPLY", "verb": "accept", "reason": "Palabra",
              "unit": desk.unit(*GT), "file": "none", "child": "travel", "due_on": "01/06/2004"}  # fmt: skip
    assert state_of(desk, id) == "delivered"
    sv.client.head(at)
    assert state_of(desk, id) == "delivered", "HEAD shows nobody anything"
    asked = set()
    for method in ("GET", "POST"):
        for path in every(desk.app, method, {"addressee_id": id, "case_id": "0" * 20}):
            if id not in path:
                continue
            lie_unopened(desk, id)
            answer = sv.client.get(path) if method == "GET" else post(sv, path, **fields)
            assert answer.status_code != 500, path
            if answer.status_code not in SHOWS_NOTHING:
                assert state_of(desk, id) in ("opened", "accepted"), (method, path)
                asked.add((method, path.replace(id, "")))
    assert len(asked) > 8, asked


def test_a_refused_form_that_shows_it_leaves_it_opened(desk: Desk) -> None:
    desk.release("hn.prosecutor", desk.begin("hn.prosecutor", [SV]))
    sv, at = desk.be("sv.prosecutor"), desk.received("sv.prosecutor")
    refused = post(sv, f"{at}/openings", purpose="")
    assert refused.status_code == 422
    assert "RESUMEN-RESTRINGIDO" in refused.get_data(as_text=True)
    assert state_of(desk, at.rsplit("/", 1)[1]) == "opened"
