"""Is a draft forgotten that nobody released: after half a year without a change, or once it was discarded?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from app import clock
from app.cases.exchanges import by_the_clock
from app.cases.exchanges.models import Exchange
from app.db.models import Installation
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.notices.models import Notice
from app.sealing.models import Erasure
from tests.cases.exchanges.desk import Desk
from tests.cases.exchanges.test_forgetting import CANARIES, begin, kept, pass_days, system
from tests.intake.test_sealed_canaries import leaks

KEPT, GRACE = 180, 30


def state_of(desk: Desk, case_id: str) -> str:
    with system(desk):
        return db.session.get_one(Exchange, case_id).state


def warned(desk: Desk, case_id: str) -> set[str]:
    """The events of which the unit was warned."""
    with system(desk):
        of_case = select(Notice.event).where(
            Notice.kind == "case-ends", Notice.subject_id == case_id
        )
        return set(db.session.scalars(of_case))


def warnings(desk: Desk, case_id: str, first: int, last: int) -> list[int]:
    """On how many days before the last one the unit is warned, if each day passes from the first on."""
    found = []
    for day in range(first, last + 1):
        before = warned(desk, case_id)
        pass_days(desk, day)
        with desk.app.app_context(), scoped(SYSTEM):
            by_the_clock.keep_up()  # an hour later
        if warned(desk, case_id) - before:
            found.append(last - day)
    return found


def tell_pages(desk: Desk) -> None:
    """Let pages live by the clock as it was moved; each asks the installation what time it is."""
    with desk.app.app_context(), transaction(writing=True) as session:
        ahead = int((clock.now() - clock.real_now()).total_seconds())
        session.execute(update(Installation).values(clock_offset_seconds=ahead))


def test_a_draft_that_nobody_touches_is_warned_of_and_forgotten(desk: Desk) -> None:
    case_id = begin(desk)
    path = f"/cases/{case_id}"
    assert f"{KEPT} días después" in desk.be("hn.prosecutor").get(path).words
    assert warnings(desk, case_id, KEPT - 17, KEPT) == [15, 5, 1]
    assert state_of(desk, case_id) == "draft", "its last day"
    pass_days(desk, KEPT + 1)
    assert state_of(desk, case_id) == "erased"
    assert leaks(CANARIES, kept(desk)) == []
    gone = desk.be("hn.prosecutor").get(path)
    assert "llaves" in gone.words
    assert "ZqRestringido1" not in gone.html
    with system(desk):
        assert db.session.scalars(
            select(Erasure.reason).where(Erasure.record_id == case_id)
        ).all() == ["retention_over"]  # fmt: skip


def test_whoever_writes_in_it_puts_its_end_off_and_is_warned_anew(desk: Desk) -> None:
    case_id, written = begin(desk), KEPT - 3
    assert warnings(desk, case_id, KEPT - 15, written) == [12, 2]
    section = f"/cases/{case_id}/sections/case"
    tell_pages(desk)
    assert desk.be("hn.prosecutor").send(section, summary="Se trabaja en él.").status == 303
    pass_days(desk, KEPT + 1)
    assert state_of(desk, case_id) == "draft"
    assert warnings(desk, case_id, written + KEPT - 16, written + KEPT) == [15, 5, 1]
    pass_days(desk, written + KEPT + 1)
    assert state_of(desk, case_id) == "erased"


def test_what_was_discarded_comes_back_within_its_days_and_not_later(desk: Desk) -> None:
    hn, (back, gone) = desk.be("hn.prosecutor"), [begin(desk) for _each in range(2)]
    for case_id in (back, gone):
        assert hn.send(f"/cases/{case_id}/discarding").status == 303
    assert gone not in hn.get("/").html
    pass_days(desk, GRACE - 1)
    tell_pages(desk)
    page = f"/cases/{back}"
    assert "Su unidad puede recuperarlo, tal como estaba" in hn.get(page).words
    assert hn.send(page, f"{page}/bringing-back").status == 303
    assert "ZqRestringido1" in hn.get(f"{page}/sections/case").html
    form: dict[str, Any] = hn.get(f"/cases/{gone}").fields(f"/cases/{gone}/bringing-back")
    pass_days(desk, GRACE + 1)
    assert (state_of(desk, back), state_of(desk, gone)) == ("draft", "erased")
    assert hn.client.post(f"/cases/{gone}/bringing-back", data=form).status_code == 409
    assert "bringing-back" not in hn.get(f"/cases/{gone}").html
    assert warned(desk, gone) == set()
    pass_days(desk, GRACE - 1 + KEPT)
    assert state_of(desk, back) == "draft", "bringing it back was a change"
    pass_days(desk, GRACE + KEPT)
    assert state_of(desk, back) == "erased"
