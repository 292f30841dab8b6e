"""Does what waits for a legal adviser's confirmation lie on that person's desk?"""

from __future__ import annotations

from app.audit.commit import committed
from app.cases.reservations import actions, queries
from app.cases.reservations.terms import Terms
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from tests.cases.exchanges.desk import Desk


def test_rules_to_confirm_lie_on_the_desk_of_who_wrote_their_text(desk: Desk) -> None:
    with desk.app.app_context(), scoped(SYSTEM, writing=True), committed():
        adviser = first_seat_of("gt.legal")
        text = actions.write_text(adviser, instrument="Ley nueva", article="", url="", words="No.",
                                  is_restricted=False)  # fmt: skip
        terms = Terms(data=("key:summary",), direction="send", effect="deny", discloses=True)
        rule = actions.write_rule(adviser, queries.get_stated(adviser, text.series_id), terms)
        at = f"/reservations/rules/{rule.id}"
    seen = desk.be("gt.legal").get("/")
    assert at in seen.html
    assert "Reservas por confirmar" in seen.words
    assert at not in desk.be("hn.legal").get("/").html
    desk.be("gt.legal").send(at, f"{at}/confirmation")
    assert at not in desk.be("gt.legal").get("/").html
