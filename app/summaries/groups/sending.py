"""How does a group's summary reach sponsors, and how is it taken back?"""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.groups.facts import format_of
from app.needs.preview import hash_of
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, SPONSORS
from app.summaries import moving, naming, telling, texts
from app.summaries import queries as single
from app.summaries import sending as alone
from app.summaries.contents import Content
from app.summaries.groups import parts, queries, summing
from app.summaries.groups.parts import Part
from app.summaries.groups.queries import Asked, Opened
from app.summaries.models import (
    GroupSummary,
    ReleasedSummary,
    Routing,
    Summary,
    SummaryChange,
    SummaryRelease,
)
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

WAITING = N_(
    "A country's word is still waited for. Until it comes, or its days have passed, nothing is sent."
)
TOO_FEW = N_("Too few countries agreed: a group's summary needs two needs of two countries.")
ALONE = N_(
    "%(sponsor)s holds the summary of %(reference)s alone already. Recall that one on the need's own "
    "page first, or leave this sponsor out, so that nobody counts its participants twice."
)


def route(
    actor: Actor, opened: Opened, *, sponsor_ids: list[str], why: str,
    own_side_confirmed: bool = False,
) -> None:  # fmt: skip
    """Send a group's summary to chosen sponsors; the first sending releases it, unchangeable then."""
    require(actor, Permission.SUMMARY_ROUTE)
    record = opened.record
    tables.GROUPING.after(record.state, "send")
    asked = queries.asked(actor, opened.id)
    if any(each.change.decision is None for each in asked):
        raise Refusal(WAITING, status=409)
    form = format_of(opened.group.call.id)
    members = parts.parts(asked, form)
    if not summing.is_group(members):
        raise Refusal(TOO_FEW, status=409)
    chosen = alone.chosen_of(sponsor_ids)
    why = texts.read(why, field="why", missing=alone.MISSING_WHY)
    content = content_now(record, members, form)
    naming.refuse_untold({"why": why}, content["countries"], unnamed(members, content))
    if of_own_side(members, content, chosen) and not own_side_confirmed:
        raise Refusal(alone.UNCONFIRMED, field="own_side")
    _refuse_gone(members, queries.otherwise(opened.id))
    _refuse_twice(members, chosen, record.released_id)
    for member in members:
        _hold(member.asked)
    released_id = record.released_id or _release(actor, record, members, content)
    _move(record, "send", released_id=released_id)
    sent_before = single.sponsors_of(released_id)
    for sponsor in chosen:
        if sponsor.id not in sent_before:
            _send(actor, record, members, sponsor, why)


def content_now(record: GroupSummary, members: list[Part], form: Format) -> Content:
    """What sponsors read, or would read."""
    if record.released_id is not None:
        released = db.session.get_one(ReleasedSummary, record.released_id)
        content: Content = released.content
        return content
    return summing.content_of(members, form)


def unnamed(members: list[Part], content: Content) -> list[single.OpenedSummary]:
    """The summaries whose countries a group's summary does not say."""
    return [each.asked.opened for each in members if each.country not in content["countries"]]


def of_own_side(
    members: list[Part], content: Content, sponsors: list[Organisation]
) -> list[Organisation]:  # fmt: skip
    """Those sponsors that are the sponsor side of a country that goes unnamed."""
    hidden = {each.organisation.country for each in unnamed(members, content)}
    return [each for each in sponsors if each.country in hidden]


def _refuse_gone(members: list[Part], otherwise: set[str]) -> None:
    for member in members:
        opened = member.asked.opened
        if member.asked.change.id in otherwise:
            raise Refusal(
                N_("%(reference)s: its country decided otherwise about its own summary since, or is "
                   "asked about it. End this summary and prepare the group's anew once it has said its "
                   "word."), status=409, reference=opened.dossier.reference)  # fmt: skip
        if not alone.is_in_force(opened.summary, opened.dossier):
            raise Refusal(
                N_("%(reference)s was withdrawn or has a newer version. End this summary and prepare "
                   "the group's anew."), status=409, reference=opened.dossier.reference)  # fmt: skip


def _refuse_twice(members: list[Part], chosen: list[Organisation], released_id: str | None) -> None:
    needs = [member.asked.opened.dossier.id for member in members]
    for sponsor, reference, _ in queries.alone_with(needs, [s.id for s in chosen], released_id):
        raise Refusal(ALONE, field="sponsors", reference=reference, sponsor=sponsor.name_es
                      if sponsor.name_es == sponsor.name_en
                      else f"{sponsor.name_es} / {sponsor.name_en}")  # fmt: skip


def _hold(asked: Asked) -> None:
    """Let nobody send a need's own summary meanwhile. Raises NotNow where somebody was faster."""
    summary = asked.opened.summary
    held = changed(
        db.session(),
        update(Summary)
        .where(Summary.id == summary.id, Summary.organisation_id == summary.organisation_id,
               Summary.revision == summary.revision)
        .values(revision=summary.revision + 1)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not held:
        raise NotNow(tables.SUMMARY.name, summary.state, "send")
    db.session.refresh(summary)


def _release(actor: Actor, record: GroupSummary, members: list[Part], content: Content) -> str:
    now = clock.now()
    released = ReleasedSummary(id=new_id(), reference=new_id()[:10].upper(), content=content,
                               hash=hash_of(content), released_at=now)  # fmt: skip
    db.session.add(released)
    db.session.flush()
    for place, member in enumerate(members):
        opened = member.asked.opened
        db.session.add(SummaryRelease(
            released_id=released.id, summary_id=opened.id, place=place, released_at=now,
            organisation_id=opened.organisation_id,
            is_named=member.country in content["countries"],
        ))  # fmt: skip
    db.session.flush()
    trail.record(actor, "group-summary-released", subject=("group-summary", record.id),
                 detail={"hash": released.hash})  # fmt: skip
    return released.id


def _send(
    actor: Actor, record: GroupSummary, members: list[Part], sponsor: Organisation, why: str
) -> None:
    routing = Routing(id=new_id(), released_id=record.released_id, sponsor_id=sponsor.id, why=why,
                      state=tables.ROUTING.initial, sent_by=actor.person_id,
                      sent_at=clock.now())  # fmt: skip
    db.session.add(routing)
    post.to_roles(sponsor.id, SPONSORS, "summary-received", routing=routing.id)
    for member in members:
        opened = member.asked.opened
        trail.record(actor, "summary-sent", subject=("summary", opened.id),
                     owner=opened.organisation_id, detail={"sponsor": sponsor.id})  # fmt: skip
        post.to_roles(opened.organisation_id, CERTIFIERS, "summary-sent", summary=opened.id)
        telling.sent(opened.id, record.released_id or "")


def end(actor: Actor, opened: Opened, *, reason: str) -> None:
    """Take a group's summary back from every sponsor, or ask no further before it was sent."""
    require(actor, Permission.SUMMARY_ROUTE)
    tables.GROUPING.after(opened.record.state, "end")
    reason = texts.read(reason, field="reason", missing=alone.MISSING_REASON)
    told = take_back(actor, opened.record, by="secretariat", reason=reason)
    for summary_id, organisation_id in told:
        post.to_roles(organisation_id, CERTIFIERS, "summary-recalled", summary=summary_id)


def take_back(
    actor: Actor | None, record: GroupSummary, *, by: str, reason: str = ""
) -> list[tuple[str, str]]:
    """End a group's summary; (summary, country) of each that sponsors read. The caller says it by mail."""
    now = clock.now()
    _move(record, "end", ended_at=now, reason=reason)
    changed(
        db.session(),
        update(SummaryChange)
        .where(SummaryChange.grouping_id == record.id, SummaryChange.decision.is_(None))
        .values(decision="superseded", decided_at=now)
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
    trail.record(actor, "group-summary-ended", subject=("group-summary", record.id),
                 detail={"by": by})  # fmt: skip
    if record.released_id is None:
        return []
    moving.recall_all(record.released_id, because=by, at=now)
    members = db.session.execute(
        db.select(SummaryRelease.summary_id, SummaryRelease.organisation_id)
        .where(SummaryRelease.released_id == record.released_id)
        .order_by(SummaryRelease.place)
    ).all()
    for summary_id, organisation_id in members:
        trail.record(actor, "summary-recalled", subject=("summary", summary_id),
                     owner=organisation_id, detail={"by": by})  # fmt: skip
    return [(summary_id, organisation_id) for summary_id, organisation_id in members]


def _move(record: GroupSummary, verb: str, **values: object) -> None:
    """Move a group's summary from where it was seen to stand. Raises NotNow."""
    seen, revision = record.state, record.revision
    moved = changed(
        db.session(),
        update(GroupSummary)
        .where(GroupSummary.id == record.id, GroupSummary.state == seen,
               GroupSummary.revision == revision)
        .values(state=tables.GROUPING.after(seen, verb), revision=revision + 1, **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.GROUPING.name, seen, verb)
    db.session.refresh(record)
