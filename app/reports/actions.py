"""What can be done with an edition of the needs report, from its first draft to its publication?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from app import clock
from app.audit import trail
from app.calls import inviting
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import require
from app.policy.permissions import Permission
from app.reports import content, doubts, files, places, proposals, queries, tallying, telling
from app.reports.figures import MEMBERS
from app.reports.models import Edition, EditionDocument
from app.reports.tallying import Tally
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

MEMBER_READERS = (Role.FOCAL_POINT, Role.ALTERNATE, Role.MEMBER_READER)
IN_PREPARATION = N_("An edition is already being prepared for this call. Go on with that one.")


UNCONFIRMED = N_("Tick each sentence to say that you have read it, or go back.")


class Stale(Exception):
    """Texts or figures changed since the page was drawn; nothing was done."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What the Secretariat writes for an edition, in both languages."""

    title_es: str
    title_en: str
    meeting: str
    agenda_item: str
    introduction_es: str
    introduction_en: str
    conclusion_es: str
    conclusion_en: str
    proposals_es: str
    proposals_en: str


def create(actor: Actor, call: Call) -> Edition:
    """A new edition in preparation, with first proposals to amend. Refusal while there is one."""
    require(actor, Permission.REPORT_PREPARE)
    _hold(call)  # so that two officers cannot take the same number
    if queries.in_preparation(call.id) is not None:
        raise Refusal(IN_PREPARATION, status=409)
    edition = Edition(
        id=new_id(), call_id=call.id, number=queries.next_number(call.id),
        state=tables.EDITION.initial, title_es=call.title("es"), title_en=call.title("en"),
        proposals_es=proposals.FIRST.es, proposals_en=proposals.FIRST.en, revision=1,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    trail.record(actor, "edition-created", subject=("edition", edition.id),
                 detail={"call": call.id, "number": edition.number})  # fmt: skip
    return edition


def write_texts(actor: Actor, edition: Edition, *, texts: Texts, revision: int) -> None:
    """Save the texts of an edition. Raises Stale if they were saved since `revision`, and NotNow."""
    require(actor, Permission.REPORT_PREPARE, edition)
    tables.EDITION.after(edition.state, "edit")
    changed = sorted(name for name, text in asdict(texts).items() if getattr(edition, name) != text)
    _advance(edition, revision, **asdict(texts))
    trail.record(actor, "edition-written", subject=("edition", edition.id), revision=revision + 1,
                 detail={"fields": changed})  # fmt: skip


def publish(
    actor: Actor, edition: Edition, call: Call, tally: Tally, *, revision: int, digest: str,
    confirmed: Collection[str] = (),
) -> None:  # fmt: skip
    """Freeze what was counted, for the Secretariat and for members, and tell the members.

    `tally` was counted before anything was written, so that here nobody waits for figures; `digest`
    is that of the report which was on the screen, `confirmed` what was ticked beside it. Raises Stale
    where texts or figures have changed since, Refusal where something is not confirmed, and NotNow.
    """
    require(actor, Permission.REPORT_PUBLISH, edition)
    state = tables.EDITION.after(edition.state, "publish")
    _hold(call)  # so that no group changes between the look and the writing
    inviting.hold_all(call.id)  # nor any need comes into force or goes out of it
    if tally.digest != digest or not tallying.still_holds(tally, call):
        raise Stale
    refuse_unconfirmed(tally, confirmed)
    now, hashes = clock.now(), {}
    for report in tally.reports:
        body, hash = content.written(report)
        hashes[report.audience] = hash
        db.session.add(EditionDocument(
            edition_id=edition.id, audience=report.audience, content=body, hash=hash
        ))  # fmt: skip
        if report.audience == MEMBERS:
            places.write_down(edition.id, report)
    db.session.flush()
    whole = content.hash_of_edition(hashes)
    _advance(edition, revision, state=state, as_of=tally.as_of, published_at=now, hash=whole,
             published_by=actor.person_id)  # fmt: skip
    trail.record(actor, "edition-published", subject=("edition", edition.id), revision=revision + 1,
                 detail={"hash": whole, "documents": hashes,
                         "confirmed": sorted(tally.doubts)})  # fmt: skip
    files.promise(edition)
    telling.published(edition.id)
    for kind in (OrganisationKind.DELEGATION, OrganisationKind.PRESIDENCY):
        post.to_kind(kind, MEMBER_READERS, "report-published", edition=edition.id)


def refuse_unconfirmed(tally: Tally, confirmed: Collection[str]) -> None:
    """Refuse, at the boxes, to publish over a doubt that was not ticked."""
    if not tally.doubts <= set(confirmed):
        raise Refusal(UNCONFIRMED, field=doubts.FIELD)


def _hold(call: Call) -> None:
    """Let nobody else number editions or change groups of the call; countries may go on beside."""
    db.session.execute(db.select(Call.id).where(Call.id == call.id).with_for_update(key_share=True))


def _advance(edition: Edition, revision: int, **values: Any) -> None:
    """Write an edition in preparation if it still is at this revision. Raises Stale or NotNow."""
    table = Edition.__table__
    written = db.session.execute(
        db.update(table)
        .where(table.c.id == edition.id, table.c.revision == revision,
               table.c.state == tables.EDITION.initial)
        .values(revision=revision + 1, **values)
        .returning(table.c.id)
    ).one_or_none()  # fmt: skip
    db.session.expire(edition)
    if written is not None:
        return
    if edition.state != tables.EDITION.initial:
        raise NotNow("edition", edition.state, "edit")
    raise Stale
