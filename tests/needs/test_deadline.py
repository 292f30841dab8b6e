"""Do the pages of a draft say how long is left to submit it?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.calls import following
from app.calls.models import Call, CallInvitation
from app.extensions import db
from app.needs.models import Need
from tests.calls.browsing import Reader
from tests.calls.conftest import morning, reader, settled, stored
from tests.calls.settled import MORNING, Settled
from tests.desk import lying
from tests.needs.reading import certifying, complete

__all__ = ["complete", "morning", "reader", "settled", "stored"]
DAY = timedelta(days=1)


def test_the_band_says_how_many_days_are_left_and_that_the_call_has_closed(
    reader: Reader, settled: Settled, stored: Any, complete: None
) -> None:
    def lay() -> str:
        call = lying.open_call(settled)
        return lying.need(call, settled["hn"], "draft", "Draft", is_submitted=False).id

    need = stored(lay)
    answers = reader.as_(settled["hn"]).get(f"/needs/{need}/check").html
    for path in (f"/needs/{need}", f"/needs/{need}/check", certifying(answers)):
        assert "5 days left" in reader.as_(settled["hn"]).get(path).html, path
    with clock.stopped_at(MORNING + 6 * DAY):
        closed = reader.get(f"/needs/{need}").html
    assert "The call has closed:" in closed
    assert "days left" not in closed


def test_late_permission_is_named_in_the_band(
    reader: Reader, settled: Settled, stored: Any
) -> None:
    def lay() -> str:
        call = lying.open_call(settled)
        made = lying.need(call, settled["hn"], "draft", "Draft", is_submitted=False)
        call.closes_at = MORNING - DAY / 2
        key = (call.id, settled.id("hn"))
        db.session.get_one(CallInvitation, key).late_until = MORNING + 3 * DAY
        return made.id

    need = stored(lay)
    shown = reader.as_(settled["hn"]).get(f"/needs/{need}").html
    assert "Your delegation may still submit until:" in shown
    assert "3 days left" in shown

    def revoke() -> None:
        call = db.session.get_one(Call, db.session.get_one(Need, need).call_id)
        following.revoke_late(settled["st"], call, organisation_id=settled.id("hn"), reason="x",
                              revision=0)  # fmt: skip

    stored(revoke)
    shown = reader.get(f"/needs/{need}").html  # what was drafted stays
    assert "The call has closed:" in shown
    assert "days left" not in shown
