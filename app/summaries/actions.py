"""How does a need become a summary that a sponsor reads, and what can each side do about it?"""

from __future__ import annotations

import copy
import json
from typing import Any

from app import clock, deadlines
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.intake import published
from app.intake.actions import document_in
from app.needs.preview import NONE, Choices, hash_of, preview
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import require
from app.policy.permissions import Permission
from app.summaries import queries
from app.summaries.models import (
    ReleasedSummary,
    Routing,
    Summary,
    SummaryChange,
    SummaryQuestion,
)
from app.summaries.queries import Candidate, OpenedSummary
from app.summaries.received import Received
from app.web.errors import Refusal
from app.workflow import tables

DAYS_TO_OBJECT = 5
"""Working days in which a country may object to a changed preview. A proposal of this product, after
the 1540 Committee's practice; not a rule of the Conference."""
CERTIFIERS = (Role.FOCAL_POINT, Role.ALTERNATE)
REVIEWERS = (Role.OFFICER, Role.COORDINATOR)
SPONSOR_ROLES = (Role.SPONSOR_READER, Role.SPONSOR_PLEDGER)
TEXT_LIMIT = 4000
UNTITLED = {"es": "Necesidad de capacitación", "en": "Training need"}


def prepare(actor: Actor, candidate: Candidate) -> Summary:
    """Make the summary of an accepted need, as its country previewed and decided it."""
    require(actor, Permission.SUMMARY_PREPARE)
    consent, version = candidate.consent, candidate.version
    if consent.sponsors == NONE:
        raise Refusal(
            N_("The country decided that no summary of this need may be sent."), status=409
        )
    format = published.get(candidate.dossier.format_name, version.format_version)
    content = preview(format, document_in(version), _choices(candidate), lang=version.lang,
                      country=candidate.organisation.country or "")  # fmt: skip
    summary = Summary(
        id=new_id(), organisation_id=candidate.organisation_id, need_id=candidate.dossier.id,
        version_id=version.id, state=tables.SUMMARY.initial, preview=canonical_json(content).decode(),
        preview_hash=hash_of(content), created_at=clock.now(),
    )  # fmt: skip
    db.session.add(summary)
    trail.record(actor, "summary-prepared", subject=("summary", summary.id),
                 owner=summary.organisation_id,
                 detail={"version": version.id, "as_previewed": summary.preview_hash == consent.preview_hash})  # fmt: skip
    return summary


def _choices(candidate: Candidate) -> Choices:
    consent = candidate.consent
    return Choices(members=consent.members, sponsors=consent.sponsors,
                   withheld=frozenset(consent.withheld), released=frozenset(consent.released))  # fmt: skip


def change(
    actor: Actor, opened: OpenedSummary, *, kind: str, words: dict[str, dict[str, str]],
    left_out: frozenset[str], note: str,
) -> SummaryChange:  # fmt: skip
    """Translate or generalise what a sponsor would read; the country then has five working days.

    `words` maps an item's key to its new words by language, `left_out` names items to leave out.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    summary = opened.summary
    state = tables.SUMMARY.after(summary.state, "change")
    after = changed_content(json.loads(summary.preview), words, left_out)
    if hash_of(after) == summary.preview_hash:
        raise Refusal(N_("Nothing differs from what stands there now."))
    if not note.strip():
        raise Refusal(N_("Say in a sentence what you changed and why."), field="note")
    _supersede_open_change(summary)
    now, zone = clock.now(), opened.organisation.zone
    record = SummaryChange(
        id=new_id(), organisation_id=summary.organisation_id, summary_id=summary.id,
        before=summary.preview, after=canonical_json(after).decode(), kind=kind, note=note.strip(),
        proposed_by=actor.person_id, proposed_at=now,
        closes_at=deadlines.closes_at(now, DAYS_TO_OBJECT, "working", zone),
    )  # fmt: skip
    db.session.add(record)
    summary.state = state
    _raise_revision(summary)
    trail.record(actor, "summary-changed", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": record.id, "kind": kind})  # fmt: skip
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-changed", summary=summary.id)
    return record


def changed_content(
    content: dict[str, Any], words: dict[str, dict[str, str]], left_out: frozenset[str]
) -> dict[str, Any]:
    """The content with other words in some items and without others."""
    after = copy.deepcopy(content)
    for section in after["sections"]:
        section["items"] = [item for item in section["items"] if item["key"] not in left_out]
        for item in section["items"]:
            if "value" in item and item["key"] in words:
                item["value"] = {lang: words[item["key"]].get(lang, "").strip() or item["value"][lang]
                                 for lang in ("es", "en")}  # fmt: skip
                item["is_changed"] = True
    after["sections"] = [section for section in after["sections"] if section["items"]]
    after["title"] = _title_within(after)
    return after


def _supersede_open_change(summary: Summary) -> None:
    earlier = queries.open_change(summary)
    if earlier is not None:
        earlier.decision, earlier.decided_at = "superseded", clock.now()


def decide(actor: Actor, opened: OpenedSummary, *, decision: str, reason: str = "") -> None:
    """The country's word on a changed preview: consented, objected or withheld."""
    require(actor, Permission.SUMMARY_DECIDE, opened)
    summary = opened.summary
    verb = {"consented": "consent", "objected": "object", "withheld": "object"}[decision]
    summary.state = tables.SUMMARY.after(summary.state, verb)
    if decision != "consented" and not reason.strip():
        raise Refusal(
            N_("Say in a sentence why, so that the Secretariat can mend it."), field="reason"
        )
    waiting = queries.open_change(summary)
    if waiting is None:
        raise Refusal(N_("No change waits for your word."), status=409)
    if decision == "consented":
        _adopt(summary, json.loads(waiting.after))
    waiting.decision, waiting.reason = decision, reason.strip()
    waiting.decided_by, waiting.decided_at = actor.person_id, clock.now()
    _raise_revision(summary)
    trail.record(actor, f"summary-{decision}", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": waiting.id})  # fmt: skip
    post.to_kind(OrganisationKind.SECRETARIAT, REVIEWERS, "summary-decided", summary=summary.id)


def may_take_silence(opened: OpenedSummary, waiting: SummaryChange | None) -> bool:
    """Whether silence permits: the days have passed and the country has answered before."""
    return (
        waiting is not None
        and clock.now() > waiting.closes_at
        and queries.has_answered_before(opened.organisation_id)
    )


def take_silence(actor: Actor, opened: OpenedSummary) -> None:
    """Go on after five working days of silence: without country name, free words and contacts.

    Recorded as silence, never as agreement. Refusal while the days run, and for a country that has
    never answered in Enlace: then the Secretariat telephones.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    summary, waiting = opened.summary, queries.open_change(opened.summary)
    state = tables.SUMMARY.after(summary.state, "lapse")
    if waiting is None or not may_take_silence(opened, waiting):
        raise Refusal(
            N_("Silence permits nothing here. Please telephone the focal point."), status=409
        )
    summary.state = state
    _adopt(summary, silent_content(json.loads(waiting.after)))
    waiting.decision, waiting.decided_at = "silence", clock.now()
    _raise_revision(summary)
    trail.record(actor, "summary-silence", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": waiting.id})  # fmt: skip
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-silence", summary=summary.id)


def silent_content(content: dict[str, Any]) -> dict[str, Any]:
    """The content without the country's name, free words and contacts."""
    after = copy.deepcopy(content)
    after["country"] = None
    for section in after["sections"]:
        section["items"] = [item for item in section["items"] if not item.get("is_free_text")]
        for item in section["items"]:
            if "table" in item:
                item["table"] = _without_free_words(item["table"])
    after["sections"] = [section for section in after["sections"] if section["items"]]
    after["title"] = _title_within(after)
    return after


def _title_within(content: dict[str, Any]) -> dict[str, str]:
    """What a summary is called by what stands in it: its title, else its themes, else what it is."""
    said = {item["key"]: item.get("value") for section in content["sections"]
            for item in section["items"]}  # fmt: skip
    return said.get("title") or said.get("themes") or UNTITLED


def _without_free_words(table: dict[str, Any]) -> dict[str, Any]:
    kept = [place for place, is_free in enumerate(table["free"]) if not is_free]
    return {
        **{name: [table[name][place] for place in kept] for name in ("columns", "numbers", "free")},
        "rows": [[row[place] for place in kept] for row in table["rows"]],
    }


def _adopt(summary: Summary, content: dict[str, Any]) -> None:
    summary.preview = canonical_json(content).decode()
    summary.preview_hash = hash_of(content)


def _raise_revision(summary: Summary) -> None:
    summary.revision += 1


def route(actor: Actor, opened: OpenedSummary, *, sponsor_ids: list[str], why: str) -> None:
    """Send the summary to chosen sponsors; the first sending releases it, unchangeable from then on."""
    require(actor, Permission.SUMMARY_ROUTE)
    summary = opened.summary
    chosen = _sponsors(sponsor_ids)
    if not why.strip():
        raise Refusal(N_("Say why you send it to them; they read it."), field="why")
    if opened.dossier.state == "withdrawn":
        raise Refusal(N_("The country withdrew this need. It can no longer be sent."), status=409)
    if summary.released_id is None:
        _release(actor, summary)
    sent_before = {row.Routing.sponsor_id for row in queries.log(summary.released_id)}
    for sponsor in chosen:
        if sponsor.id not in sent_before:
            _send(actor, opened, sponsor, why.strip())


def _sponsors(sponsor_ids: list[str]) -> list[Organisation]:
    known = {sponsor.id: sponsor for sponsor in queries.sponsors()}
    if not sponsor_ids or not set(sponsor_ids) <= set(known):
        raise Refusal(N_("Choose at least one sponsor of the list."), field="sponsors")
    return [known[each] for each in dict.fromkeys(sponsor_ids)]


def _release(actor: Actor, summary: Summary) -> None:
    summary.state = tables.SUMMARY.after(summary.state, "release")
    released = ReleasedSummary(
        id=new_id(), reference=new_id()[:10].upper(), content=json.loads(summary.preview),
        hash=summary.preview_hash, released_at=clock.now(),
    )  # fmt: skip
    db.session.add(released)
    db.session.flush()
    summary.released_id = released.id
    _raise_revision(summary)
    trail.record(actor, "summary-released", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"hash": released.hash})  # fmt: skip


def _send(actor: Actor, opened: OpenedSummary, sponsor: Organisation, why: str) -> None:
    summary = opened.summary
    if summary.released_id is None:
        raise LookupError("a summary is released before it is sent")
    routing = Routing(id=new_id(), released_id=summary.released_id, sponsor_id=sponsor.id, why=why,
                      state=tables.ROUTING.initial, sent_by=actor.person_id, sent_at=clock.now())  # fmt: skip
    db.session.add(routing)
    trail.record(actor, "summary-sent", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"sponsor": sponsor.id})  # fmt: skip
    post.to_roles(sponsor.id, SPONSOR_ROLES, "summary-received", routing=routing.id)
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-sent", summary=summary.id)


def recall(actor: Actor, opened: OpenedSummary, *, reason: str) -> None:
    """Take a released summary back from every sponsor; what they read stays on record."""
    require(actor, Permission.SUMMARY_ROUTE)
    if not reason.strip():
        raise Refusal(N_("Say in a sentence why it is recalled."), field="reason")
    summary = opened.summary
    summary.state = tables.SUMMARY.after(summary.state, "withhold")
    for row in queries.log(summary.released_id):
        if tables.ROUTING.may(row.Routing.state, "recall"):
            row.Routing.state = "recalled"
    _raise_revision(summary)
    trail.record(actor, "summary-recalled", subject=("summary", summary.id),
                 owner=summary.organisation_id)  # fmt: skip
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-recalled", summary=summary.id)


def answer_question(actor: Actor, question: SummaryQuestion, *, text: str) -> None:
    """Answer a sponsor's question for the Secretariat, once."""
    require(actor, Permission.SUMMARY_ROUTE)
    if question.answer is not None:
        raise Refusal(N_("This question has already been answered."), status=409)
    if not text.strip() or len(text) > TEXT_LIMIT:
        raise Refusal(N_("Write an answer of at most %(most)s characters."), field="answer",
                      most=TEXT_LIMIT)  # fmt: skip
    question.answer, question.answered_at = text.strip(), clock.now()
    trail.record(actor, "question-answered", subject=("routing", question.routing_id))
    post.to_roles(
        question.sponsor_id, SPONSOR_ROLES, "question-answered", routing=question.routing_id
    )


def respond(actor: Actor, received: Received, *, state: str, reason: str = "") -> None:
    """The sponsor's answer: interested, or not now. It may be changed later; both stay on record."""
    require(actor, Permission.SUMMARY_ANSWER)
    verbs = {"interested": "be_interested", "not_now": "decline"}
    if state not in verbs:
        raise Refusal(N_("Choose an answer."), field="state")
    if len(reason) > TEXT_LIMIT:
        raise Refusal(N_("This is too long."), field="reason")
    routing = received.routing
    routing.state = tables.ROUTING.after(routing.state, verbs[state])
    routing.reason = reason.strip()
    routing.answered_by, routing.answered_at = actor.person_id, clock.now()
    trail.record(actor, f"summary-{state.replace('_', '-')}", subject=("routing", routing.id))
    post.to_kind(OrganisationKind.SECRETARIAT, REVIEWERS, "sponsor-answered", routing=routing.id)


def ask(actor: Actor, received: Received, *, text: str) -> None:
    """A sponsor's question, which goes through the Secretariat and names no country."""
    require(actor, Permission.SUMMARY_ANSWER)
    if not text.strip() or len(text) > TEXT_LIMIT:
        raise Refusal(N_("Write a question of at most %(most)s characters."), field="question",
                      most=TEXT_LIMIT)  # fmt: skip
    question = SummaryQuestion(
        id=new_id(), routing_id=received.routing.id, sponsor_id=actor.organisation_id,
        question=text.strip(), asked_by=actor.person_id, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(question)
    trail.record(actor, "question-asked", subject=("routing", received.routing.id))
    post.to_kind(OrganisationKind.SECRETARIAT, REVIEWERS, "question-asked",
                 routing=received.routing.id)  # fmt: skip
