"""Does every page of an exchange say that its format is a proposal, and none once it is approved?"""

from __future__ import annotations

from app import clock
from app.cases.common_format.format import CASE
from app.cases.common_format.models import FormatStanding
from app.cli.demo.people import first_seat_of
from app.db.base import new_id
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from tests.cases.exchanges.addresses import every
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_openings_on_record import post
from tests.cases.follow_ups.test_follow_ups import followed

SAYS = "El formato es una propuesta"
OF_EXCHANGES = ("/cases", "/received/cases", "/envelopes", "/case-follow-ups")


def approve(desk: Desk) -> None:
    with desk.app.app_context(), scoped(SYSTEM, writing=True), transaction(writing=True) as session:
        session.add(FormatStanding(
            id=new_id(), format_name=CASE.name, version=CASE.version, number=9, state="approved",
            reason="Acta", decided_by=first_seat_of("st.coordinator").person_id, at=clock.now(),
        ))  # fmt: skip


def pages(desk: Desk, who: str, ids: dict[str, str]) -> dict[str, str]:
    """Every page of an exchange that somebody reads, by its address."""
    found = {}
    for path in every(desk.app, "GET", ids):
        if not path.startswith(OF_EXCHANGES):
            continue
        answer = desk.be(who).client.get(path)
        if answer.status_code == 200 and answer.data.startswith(b"<!doctype"):
            found[path] = answer.get_data(as_text=True)
    return found


def test_it_is_said_on_every_page_until_the_format_is_approved(desk: Desk) -> None:
    case_id, pair = followed(desk)
    at = desk.received("gt.child")
    draft = desk.begin("hn.prosecutor", [("sv", "prosecution")])
    [certified] = [html for path, html in pages(desk, "hn.prosecutor", {"case_id": case_id}).items()
                   if path.endswith("/certification")]  # fmt: skip
    assert certified.count(SAYS) == 1
    revised = post(desk.be("hn.prosecutor"), f"/cases/{case_id}/revision")
    assert revised.status_code == 303
    asked = [
        ("gt.child", {"case_id": "0" * 20, "addressee_id": at.rsplit("/", 1)[1], "follow_up_id": url.rsplit("/", 1)[1]})
        for url in pair.values()
    ] + [("hn.prosecutor", {"case_id": each}) for each in (case_id, draft)] + [
        ("st.officer", {"case_id": case_id})
    ]  # fmt: skip
    seen = [(who, ids, pages(desk, who, ids)) for who, ids in asked]
    for _who, _ids, found in seen:
        assert [path for path, html in found.items() if html.count(SAYS) != 1] == []
    read = {path for _who, _ids, found in seen for path in found}
    for part in ("/recall", "/discarding", "/forwarding", "/files", "/check", "/steps",
                 "/outcome", "/handover", "/history", "/htcds", "/beginning", "/envelopes"):  # fmt: skip
        assert any(path.endswith(part) for path in read), part
    approve(desk)
    for who, ids, found in seen:
        again = pages(desk, who, ids)
        assert again.keys() == found.keys()
        assert [path for path, html in again.items() if "una propuesta" in html] == []
