"""How does the Secretariat send a summary to sponsors, take it back, and answer what they ask?"""

from __future__ import annotations

import json

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.intake.models import Dossier
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, SPONSORS
from app.summaries import moving, names, naming, queries, relaying, telling, texts
from app.summaries.models import (
    ReleasedSummary,
    Routing,
    Summary,
    SummaryQuestion,
    SummaryRelease,
)
from app.summaries.queries import OpenedSummary
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

MISSING_WHY = N_("Say why you send it to them; they read it.")
UNCONFIRMED = N_(
    "One of those you chose is the sponsor side of the country that asks. Tick that you know, or "
    "choose others."
)
IN_GROUP = N_(
    "Sponsors read this need in the summary of its group. Take that one back first, so that nobody "
    "counts its participants twice."
)
MISSING_REASON = N_("Say in a sentence why it is recalled.")
MISSING_ANSWER = N_("Write an answer.")


def is_in_force(summary: Summary, dossier: Dossier) -> bool:
    """Whether the summary's version is the accepted one of a need that was not withdrawn."""
    return dossier.state != "withdrawn" and dossier.accepted_version_id == summary.version_id


def route(
    actor: Actor, opened: OpenedSummary, *, sponsor_ids: list[str], why: str,
    own_side_confirmed: bool = False,
) -> None:  # fmt: skip
    """Send the summary to chosen sponsors; the first sending releases it, unchangeable from then on.

    To the sponsor side of the country that asks, without its name, it goes only if that is confirmed:
    the same colleagues may sit there, and would know it again.
    """
    require(actor, Permission.SUMMARY_ROUTE)
    summary = opened.summary
    tables.SUMMARY.after(summary.state, "send")
    chosen = chosen_of(sponsor_ids)
    why = texts.read(why, field="why", missing=MISSING_WHY)
    refuse_untold(opened, {"why": why})
    if of_own_side(opened, chosen) and not own_side_confirmed:
        raise Refusal(UNCONFIRMED, field="own_side")
    if queries.in_group(summary.need_id) is not None:
        raise Refusal(IN_GROUP, status=409)
    if opened.dossier.state == "withdrawn":
        raise Refusal(N_("The country withdrew this need. It can no longer be sent."), status=409)
    if not is_in_force(summary, opened.dossier):
        raise Refusal(
            N_("A newer version of this need was accepted. Send the summary of that one."),
            status=409,
        )
    released_id = summary.released_id or _release(actor, summary)
    moving.move(summary, "send", released_id=released_id)
    sent_before = queries.sponsors_of(released_id)
    for sponsor in chosen:
        if sponsor.id not in sent_before:
            _send(actor, summary, released_id, sponsor, why)


def refuse_untold(opened: OpenedSummary, written: dict[str, str]) -> None:
    """Refusal at the first text of the Secretariat's that names a country which the summary does not."""
    told = names.said_in(json.loads(opened.summary.preview))
    naming.refuse_untold(written, told, [] if told else [opened])


def of_own_side(opened: OpenedSummary, sponsors: list[Organisation]) -> list[Organisation]:
    """Those of them that are the sponsor side of the very country whose name the summary withholds."""
    if not naming.is_unnamed(opened):
        return []
    return [each for each in sponsors if each.country == opened.organisation.country]


def chosen_of(sponsor_ids: list[str]) -> list[Organisation]:
    """The sponsors somebody ticked. Refusal where there is none."""
    known = {sponsor.id: sponsor for sponsor in queries.sponsors()}
    if not sponsor_ids or not set(sponsor_ids) <= set(known):
        raise Refusal(N_("Choose at least one sponsor of the list."), field="sponsors")
    return [known[each] for each in dict.fromkeys(sponsor_ids)]


def _release(actor: Actor, summary: Summary) -> str:
    now = clock.now()
    released = ReleasedSummary(
        id=new_id(), reference=new_id()[:10].upper(), content=json.loads(summary.preview),
        hash=summary.preview_hash, released_at=now,
    )  # fmt: skip
    db.session.add(released)
    db.session.flush()
    db.session.add(SummaryRelease(released_id=released.id, summary_id=summary.id,
                                  organisation_id=summary.organisation_id, released_at=now,
                                  is_named=released.content["country"] is not None))  # fmt: skip
    trail.record(actor, "summary-released", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"hash": released.hash})  # fmt: skip
    return released.id


def _send(
    actor: Actor, summary: Summary, released_id: str, sponsor: Organisation, why: str
) -> None:
    routing = Routing(id=new_id(), released_id=released_id, sponsor_id=sponsor.id, why=why,
                      state=tables.ROUTING.initial, sent_by=actor.person_id, sent_at=clock.now())  # fmt: skip
    db.session.add(routing)
    trail.record(actor, "summary-sent", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"sponsor": sponsor.id})  # fmt: skip
    post.to_roles(sponsor.id, SPONSORS, "summary-received", routing=routing.id)
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-sent", summary=summary.id)
    telling.sent(summary.id, released_id)


def recall(actor: Actor, opened: OpenedSummary, *, reason: str) -> None:
    """Take a released summary back from every sponsor; what they read stays on record."""
    require(actor, Permission.SUMMARY_ROUTE)
    tables.SUMMARY.after(opened.summary.state, "withhold")
    reason = texts.read(reason, field="reason", missing=MISSING_REASON)
    take_back(actor, opened.summary, by="secretariat")
    opened.summary.recall_reason = reason
    post.to_roles(opened.organisation_id, CERTIFIERS, "summary-recalled", summary=opened.id)


def take_back(actor: Actor | None, summary: Summary, *, by: str) -> None:
    """Withhold a released summary; a mended one is a release of its own. The caller says it by mail."""
    released_id = summary.released_id
    moving.move(summary, "withhold", released_id=None)
    if released_id is not None:
        moving.recall_all(released_id, because=by, at=clock.now())
    trail.record(actor, "summary-recalled", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"by": by})  # fmt: skip


def answer_question(actor: Actor, question: SummaryQuestion, *, text: str) -> None:
    """Answer a sponsor's question for the Secretariat, once. Raises NotNow where it was recalled."""
    require(actor, Permission.SUMMARY_ROUTE)
    if question.answer is not None:
        raise Refusal(N_("This question has already been answered."), status=409)
    if db.session.get_one(Routing, question.routing_id).state == "recalled":
        raise NotNow(tables.ROUTING.name, "recalled", "answer")
    text = texts.read(text, field="answer", missing=MISSING_ANSWER)
    naming.refuse_untold({"answer": text}, names.known(question.routing_id),
                         names.unknown_to(actor, question.routing_id))  # fmt: skip
    answered = changed(
        db.session(),
        update(SummaryQuestion)
        .where(
            SummaryQuestion.id == question.id,
            SummaryQuestion.answer.is_(None),
            SummaryQuestion.closed_at.is_(None),
        )
        .values(answer=text, answered_at=clock.now())
        .execution_options(synchronize_session=False),
    )
    if not answered:
        raise NotNow("question", "asked", "answer")
    db.session.refresh(question)
    relaying.close(question.id)
    trail.record(actor, "question-answered", subject=("routing", question.routing_id))
    post.to_roles(question.sponsor_id, SPONSORS, "question-answered", routing=question.routing_id)
