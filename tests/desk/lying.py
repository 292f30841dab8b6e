"""What lies on the desks of the tests: needs, summaries, editions, written straight into the tables."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.calls import actions
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.intake.models import Dossier, Draft, Review, ReviewSection, Version
from app.needs.models import Consent, Need
from app.policy.actor import Actor
from app.reports.models import Edition
from app.summaries.models import (
    ReleasedSummary,
    Routing,
    Summary,
    SummaryChange,
    SummaryQuestion,
)
from tests.calls.settled import MORNING, Settled, dossier, terms

DAY = timedelta(days=1)


def open_call(settled: Settled, code: str = "2004") -> Call:
    """A call that opened yesterday for Honduras and El Salvador and closes in five days."""
    call = actions.create(settled["st"], terms(settled, code=code))
    call.state, call.opens_at = "open", MORNING - DAY
    db.session.flush()
    return call


def need(call: Call, actor: Actor, state: str, title: str, *, is_submitted: bool = True) -> Dossier:
    """A need in a state; without a version where it was never submitted."""
    made = dossier(call.id, actor, state=state, is_submitted=is_submitted)
    made.reference = f"REF-{new_id()[:6]}"
    db.session.add(Need(id=made.id, organisation_id=made.organisation_id, call_id=call.id))
    db.session.flush()
    if is_submitted:
        version = _version(made, actor, title)
        made.latest_version_id, made.versions_count = version.id, 1
        if state == "accepted":
            made.accepted_version_id = version.id
            db.session.add(_consent(version, actor))
    else:
        db.session.add(_draft(made, actor, title))
    db.session.flush()
    return made


def returned(made: Dossier, reasons: dict[str, str]) -> None:
    """Write the review by which it was returned."""
    review = Review(
        id=new_id(), organisation_id=made.organisation_id, version_id=made.latest_version_id,
        dossier_id=made.id, verdict="returned", note="", decided_by=made.started_by,
        decided_name="ST", decided_at=MORNING,
    )  # fmt: skip
    db.session.add(review)
    db.session.flush()
    for section, reason in reasons.items():
        db.session.add(ReviewSection(review_id=review.id, section=section, reason=reason,
                                     organisation_id=made.organisation_id))  # fmt: skip
    db.session.flush()


def summary(made: Dossier, state: str, *, closes_at: datetime | None = None) -> Summary:
    """The summary of an accepted need; with a change to decide on where it closes at an instant."""
    found = Summary(
        id=new_id(), organisation_id=made.organisation_id, need_id=made.id,
        version_id=made.accepted_version_id, state=state, preview="{}", preview_hash="0",
        released_id=None, created_at=MORNING,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    if closes_at:
        db.session.add(SummaryChange(
            id=new_id(), organisation_id=made.organisation_id, summary_id=found.id, before="{}",
            after="{}", kind="translation", note="", proposed_by=made.started_by,
            proposed_at=MORNING, closes_at=closes_at, decision=None,
        ))  # fmt: skip
    db.session.flush()
    return found


def edition(call: Call, number: int, state: str, by: Actor) -> Edition:
    is_published = state == "published"
    found = Edition(
        id=new_id(), call_id=call.id, number=number, state=state, title_es="Informe",
        title_en="Report", created_at=MORNING, published_at=MORNING if is_published else None,
        published_by=by.person_id if is_published else None, hash="0" if is_published else None,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    return found


def sent(sponsor: Actor, by: Actor, title: str, *, opened_at: datetime | None = None) -> Routing:
    """A released summary sent to a sponsor."""
    content = {"title": {"es": title, "en": title}, "country": None, "sections": [],
               "lang": "en"}  # fmt: skip
    released = ReleasedSummary(id=new_id(), reference=f"R-{new_id()[:8]}", content=content,
                               hash="0", released_at=MORNING)  # fmt: skip
    db.session.add(released)
    db.session.flush()
    found = Routing(
        id=new_id(), released_id=released.id, sponsor_id=sponsor.organisation_id, state="sent",
        why="It fits.", sent_by=by.person_id, sent_at=MORNING, opened_at=opened_at,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    return found


def question(routing: Routing, sponsor: Actor, text: str, answer: str | None) -> SummaryQuestion:
    found = SummaryQuestion(
        id=new_id(), routing_id=routing.id, sponsor_id=sponsor.organisation_id, question=text,
        asked_by=sponsor.person_id, asked_at=MORNING, answer=answer,
        answered_at=MORNING if answer else None,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    return found


def _version(made: Dossier, actor: Actor, title: str) -> Version:
    version = Version(
        id=new_id(), organisation_id=made.organisation_id, dossier_id=made.id, number=1,
        format_version=1, title=title, document="{}", hash="0", receipt=f"{made.reference}-1",
        lang="en", certified_by=actor.person_id, certified_name=actor.name,
        certified_role="focal_point", certified_at=MORNING,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def _draft(made: Dossier, actor: Actor, title: str) -> Draft:
    return Draft(
        id=new_id(), organisation_id=made.organisation_id, dossier_id=made.id, format_version=1,
        title=title, from_version_id=None, opened_by=actor.person_id, opened_at=MORNING,
        saved_at=MORNING, closed_at=None,
    )  # fmt: skip


def _consent(version: Version, actor: Actor) -> Consent:
    return Consent(
        version_id=version.id, organisation_id=version.organisation_id, need_id=version.dossier_id,
        members="named", sponsors="unnamed", withheld=[], released=[], preview_hash="0",
        decided_by=actor.person_id, decided_at=MORNING,
    )  # fmt: skip
