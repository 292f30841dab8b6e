"""What does the page of what arrived say, where it asks the unit to take a follow-up over?"""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.cases.exchanges.beyond import Asked, asks
from app.cases.exchanges.opened import Received
from app.cases.follow_ups import queries
from app.cases.follow_ups.kinds import TAKEN


@asks
def to_take_over(received: Received) -> Asked | None:
    """That it asks so, what accepting means, and what comes next."""
    found = queries.asked_here(received)
    if found is None:
        return None
    has_accepted = received.state in TAKEN
    if found.begun:
        has_taken = has_accepted or found.has_passed
        return Asked(
            title=_("Your unit took this follow-up over") if has_taken
            else _("Your follow-up began: accept what was asked"),
            words=_("If you reject it later, the unit that asked follows again. Yours goes on until it is"
                    " decided how it ends.") if has_taken
            else _("The unit that asks goes on until you accept."),
            url=url_for("case_follow_ups.show", follow_up_id=found.begun), act=_("Show the follow-up"),
        )  # fmt: skip
    if not has_accepted:
        return Asked(
            title=_("It asks your unit to take a follow-up over"),
            words=_("To accept is to take it over: your unit then begins a follow-up of its own, and only"
                    " when it has begun does that of the other country end. Until then, and if you reject it,"
                    " the unit that asks goes on."),
        )  # fmt: skip
    return Asked(
        title=_("You accepted: begin your follow-up"),
        words=_("The unit that asked goes on until yours has begun."),
        url=url_for("case_follow_ups.begin_received", addressee_id=received.id),
        act=_("Begin to follow"), is_next=True,
    )  # fmt: skip
