"""Who is still followed when a unit closes the case from which the follow-up began?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.cases.exchanges.loose_ends import LooseEnd, finds_loose_ends
from app.cases.exchanges.opened import OpenedCase
from app.cases.follow_ups import queries
from app.cases.follow_ups.kinds import CHILD
from app.policy.actor import Actor
from app.web import locale


@finds_loose_ends
def open_ones(actor: Actor, case: OpenedCase) -> Sequence[LooseEnd]:
    """The follow-ups of this case that are open, as far as the actor may know of them."""
    return [_loose(each.CaseFollowUp) for each in queries.open_of(actor, case.exchange)]


def _loose(row: Any) -> LooseEnd:
    who = (
        _("Child %(label)s", label=row.label) if row.kind == CHILD
        else _("%(label)s, who travels with %(child)s", label=row.label, child=row.with_label)
    )  # fmt: skip
    words = _(
        "%(who)s is still followed: look again on %(day)s",
        who=who,
        day=locale.show_date(row.due_on),
    )
    return LooseEnd(words, url_for("case_follow_ups.show", follow_up_id=row.id))
