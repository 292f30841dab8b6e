"""What does the desk of a delegation show: what is asked, what is being written, what waits?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.calls import queries as calls
from app.calls import wording
from app.calls.models import Call, CallInvitation
from app.desk import courses, delivery, offers, queries, talks
from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, deadline, line, organisation, shortened
from app.intake import published
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import DOSSIER, FILING, RELAY, REVEAL, SUMMARY

Invited = dict[str, CallInvitation]
"""The delegation's invitations, by call."""


def open_calls(actor: Actor) -> tuple[list[Call], Invited]:
    """The calls that the delegation may answer now, with its invitations to them."""
    found = calls.open_for(actor)[:ASKED]
    return found, calls.invited_to(actor, [call.id for call in found])


def blocks(actor: Actor, found: list[Call], invited: Invited) -> list[Block]:
    """What waits for this person in the delegation, the most pressing first."""
    decides = might(actor, Permission.SUMMARY_DECIDE)
    return [
        *([_to_decide(actor), _names(actor), _passed(actor)] if decides else []),
        *(
            [courses.to_review(actor), courses.names(actor), courses.own_share(actor)]
            if decides
            else []
        ),
        *([filed(actor), _undecided(actor)] if might(actor, Permission.NEED_FILING_ANSWER) else []),
        *([_ready(actor)] if _certifies(actor) else []),
        *(_courses(actor) if might(actor, Permission.NOMINATE) else []),
        *(_of_host(actor) if might(actor, Permission.OFFER_WRITE) else []),
        _returned(actor),
        talks.waiting(actor),
        _drafts(actor),
        _calls(found, invited),
        in_review(actor),
    ]


def _of_host(actor: Actor) -> list[Block]:
    """What a country that offered to host has to do: a date to say, an offer to renew."""
    return [offers.without_date(actor), offers.ending(actor)]


def _courses(actor: Actor) -> list[Block]:
    """What courses that take place ask of whoever speaks for the delegation."""
    return [delivery.to_answer(actor), delivery.to_nominate(actor), delivery.to_host(actor)]


def _to_decide(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        return Item(
            title=row.title,
            url=url_for("summaries.part", change_id=row.change_id)
            if row.grouping_id
            else url_for("summaries.decision", summary_id=row.id),
            notes=(
                row.reference,
                _("Your word is asked for until %(when)s", when=deadline(row.closes_at, row.zone)),
            ),
            tag=state_tag(SUMMARY, "changed", own=True),
        )

    return block("decide", _("What sponsors would read"), queries.changes_to_decide(actor), draw)


def _names(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        asked = _("asked on %(day)s", day=day(row.asked_at))
        return Item(
            title=row.title,
            url=url_for("summaries.country", routing_id=row.routing_id),
            notes=(line(organisation(row), row.reference, asked),),
            tag=state_tag(REVEAL, "asked", own=True),
        )

    return block("names", _("Sponsors ask to know your country"), queries.names_asked(actor), draw)


def _passed(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        return Item(
            title=shortened(row.question),
            url=url_for("summaries.relay", relay_id=row.id),
            notes=(line(row.reference, _("passed on on %(day)s", day=day(row.passed_at))),),
            tag=state_tag(RELAY, "waiting", own=True),
        )

    title = _("Sponsors' questions for your country")
    return block("passed", title, queries.questions_passed(actor), draw)


def _undecided(actor: Actor) -> Block:
    """What was submitted on a signed reply, of which the country decides in Enlace who may see it."""

    title = _("Submitted on a signed reply: who may see it?")
    tag = (_("no consent yet"), "warn")
    return block("undecided", title, queries.undecided(actor), lambda row: _certified(row, tag))


def filed(actor: Actor) -> Block:
    """What the Secretariat drafted for a country that has not answered for it yet."""

    def draw(row: Any) -> Item:
        since = _("filed on %(day)s", day=day(row.filed_at))
        country = organisation(row) if actor.is_secretariat else ""
        return Item(
            title=row.title or _("Without a title yet"),
            url=url_for("needs.filing", need_id=row.id),
            notes=(line(*filter(None, (country, row.reference, since))),),
            tag=state_tag(FILING, "waiting", own=not actor.is_secretariat),
        )  # fmt: skip

    title = _("Drafted for countries, waiting for their word")
    if not actor.is_secretariat:
        title = _("Drafted for your country, to confirm")
    return block("filed", title, queries.filed(actor), draw, url_for("needs.filings"))


def _returned(actor: Actor) -> Block:
    rows = queries.returned(actor)
    reasons = queries.reasons(actor, [row.review_id for row in rows])

    def draw(row: Any) -> Item:
        format = published.get(row.format_name, row.format_version)
        asked = tuple(
            (format.section(key).title.say(locale.lang()), reason)
            for key, reason in reasons.get(row.review_id, ())
        )
        return Item(
            title=row.title,
            url=url_for("needs.show", need_id=row.id),
            notes=(line(row.reference, _("returned on %(day)s", day=day(row.decided_at))),),
            tag=state_tag(DOSSIER, "returned"),
            asked=asked,
        )

    all_url = url_for("needs.index", state="returned")
    return block("returned", _("Needs returned for changes"), rows, draw, all_url)


def _certifies(actor: Actor) -> bool:
    return might(actor, Permission.NEED_CERTIFY)


def _ready(actor: Actor) -> Block:
    """What colleagues say is ready, for whoever certifies it."""

    def draw(row: Any) -> Item:
        said = _("%(name)s, on %(day)s", name=row.by or "", day=day(row.ready_at))
        return Item(
            title=row.title,
            url=url_for("needs.check", need_id=row.id),
            notes=(line(row.reference, said),),
            tag=(_("to certify"), "warn"),
        )

    all_url = url_for("needs.index", state="draft")
    return block("ready", _("Ready to certify"), queries.ready(actor), draw, all_url)


def _drafts(actor: Actor) -> Block:
    def draw(row: Any) -> Item:
        saved = _("saved on %(when)s", when=locale.show_instant(row.saved_at))
        tag = (
            (_("new version"), "quiet") if row.state == "accepted" else state_tag(DOSSIER, "draft")
        )
        return Item(
            title=row.title or _("Without a title yet"),
            url=url_for("needs.show", need_id=row.id),
            notes=(line(row.reference, saved),),
            tag=(_("ready to certify"), "good") if row.ready_at else tag,
        )

    all_url = url_for("needs.index", state="draft")
    writes = might(actor, Permission.NEED_EDIT)
    title = _("Drafts to finish") if writes else _("Drafts of the delegation")
    rows = queries.drafts(actor, but_ready=_certifies(actor))
    return block("drafts", title, rows, draw, all_url)


def _calls(found: list[Call], invited: Invited) -> Block:
    def draw(call: Call) -> Item:
        shown = wording.shown(call, invited.get(call.id))
        return Item(
            title=call.title(locale.lang()),
            url=url_for("calls.show", call_id=call.id),
            notes=(_("Closes: %(when)s", when=deadline(shown.closes_at, call.zone)),),
            tag=(_("late permission"), "warn") if shown.is_late else (shown.word, shown.look),
        )

    return block("calls", _("Open calls"), found, draw, url_for("calls.index"))


def in_review(actor: Actor) -> Block:
    """What the delegation submitted and the Secretariat has not decided on."""

    all_url = url_for("needs.index", state="submitted")
    title = _("Submitted, waiting for review")
    tag, found = state_tag(DOSSIER, "submitted"), queries.submitted(actor)
    return block("submitted", title, found, lambda row: _certified(row, tag), all_url)


def _certified(row: Any, tag: tuple[str, str]) -> Item:
    """A need that was certified, with the day on which that was."""
    certified = _("certified on %(day)s", day=day(row.certified_at))
    return Item(
        title=row.title,
        url=url_for("needs.show", need_id=row.id),
        notes=(line(row.reference, certified),),
        tag=tag,
    )
