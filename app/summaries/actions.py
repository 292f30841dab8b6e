"""How does a need become a summary, and what do the Secretariat and its country do about it?"""

from __future__ import annotations

import json
from typing import Any

from app import clock
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
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries import contents, naming, period, queries, texts
from app.summaries.models import Summary, SummaryChange
from app.summaries.moving import move
from app.summaries.queries import Candidate, OpenedSummary
from app.web.errors import Refusal
from app.workflow import tables

MADE_OTHERWISE = "preview"
"""Kind of the change that nobody made: the same choices give another content than was previewed."""
NOTE_OF_PREVIEW = (
    "El contenido ya no coincide palabra por palabra con la vista previa que se certificó. Léalo "
    "completo.\n\nThe content is no longer, word for word, the preview that was certified. Please "
    "read all of it."
)
"""Kept in both languages: the country reads it, whoever prepares the summary."""
MISSING_REASON = N_("Say in a sentence why, so that the Secretariat can mend it.")
MISSING_NOTE = N_("Say in a sentence what you changed and why.")


def prepare(actor: Actor, candidate: Candidate) -> Summary:
    """Make the summary of an accepted need, as its country previewed and decided it.

    Where it would not be what the country previewed, the country is asked first.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    consent, version = candidate.consent, candidate.version
    if consent.sponsors == NONE:
        raise Refusal(
            N_("The country decided that no summary of this need may be sent."), status=409
        )
    content = certified_content(candidate)
    is_as_previewed = hash_of(content) == consent.preview_hash
    state = tables.SUMMARY.initial
    summary = Summary(
        id=new_id(), organisation_id=candidate.organisation_id, need_id=candidate.dossier.id,
        version_id=version.id, preview=canonical_json(content).decode(),
        preview_hash=hash_of(content), created_at=clock.now(),
        state=state if is_as_previewed else tables.SUMMARY.after(state, "change"),
    )  # fmt: skip
    db.session.add(summary)
    db.session.flush()
    trail.record(actor, "summary-prepared", subject=("summary", summary.id),
                 owner=summary.organisation_id,
                 detail={"version": version.id, "as_previewed": is_as_previewed})  # fmt: skip
    if not is_as_previewed:
        ask_country(actor, summary, candidate.organisation, kind=MADE_OTHERWISE,
                     before={**content, "sections": []}, after=content, note=NOTE_OF_PREVIEW)  # fmt: skip
    return summary


def certified_content(candidate: Candidate | OpenedSummary) -> dict[str, Any]:
    """What a sponsor would read of a version, by what its country decided at certification."""
    consent, version = candidate.consent, candidate.version
    choices = Choices(members=consent.members, sponsors=consent.sponsors,
                      withheld=frozenset(consent.withheld), released=frozenset(consent.released))  # fmt: skip
    format = published.get(candidate.dossier.format_name, version.format_version)
    return preview(format, document_in(version), choices, lang=version.lang,
                   country=candidate.organisation.country or "")  # fmt: skip


def change(
    actor: Actor, opened: OpenedSummary, *, kind: str, words: dict[str, dict[str, str]],
    left_out: frozenset[str], note: str,
) -> SummaryChange:  # fmt: skip
    """Translate or generalise what a sponsor would read; the country then has five working days.

    `words` maps an item's key to its new words by language, `left_out` names items, or columns as
    "audience.region", to leave out.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    summary = opened.summary
    tables.SUMMARY.after(summary.state, "change")
    note = texts.read(note, field="note", missing=MISSING_NOTE)
    cleaned = {key: {lang: texts.read(text, field=f"words.{key}.{lang}")
                     for lang, text in said.items()} for key, said in words.items()}  # fmt: skip
    before = json.loads(summary.preview)
    naming.refuse_naming(opened, _rewritten(before, cleaned))
    after = contents.changed(before, cleaned, left_out)
    if not contents.differences(before, after):
        raise Refusal(N_("Nothing differs from what stands there now."), field="note")
    waiting = queries.open_change(summary)
    move(summary, "change")
    if waiting is not None:
        waiting.decision, waiting.decided_at = "superseded", clock.now()
    record = ask_country(actor, summary, opened.organisation, kind=kind, before=before,
                          after=after, note=note)  # fmt: skip
    trail.record(actor, "summary-changed", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": record.id, "kind": kind})  # fmt: skip
    return record


def _rewritten(before: dict[str, Any], words: dict[str, dict[str, str]]) -> dict[str, str]:
    """Field -> text that the Secretariat wrote; not what stands there, which is the country's."""
    standing = {item["key"]: item.get("value", {}) for item in contents.items(before)}
    return {f"words.{key}.{lang}": text for key, said in words.items()
            for lang, text in said.items() if text != standing.get(key, {}).get(lang)}  # fmt: skip


def ask_country(
    actor: Actor, summary: Summary, country: Organisation, *, kind: str, before: dict[str, Any],
    after: dict[str, Any], note: str, grouping_id: str | None = None,
) -> SummaryChange:  # fmt: skip
    """Ask the country of a summary for its word; its working days begin now."""
    now = clock.now()
    closes_at, days_off = period.begun(country, now)
    record = SummaryChange(
        id=new_id(), organisation_id=summary.organisation_id, summary_id=summary.id,
        grouping_id=grouping_id, before=canonical_json(before).decode(), after=canonical_json(after).decode(), kind=kind,
        note=note, proposed_by=actor.person_id, proposed_at=now,
        closes_at=closes_at, days_off=days_off,
    )  # fmt: skip
    db.session.add(record)
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-changed", summary=summary.id)
    return record


def is_of(waiting: SummaryChange, change_id: str, hash: str) -> bool:
    """Whether this is the change, with the words, that somebody had on the screen."""
    return waiting.id == change_id and hash_of(json.loads(waiting.after)) == hash


def decide(
    actor: Actor, opened: OpenedSummary, waiting: SummaryChange, *, decision: str, reason: str = ""
) -> None:
    """The country's word on the changed preview that it read: consented, objected or withheld."""
    require(actor, Permission.SUMMARY_DECIDE, opened)
    summary = opened.summary
    verb = {"consented": "consent", "objected": "object", "withheld": "object"}[decision]
    missing = None if decision == "consented" else MISSING_REASON
    reason = texts.read(reason, field="reason", missing=missing)
    move(summary, verb, **(_as_content(json.loads(waiting.after)) if verb == "consent" else {}))
    waiting.decision, waiting.reason = decision, reason
    waiting.decided_by, waiting.decided_at = actor.person_id, clock.now()
    trail.record(actor, f"summary-{decision}", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": waiting.id})  # fmt: skip
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "summary-decided", summary=summary.id)


def may_take_silence(opened: OpenedSummary, waiting: SummaryChange | None) -> bool:
    """Whether silence permits: the days have passed and the country has answered before."""
    return (
        waiting is not None
        and clock.now() > waiting.closes_at
        and queries.has_answered_before(opened.organisation_id)
    )


def take_silence(actor: Actor, opened: OpenedSummary) -> None:
    """Go on after five working days of silence: without country name, and without what was reworded
    or reaches a sponsor only where its country releases it.

    Recorded as silence, never as agreement. Refusal while the days run, and for a country that has
    never answered in Enlace: then the Secretariat telephones.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    summary, waiting = opened.summary, queries.open_change(opened.summary)
    tables.SUMMARY.after(summary.state, "lapse")
    if waiting is None or not may_take_silence(opened, waiting):
        raise Refusal(
            N_("Silence permits nothing here. Please telephone the focal point."), status=409
        )
    permitted = contents.silent(json.loads(waiting.before), json.loads(waiting.after))
    move(summary, "lapse", **_as_content(permitted))
    waiting.decision, waiting.decided_at = "silence", clock.now()
    trail.record(actor, "summary-silence", subject=("summary", summary.id),
                 owner=summary.organisation_id, detail={"change": waiting.id})  # fmt: skip
    post.to_roles(summary.organisation_id, CERTIFIERS, "summary-silence", summary=summary.id)


def _as_content(content: dict[str, Any]) -> dict[str, str]:
    return {"preview": canonical_json(content).decode(), "preview_hash": hash_of(content)}
