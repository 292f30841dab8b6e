"""What can be done with an edition of the needs report, from its first draft to its publication?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.audit import trail
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import require
from app.policy.permissions import Permission
from app.reports import building, content, proposals, queries
from app.reports.figures import FULL, MEMBERS
from app.reports.models import Edition, EditionDocument
from app.reports.report import Report
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

MEMBER_READERS = (Role.FOCAL_POINT, Role.ALTERNATE, Role.MEMBER_READER)
IN_PREPARATION = N_("An edition is already being prepared for this call. Go on with that one.")


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
    # The call is held so that two officers cannot take the same number.
    db.session.execute(db.select(Call.id).where(Call.id == call.id).with_for_update())
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


def publish(actor: Actor, edition: Edition, call: Call, *, revision: int, digest: str) -> None:
    """Freeze an edition as of now, for the Secretariat and for members, and tell the members.

    `digest` is that of the report which was on the screen. Raises Stale where texts or figures have
    changed since, and NotNow.
    """
    require(actor, Permission.REPORT_PUBLISH, edition)
    state = tables.EDITION.after(edition.state, "publish")
    now, hashes = clock.now(), {}
    for report in _reports(edition, call, now, digest):
        body, hash = content.written(report)
        hashes[report.audience] = hash
        db.session.add(EditionDocument(
            edition_id=edition.id, audience=report.audience, content=body, hash=hash
        ))  # fmt: skip
    db.session.flush()
    whole = content.hash_of_edition(hashes)
    _advance(edition, revision, state=state, as_of=now, published_at=now, hash=whole,
             published_by=actor.person_id)  # fmt: skip
    trail.record(actor, "edition-published", subject=("edition", edition.id),
                 revision=revision + 1, detail={"hash": whole, "documents": hashes})  # fmt: skip
    for kind in (OrganisationKind.DELEGATION, OrganisationKind.PRESIDENCY):
        post.to_kind(kind, MEMBER_READERS, "report-published", edition=edition.id)


def _reports(edition: Edition, call: Call, now: datetime, digest: str) -> list[Report]:
    """What each audience will read. Raises Stale unless all of it rests on the figures last seen."""
    of_edition: dict[str, Any] = {"as_of": now, "edition": edition, "stage": "published"}
    reports = [building.build(call, audience=each, **of_edition) for each in (FULL, MEMBERS)]
    # Counted once more at the end: a need accepted in between would be in one and not in the other.
    again = building.build(call, lists_needs=False, **of_edition)
    if {building.digest(reports[0]), building.digest(again)} != {digest}:
        raise Stale
    return reports


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
