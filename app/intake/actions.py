"""What can be done with a dossier as a whole: certify, withdraw, revise, accept, return?

Who may is asked by the feature that owns the record, since each has permissions of its own; whether
its state allows it is asked here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.completeness import Missing, Problem, missing, problems
from app.formats.conditions import what_counts
from app.formats.words import N_
from app.intake import drafting, published
from app.intake.answers import Written, document_of, written
from app.intake.filing import actions as filing
from app.intake.models import BY_LINK, SIGNED_REPLY, Dossier, Draft, Review, ReviewSection, Version
from app.intake.opened import Opened
from app.intake.sealed import versions
from app.intake.sealed.at_rest import document_in as document_in
from app.policy.actor import Actor, Role
from app.storage.files import Stored
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

_DRAFT = Draft.__table__
CLOSE = (
    db.update(_DRAFT)
    .where(_DRAFT.c.id == db.bindparam("of_draft"), _DRAFT.c.closed_at.is_(None))
    .values(closed_at=db.bindparam("now"))
)

CLOSE_ANY = (
    db.update(_DRAFT)
    .where(_DRAFT.c.dossier_id == db.bindparam("of_dossier"), _DRAFT.c.closed_at.is_(None))
    .values(closed_at=db.bindparam("now"))
)


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """The prior clearance (visto bueno) that a certification may mention; never compulsory."""

    office: str = ""
    day: date | None = None
    number: str = ""
    file_id: str | None = None


class Incomplete(Exception):
    """Answers that certification needs are missing, or contradict each other.

    Where some are sealed, only certification itself could see it: `found` are the places and rules.
    """

    def __init__(self, found: Sequence[Missing | Problem] = ()) -> None:
        super().__init__("not complete")
        self.found = tuple(found)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The reply on paper with which a country signed what the Secretariat drafted for it."""

    name: str
    """Who signed it."""
    file: Stored


Reserved = Callable[[Mapping[str, Any]], frozenset[str]]


def nothing_reserved(_document: Mapping[str, Any]) -> frozenset[str]:
    """What no country keeps of its own law."""
    return frozenset()


def certify(
    actor: Actor, opened: Opened, *, clearance: Clearance, lang: str, reply: Reply | None = None,
    by_link: bool = False, reserved: Reserved = nothing_reserved,
    capacities: Sequence[Role] = (Role.FOCAL_POINT, Role.ALTERNATE),
) -> Version:  # fmt: skip
    """Freeze the draft as the next version of its dossier, numbered and hashed, with a receipt.

    With `reply` the actor, of the Secretariat, writes down what the country signed; `by_link` says that
    the actor came by the link sent to that person's registered address; `reserved` says of these
    answers which places the law of the country keeps, so that they may be empty; `capacities` are those in
    which a record of this kind is certified, the first that the actor has is noted. Raises NotNow outside the
    states that allow it, Incomplete, and Refusal after the close.
    """
    dossier = opened.dossier
    state, draft = tables.DOSSIER.after(dossier.state, "certify"), opened.open_draft
    refuse_after_close(opened)
    close_draft(draft, clock.now())
    found = written(draft)
    document = document_of(opened.format, versions.judged(actor, draft, opened.format, found))
    wrong: tuple[Missing | Problem, ...] = (
        *missing(opened.format, document, reserved(document)), *problems(opened.format, document),
    )  # fmt: skip
    if wrong:
        raise Incomplete(wrong)
    if opened.format.is_sensitive:  # nothing goes along that its writers were not shown any more
        document = what_counts(opened.format, document)
    role = certifying_role(actor, capacities).value + (BY_LINK if by_link else "")
    version = _freeze(actor, opened, draft, found, document, clearance, lang, reply, role)
    if dossier.on_behalf:
        filing.confirm(actor, dossier, way="reply" if reply else "link" if by_link else "enlace",
                       name=reply.name if reply else "", reply=reply.file if reply else None)  # fmt: skip
    dossier.state = state
    dossier.format_version = draft.format_version
    dossier.versions_count = version.number
    dossier.latest_version_id = version.id
    dossier.is_submitted = True
    dossier.changed_at = version.certified_at
    db.session.flush()
    trail.record(
        actor, "dossier-certified", subject=("dossier", dossier.id), owner=dossier.organisation_id,
        detail={"version": version.id, "number": version.number, "hash": version.hash},
    )  # fmt: skip
    return version


def _freeze(
    actor: Actor, opened: Opened, draft: Draft, found: Written, document: dict[str, Any],
    clearance: Clearance, lang: str, reply: Reply | None, role: str,
) -> Version:  # fmt: skip
    dossier, number = opened.dossier, opened.dossier.versions_count + 1
    version = Version(
        id=new_id(), organisation_id=dossier.organisation_id, dossier_id=dossier.id, number=number,
        format_version=draft.format_version, title=str(document.get(opened.format.kept_title, "")),
        receipt=f"{dossier.reference}-{number}", lang=lang, certified_by=actor.person_id,
        certified_name=reply.name if reply else actor.name,
        certified_role=SIGNED_REPLY if reply else role,
        certified_at=clock.now(), clearance_office=clearance.office or None,
        clearance_date=clearance.day, clearance_number=clearance.number or None,
        clearance_file=clearance.file_id,
    )  # fmt: skip
    plain, sealed = versions.committed(opened.format, draft, found, document, version)
    body = canonical_json(plain)
    version.document, version.hash = body.decode(), hashlib.sha256(body).hexdigest()
    db.session.add(version)
    db.session.flush()  # while the dossier is still what the wall asks for
    versions.keep(sealed)
    return version


def certifying_role(actor: Actor, capacities: Sequence[Role]) -> Role:
    """In which of these capacities the actor certifies: the first that it has, else the last."""
    return next((role for role in capacities if role in actor.roles), capacities[-1])


def close_draft(draft: Draft, at: datetime) -> None:
    """Close the open draft; nobody can save in it any more. Raises NotNow if somebody did before."""
    if not changed(db.session(), CLOSE, {"of_draft": draft.id, "now": at}):
        raise NotNow("draft", "closed", "close")


def refuse_after_close(opened: Opened) -> None:
    """Refuse to submit once the call has closed for this country.

    What the Secretariat returned may come back after the close: it was in time.
    """
    if opened.state == "returned":
        return
    if opened.closes_at is not None and clock.now() > opened.closes_at:
        raise Refusal(
            N_("The call has closed, so nothing can be submitted. Your draft is kept. Ask the "
               "Technical Secretariat for late permission if you still need to send it."),
            status=409,
        )  # fmt: skip


def withdraw(actor: Actor, opened: Opened, *, reason: str) -> None:
    """Withdraw a dossier from any state that allows it, with its reason; versions are kept.

    What the Secretariat drafted is refused by that: its country does not make it its own.
    """
    dossier = opened.dossier
    dossier.state = tables.DOSSIER.after(dossier.state, "withdraw")
    if dossier.on_behalf:
        filing.refuse(actor, dossier, reason)
    dossier.withdrawn_at = dossier.changed_at = clock.now()
    dossier.withdrawal_reason = reason
    dossier.accepted_version_id = None
    # The draft read along with the dossier may have been closed, or opened, by whoever had it before.
    db.session.execute(CLOSE_ANY, {"of_dossier": dossier.id, "now": dossier.withdrawn_at})
    trail.record(actor, "dossier-withdrawn", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id)  # fmt: skip


def revise(actor: Actor, opened: Opened) -> Draft:
    """Open a new draft from the newest version of an accepted dossier.

    The accepted version stays in force until its successor is accepted.
    """
    dossier = opened.dossier
    tables.DOSSIER.after(dossier.state, "revise")
    if opened.draft is not None:
        raise NotNow("dossier", dossier.state, "revise")
    draft = reopen(actor, dossier, version_of(dossier, dossier.latest_version_id))
    trail.record(actor, "dossier-revised", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id, detail={"draft": draft.id})  # fmt: skip
    return draft


def reopen(actor: Actor, dossier: Dossier, version: Version) -> Draft:
    """A new open draft holding a version's answers."""
    format = published.get(dossier.format_name, version.format_version)
    draft = drafting.open_draft(actor, dossier, format, from_version=version.id)
    drafting.fill_from(actor, draft, format, json.loads(version.document))
    versions.carry_into(actor, draft, format, version)
    db.session.flush()
    return draft


def accept(actor: Actor, opened: Opened, *, note: str = "") -> Version:
    """Accept the submitted version; it comes into force and its predecessor goes out of it."""
    dossier = opened.dossier
    dossier.state = tables.DOSSIER.after(dossier.state, "accept")
    version = version_of(dossier, dossier.latest_version_id)
    # One instant for the verdict and for what follows from it, so that facts can be made anew.
    dossier.changed_at = _review(actor, dossier, version, "accepted", note, {})
    dossier.accepted_version_id = version.id
    trail.record(actor, "dossier-accepted", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id, detail={"version": version.id})  # fmt: skip
    return version


def return_to_delegation(
    actor: Actor, opened: Opened, *, reasons: dict[str, str], note: str = ""
) -> Version:
    """Return the submitted version with a reason for each section that needs changes.

    The delegation opens a new draft from the version when it next writes. Raises Refusal when no
    section is named or one is named without its reason.
    """
    dossier = opened.dossier
    state = tables.DOSSIER.after(dossier.state, "return")
    version = version_of(dossier, dossier.latest_version_id)
    format = published.get(dossier.format_name, version.format_version)
    known = {section.key for section in format.sections}
    if not reasons or not set(reasons) <= known or not all(map(str.strip, reasons.values())):
        raise Refusal(N_("Mark at least one section and say for each what should change."))
    dossier.state = state
    _review(actor, dossier, version, "returned", note, reasons)
    dossier.changed_at = clock.now()
    trail.record(actor, "dossier-returned", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id,
                 detail={"version": version.id, "sections": sorted(reasons)})  # fmt: skip
    return version


def reopen_returned(actor: Actor, opened: Opened) -> Draft:
    """The draft in which a delegation mends a returned version; opened by whoever writes first."""
    dossier = opened.dossier
    if dossier.state != "returned" or opened.draft is not None:
        raise NotNow("dossier", dossier.state, "reopen")
    draft = reopen(actor, dossier, version_of(dossier, dossier.latest_version_id))
    trail.record(actor, "dossier-reopened", subject=("dossier", dossier.id),
                 owner=dossier.organisation_id, detail={"draft": draft.id})  # fmt: skip
    return draft


def _review(
    actor: Actor, dossier: Dossier, version: Version, verdict: str, note: str,
    reasons: dict[str, str],
) -> datetime:  # fmt: skip
    """Keep a verdict; when it was given."""
    review = Review(
        id=new_id(), organisation_id=dossier.organisation_id, version_id=version.id,
        dossier_id=dossier.id, verdict=verdict, note=note, decided_by=actor.person_id,
        decided_name=actor.name, decided_at=clock.now(),
    )  # fmt: skip
    db.session.add(review)
    db.session.flush()
    for section, reason in reasons.items():
        db.session.add(ReviewSection(review_id=review.id, section=section, reason=reason.strip(),
                                     organisation_id=dossier.organisation_id))  # fmt: skip
    return review.decided_at


def version_of(dossier: Dossier, version_id: str | None) -> Version:
    """A version of this dossier."""
    return db.session.execute(
        db.select(Version).where(
            Version.id == version_id, Version.organisation_id == dossier.organisation_id
        )
    ).scalar_one()
