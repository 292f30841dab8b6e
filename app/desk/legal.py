"""What waits for a legal adviser: rules that do not hold until they are confirmed?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.cases.reservations import queries as reservations
from app.cases.reservations import shown
from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, line
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web.states import state_tag
from app.workflow.tables import RESERVATION


def blocks(actor: Actor) -> tuple[Block, ...]:
    """Everything; nothing for who is no legal adviser."""
    return (to_confirm(actor),) if might(actor, Permission.RESERVATION_WRITE) else ()


def to_confirm(actor: Actor) -> Block:
    """Rules that wait for this person, who wrote their text, the oldest first."""

    def draw(row: Any) -> Item:
        rule, text = row
        said = shown.row(rule)
        on = _("written on %(day)s", day=day(rule.written_at))
        return Item(title=said.what, url=url_for("reservations.rule", rule_id=rule.id),
                    notes=(line(said.whom, said.deed), line(text.instrument, on)),
                    tag=state_tag(RESERVATION, rule.state))  # fmt: skip

    return block("confirm", _("Reservations to confirm"), reservations.to_confirm(actor, ASKED), draw,
                 url_for("reservations.index"))  # fmt: skip
