"""Is it told rightly, and as of any day, from which countries a submission is registered?"""

from __future__ import annotations

from datetime import timedelta

from app.calls.models import CallInvitation
from app.extensions import db
from app.reports.answered import answered
from tests.calls.settled import MORNING
from tests.reports.accepted import DAY, Accepted, Written, answers

HOUR = timedelta(hours=1)


def test_each_invited_country_is_on_one_side_as_of_any_moment(accepted: Accepted) -> None:
    call = accepted.call(invited=("HN", "SV", "MX"))
    accepted.need(call, Written(country="HN", answers=answers()))
    accepted.need(call, Written(country="SV", answers=answers(), valid_from=None))
    accepted.need(accepted.call("other"), Written(country="MX", answers=answers()))

    def sides(at: object) -> tuple[list[str], list[str]]:
        found = answered(call.id, at)
        return [n.es for n in found.with_submission], [n.en for n in found.without_submission]

    assert sides(MORNING) == (["El Salvador", "Honduras"], ["Mexico"])
    assert sides(MORNING - 2 * HOUR) == (["Honduras"], ["El Salvador", "Mexico"])
    assert sides(MORNING - DAY - 2 * HOUR) == ([], ["El Salvador", "Honduras", "Mexico"])
    assert answered(call.id, MORNING).invited == 3


def test_who_withdrew_everything_has_nothing_registered_from_then_on(accepted: Accepted) -> None:
    call = accepted.call(invited=("HN",))
    accepted.need(call, Written(answers=answers(), valid_to=MORNING - HOUR))
    assert answered(call.id, MORNING - 2 * HOUR).without_submission == ()
    assert [name.es for name in answered(call.id, MORNING).without_submission] == ["Honduras"]


def test_whoever_was_invited_later_is_not_missed_on_an_earlier_day(accepted: Accepted) -> None:
    call = accepted.call(invited=("HN",))
    db.session.add(CallInvitation(call_id=call.id, invited_at=MORNING,
                                  organisation_id=accepted.organisations["GT"]))  # fmt: skip
    db.session.flush()
    assert answered(call.id, MORNING - HOUR).invited == 1
    assert answered(call.id, MORNING).invited == 2
