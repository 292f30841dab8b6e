"""What does the Secretariat's desk show: needs to review, questions, summaries, calls, editions?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.calls import answered, wording
from app.calls import queries as calls
from app.calls.models import Call
from app.desk import courses, delivery, offers, queries, talks
from app.desk.delegation import filed
from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, deadline, edition, line, organisation, shortened
from app.policy.actor import Actor
from app.web import locale
from app.web.states import state_tag
from app.workflow.names import UNPREPARED
from app.workflow.tables import CALL, EDITION, RELAY, REVEAL, SUMMARY


def blocks(actor: Actor) -> list[Block]:
    """What waits for the Secretariat, the most pressing first."""
    return [
        _to_review(actor),
        talks.waiting(actor),
        filed(actor),
        _questions(actor),
        _names(actor),
        delivery.steps(actor),
        _changed(actor),
        _for_sponsors(actor),
        courses.proposed(actor),
        courses.plans(actor),
        courses.interests(actor),
        courses.own_share(actor),
        offers.ending(actor),
        offers.lately(actor),
        _open_calls(actor),
        _calls_to_open(actor),
        _editions(actor),
    ]


def _to_review(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        certified = _("certified on %(day)s", day=day(row.certified_at))
        number = _("version %(number)s", number=row.number)
        return Item(
            title=row.title,
            url=url_for("needs.review", need_id=row.id),
            notes=(line(organisation(row), row.reference, certified),),
            tag=(number, "" if row.number == 1 else "warn"),
        )

    all_url = url_for("needs.index", state="submitted")
    return block("review", _("Needs to review"), queries.submitted(actor), draw, all_url)


def _questions(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        asked = _("asked on %(day)s", day=day(row.asked_at))
        return Item(
            title=shortened(row.question),
            url=url_for("summaries.of_routing", routing_id=row.routing_id) + "#questions",
            notes=(line(organisation(row), row.reference, asked),),
            tag=state_tag(RELAY, row.relay) if row.relay else None,
        )

    rows = queries.questions_to_answer(actor)
    return block("questions", _("Questions of sponsors"), rows, draw, url_for("summaries.index"))


def _names(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        asked = _("asked on %(day)s", day=day(row.asked_at))
        return Item(
            title=row.title,
            url=url_for("summaries.of_routing", routing_id=row.routing_id) + "#log",
            notes=(line(organisation(row), row.reference, asked),),
            tag=state_tag(REVEAL, "asked"),
        )

    title = _("Sponsors that ask to know a country")
    return block("names", title, queries.names_asked(actor), draw, url_for("summaries.index"))


def _changed(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        is_over = row.closes_at < clock.now()
        return Item(
            title=row.title,
            url=url_for("summaries.show", summary_id=row.id),
            notes=(line(organisation(row), row.reference), deadline(row.closes_at, row.zone)),
            tag=(_("the period has ended"), "warn") if is_over else state_tag(SUMMARY, "changed"),
        )

    all_url = url_for("summaries.index", state="changed")
    title = _("Changed summaries, waiting for the country")
    return block("changed", title, queries.changes_to_decide(actor), draw, all_url)


def _for_sponsors(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        if row.summary_id is None:
            url = url_for("summaries.of_need", need_id=row.id)
            tag = state_tag(SUMMARY, UNPREPARED)
        else:
            url = url_for("summaries.show", summary_id=row.summary_id) + "#send"
            tag = state_tag(SUMMARY, "prepared")
        return Item(
            title=row.title, url=url, notes=(line(organisation(row), row.reference),), tag=tag
        )

    rows = queries.needs_for_sponsors(actor)
    title = _("Accepted needs not yet sent to sponsors")
    return block("sponsors", title, rows, draw, url_for("summaries.index"))


def _open_calls(actor: Actor) -> Block:
    found = calls.open_for(actor)[:ASKED]
    totals = answered.totals(actor, [call.id for call in found])

    def draw(call: Call) -> Item:
        with_needs, invited = totals[call.id]
        return Item(
            title=call.title(locale.lang()),
            url=url_for("calls.answers", call_id=call.id),
            notes=(
                _("Closes: %(when)s", when=deadline(call.closes_at, call.zone)),
                ngettext(
                    "%(answered)s of %(num)s country with needs submitted",
                    "%(answered)s of %(num)s countries with needs submitted",
                    invited,
                    answered=with_needs,
                ),
            ),
            tag=state_tag(CALL, "open"),
        )

    return block("calls", _("Open calls"), found, draw, url_for("calls.index"))


def _calls_to_open(actor: Actor) -> Block:
    def draw(call: Call) -> Item:
        shown = wording.shown(call)
        opens = _("Opens: %(when)s", when=locale.show_deadline(call.opens_at, call.zone))
        return Item(
            title=call.title(locale.lang()),
            url=url_for("calls.show", call_id=call.id),
            notes=(opens,),
            tag=(shown.word, shown.look),
        )

    rows = calls.before_opening(actor)
    return block("opening", _("Calls before their opening"), rows, draw, url_for("calls.index"))


def _editions(actor: Actor) -> Block:
    rows = queries.editions(actor, "draft")
    return block(
        "editions",
        _("Report in preparation"),
        rows,
        lambda found: Item(
            title=found.title(locale.lang()),
            url=url_for("reports.show", edition_id=found.id),
            notes=(edition(found),),
            tag=state_tag(EDITION, "draft"),
        ),
    )
