"""What does a sponsor's desk show: summaries not opened, not answered, and answers to its questions?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.desk import courses, delivery, offers, received
from app.desk.items import Block, Item, block
from app.desk.saying import day, line, shortened
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.summaries.received import CLOSED_BECAUSE
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import REVEAL


def blocks(actor: Actor) -> list[Block]:
    """What waits for this sponsor."""
    everything = url_for("received.index")
    new = received.without_answer(actor, is_opened=False)
    opened = received.without_answer(actor, is_opened=True)
    place = "#answer" if might(actor, Permission.SUMMARY_ANSWER) else ""
    return [
        block("new", _("New summaries"), new, _new, everything),
        block(
            "opened",
            _("Opened, not answered yet"),
            opened,
            lambda row: _summary(row, place=place),
            everything,
        ),
        delivery.sponsor_to_answer(actor),
        block("answers", _("Answers to your questions"), received.answers(actor), _answer),
        courses.sent(actor),
        offers.ending(actor),
        offers.lately(actor),
        block("names", _("What countries said about their name"), received.names(actor), _name),
    ]


def _new(row: Any) -> Item:
    return _summary(row, tag=(_("new"), ""))


def _summary(row: Any, *, tag: tuple[str, str] | None = None, place: str = "") -> Item:
    title, lang = row.content["title"], row.content["lang"]
    is_untranslated = lang != locale.lang() and title["es"] == title["en"]
    return Item(
        title=title[locale.lang()],
        lang=lang if is_untranslated else None,
        url=url_for("received.show", routing_id=row.id) + place,
        notes=(line(row.reference, _("sent on %(day)s", day=day(row.sent_at))), row.why),
        tag=tag,
    )


def _name(row: Any) -> Item:
    return Item(
        title=row.content["title"][locale.lang()],
        url=url_for("received.show", routing_id=row.id) + "#country",
        notes=(line(row.reference, _("answered on %(day)s", day=day(row.at))),),
        tag=state_tag(REVEAL, row.state),
    )


def _answer(row: Any) -> Item:
    if row.closed_at is not None:
        return Item(
            title=shortened(row.question),
            url=url_for("received.index") + "#closed",
            notes=(_(CLOSED_BECAUSE[row.closed_because]),),
            tag=(_("closed"), "quiet"),
        )
    return Item(
        title=shortened(row.question),
        url=url_for("received.show", routing_id=row.id) + "#questions",
        notes=(line(row.reference, _("answered on %(day)s", day=day(row.answered_at))),),
    )
