"""What waits for somebody who handles cases in a unit: receipts to give, answers that are due, drafts?

Titles here say kind and reference; nothing of a case stands on a desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.exchanges import days, outside, queries
from app.cases.exchanges.erasing import queries as erasing
from app.cases.exchanges.models import Addressee, Delivery, Exchange
from app.cases.follow_ups import queries as follow_ups
from app.cases.follow_ups.kinds import CHILD
from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, line, organisation
from app.extensions import db
from app.intake.models import Dossier
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web import locale
from app.web.keyset import page_of
from app.web.states import state_tag
from app.workflow.tables import ADDRESSEE, CASE_ERASURE, CASE_FOLLOW_UP, EXCHANGE

UNANSWERED = ("delivered", "opened")
TAKEN_UP = ("opened", "accepted")
AT_ONCE = 25
"""How many days of answers are looked at in one question."""


def blocks(actor: Actor) -> tuple[Block, ...]:
    """Everything, what arrived first."""
    return (
        arrived(actor), rejected(actor), due(actor), to_begin(actor), erasures(actor), followed(actor),
        drafts(actor),
    )  # fmt: skip


def arrived(actor: Actor) -> Block:
    """What reached the actor's units and has no receipt yet, the oldest first."""
    rows = db.session.execute(
        _received(actor)
        .where(Addressee.state.in_(UNANSWERED), queries.waits())
        .order_by(Addressee.delivered_at)
        .limit(ASKED)
    ).all()
    return block("arrived", _("Received, without a receipt"), rows, _drawn(outside.told(actor, rows)),
                 url_for("received_cases.index"))  # fmt: skip


def rejected(actor: Actor) -> Block:
    """What the actor's units sent and a unit elsewhere rejected, the newest first."""
    rows = db.session.execute(
        db.select(Addressee, Exchange, Organisation.name_es, Organisation.name_en)
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Organisation, Organisation.id == Addressee.organisation_id)
        .where(queries.of_own_units(actor, Exchange), Exchange.state == "released",
               Addressee.state == "rejected")
        .order_by(Addressee.answered_at.desc(), Addressee.id).limit(ASKED)
    ).all()  # fmt: skip

    def draw(row: Any) -> Item:
        at = url_for("cases.show", case_id=row.Exchange.id, _anchor="units")
        notes = (organisation(row), day(row.Addressee.answered_at))
        return Item(title=_title(row.Exchange), url=at, notes=(line(*notes),),
                    tag=state_tag(ADDRESSEE, row.Addressee.state))  # fmt: skip

    return block("rejected", _("Rejected by a unit elsewhere"), rows, draw,
                 url_for("cases.index", state="released"))  # fmt: skip


def due(actor: Actor) -> Block:
    """What was taken up and asks for an answer by a day, the nearest first.

    Days that may not be told take no place from others: they are read past, until there are enough.
    """
    asked = _received(actor).where(
        Addressee.state.in_(TAKEN_UP),
        Exchange.reply_by.is_not(None),
        Delivery.outside != "",
        queries.waits(),
    )
    rows: list[Any] = []
    told: dict[str, frozenset[str]] = {}
    mark = ""
    while len(rows) < ASKED:
        read = page_of(asked, Exchange.reply_by, Addressee.id, mark, ascending=True,
                       size=AT_ONCE)  # fmt: skip
        told |= outside.told(actor, read.rows)
        rows += [row for row in read.rows if "reply_by" in told[row.Addressee.id]]
        mark = read.behind
        if not mark:
            break
    return block("due", _("An answer is asked for"), rows, _drawn(told),
                 url_for("received_cases.index"))  # fmt: skip


def erasures(actor: Actor) -> Block:
    """What others propose to erase, and wait for a second person's word on, the oldest first."""

    def draw(each: Any) -> Item:
        proposed = each.CaseErasure
        notes = line(
            proposed.proposed_name, day(proposed.proposed_at), each.Unit.name(locale.lang())
        )
        return Item(title=_("Erase %(reference)s?", reference=each.Exchange.reference),
                    url=url_for("cases.erasure", case_id=each.Exchange.id), notes=(notes,),
                    tag=state_tag(CASE_ERASURE, proposed.state))  # fmt: skip

    return block("erasures", _("A second person decides"), erasing.waiting(actor, ASKED), draw)


def to_begin(actor: Actor) -> Block:
    """What the actor's units accepted to take over from another country, and do not follow yet."""

    def draw(each: Any) -> Item:
        exchange, addressee = each.Exchange, each.Addressee
        url = url_for("case_follow_ups.begin_received", addressee_id=addressee.id)
        return Item(title=_title(exchange), url=url, notes=(each.Organisation.name(locale.lang()),),
                    tag=state_tag(ADDRESSEE, addressee.state))  # fmt: skip

    return block("to-begin", _("Accepted follow-ups that have not begun"),
                 follow_ups.to_begin(actor, ASKED), draw, url_for("received_cases.index"))  # fmt: skip


def followed(actor: Actor) -> Block:
    """Whom the actor's units look at again within a week, the nearest day first."""
    rows = follow_ups.due_soon(actor, days.today(), ASKED)
    awaited = follow_ups.awaited([each.CaseFollowUp for each in rows])

    def draw(each: Any) -> Item:
        row = each.CaseFollowUp
        title = (
            _("Child %(label)s", label=row.label) if row.kind == CHILD
            else _("%(label)s, who travels with %(child)s", label=row.label, child=row.with_label)
        )  # fmt: skip
        notes = (
            each.Exchange.reference,
            _("look again on %(day)s", day=locale.show_date(row.due_on)),
            *((_("accepted there, not yet begun"),) if row.id in awaited else ()),
        )
        return Item(title=title, url=url_for("case_follow_ups.show", follow_up_id=row.id),
                    notes=(line(*notes),), tag=state_tag(CASE_FOLLOW_UP, row.state))  # fmt: skip

    return block("follow-ups", _("Follow-ups due this week"), rows, draw,
                 url_for("case_follow_ups.index"))  # fmt: skip


def drafts(actor: Actor) -> Block:
    """What the actor's units are writing, the newest first."""
    rows = db.session.scalars(
        db.select(Exchange).join(Dossier, Dossier.id == Exchange.id)
        .where(queries.of_own_units(actor, Exchange), Exchange.state == EXCHANGE.initial,
               Dossier.state != "discarded")
        .order_by(Exchange.created_at.desc()).limit(ASKED)
    ).all()  # fmt: skip

    def draw(each: Exchange) -> Item:
        return Item(title=_title(each), url=url_for("cases.show", case_id=each.id),
                    notes=(day(each.created_at),), tag=state_tag(EXCHANGE, each.state))  # fmt: skip

    return block(
        "case-drafts", _("Drafts of my units"), rows, draw, url_for("cases.index", state="draft")
    )


def _received(actor: Actor) -> Any:
    return (
        db.select(
            Addressee, Exchange, Delivery, Organisation, Organisation.name_es, Organisation.name_en
        )
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Delivery, queries.newest_copy(actor))
        .join(Organisation, Organisation.id == Addressee.sender_id)
        .where(queries.of_own_units(actor, Addressee))
    )


def _drawn(told: outside.Told) -> Callable[[Any], Item]:
    return lambda row: _of_addressee(row, told[row.Addressee.id])


def _of_addressee(row: Any, told: frozenset[str]) -> Item:
    exchange, addressee = row.Exchange, row.Addressee
    notes = [organisation(row)]
    if exchange.reply_by and "reply_by" in told:
        notes.append(_("reply by %(day)s", day=locale.show_date(exchange.reply_by)))
    return Item(title=_title(exchange), url=url_for("received_cases.show", addressee_id=addressee.id),
                notes=(line(*notes),), tag=state_tag(ADDRESSEE, addressee.state))  # fmt: skip


def _title(exchange: Exchange) -> str:
    return (
        f"{CASE.code_lists['report_kind'].label(exchange.kind, locale.lang())} {exchange.reference}"
    )
