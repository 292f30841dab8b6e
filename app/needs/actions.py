"""What can be done with a training need, from its first draft to its acceptance?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.audit import trail
from app.calls import inviting
from app.calls import queries as calls
from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.formats.projection import releasable, withholdable
from app.formats.spec import Format
from app.formats.words import N_
from app.intake import actions as intake
from app.intake import drafting, published, reuse
from app.intake.answers import document_of, written
from app.intake.discarding import actions as discarding
from app.intake.filing.actions import fingerprint
from app.intake.models import Dossier, Draft, Version
from app.intake.opened import Opened
from app.intake.prefilled import Prefilled
from app.needs import facts, steps
from app.needs.models import Consent, Need
from app.needs.opened import OpenedNeed
from app.needs.preview import CHOICES, NONE, Choices, hash_of, preview
from app.organisations.countries import alpha3
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import DRAFTERS, OFFICERS
from app.web.errors import Refusal

STALE = N_(
    "The draft changed after you looked at the preview. Look at it again before you certify."
)
CHANGED = N_("The draft changed after you looked at it. Look at it again before you submit it.")
UNDECIDED = N_(
    "Answer both questions: about members and about sponsors. Nothing is chosen for you."
)


class Unseen(Refusal):
    """The answers are not those which were on the screen; to be looked at again."""

    def __init__(self) -> None:
        super().__init__(CHANGED, status=409)


def start(actor: Actor, call: Call, source: Opened | None = None) -> Need:
    """A new draft of a need under the format version that its call names.

    It is empty, or begins with the answers of an earlier need of the same delegation.
    """
    if source is not None and source.organisation_id != actor.organisation_id:
        raise Missing(source.id)
    format = _format_of(actor, call)
    dossier, _draft = reuse.start(
        actor, call=call, format=format, country_code=alpha3(actor.country or ""), source=source
    )
    need = _need_of(dossier, call)
    db.session.add(need)
    return need


def begin_filled(
    actor: Actor, call: Call, given: Sequence[Prefilled]
) -> list[tuple[Dossier, Draft]]:
    """A new draft of a need for each of these, with its answers, from a spreadsheet."""
    format = _format_of(actor, call)
    begun = drafting.start_filled(
        actor, call=call, format=format, country_code=alpha3(actor.country or ""), given=given
    )
    db.session.add_all([_need_of(dossier, call) for dossier, _draft in begun])
    return begun


def _format_of(actor: Actor, call: Call) -> Format:
    """The form of a call in which the actor may begin a need. Raises Forbidden, or Refusal."""
    require(actor, Permission.NEED_START)
    calls.refuse_unless_open(actor, call)
    return published.get(call.format_name, call.format_version)


def _need_of(dossier: Dossier, call: Call) -> Need:
    return Need(id=dossier.id, organisation_id=dossier.organisation_id, call_id=call.id)


def certify(
    actor: Actor, need: OpenedNeed, *, choices: Choices, preview_hash: str, shown_hash: str,
    clearance: intake.Clearance, lang: str, by_link: bool = False,
) -> Version:  # fmt: skip
    """Certify and submit, with what the country decided about members and sponsors.

    `shown_hash` is the fingerprint of the answers that were on the screen, `preview_hash` that of what
    a sponsor would read of them; Refusal if it is no longer that.
    `by_link` says that the actor came by the link of a message.
    """
    require(actor, Permission.NEED_CERTIFY, need)
    refuse_unseen(as_shown(need), shown_hash)
    refuse_undecided(choices)
    _refuse_unknown(need.format, choices)
    version = intake.certify(actor, need, clearance=clearance, lang=lang, by_link=by_link)
    put_in(actor, need, version, choices, lang, seen_hash=preview_hash)
    return version


def put_in(
    actor: Actor, need: OpenedNeed, version: Version, choices: Choices, lang: str, *,
    seen_hash: str | None,
) -> None:  # fmt: skip
    """Submit a certified version with its consent: count its facts, and tell whom it concerns.

    `seen_hash` is that of the preview on the screen, None where nobody looked at one.
    """
    answers, country = json.loads(version.document), need.organisation.country or ""
    content = preview(need.format, answers, choices, country=country, lang=lang)
    preview_hash = hash_of(content)
    if seen_hash is not None and preview_hash != seen_hash:
        raise Refusal(STALE, status=409)
    db.session.add(Consent(
        version_id=version.id, organisation_id=need.organisation_id, need_id=need.id,
        members=choices.members, sponsors=choices.sponsors, withheld=sorted(choices.withheld),
        released=sorted(choices.released), preview_hash=preview_hash, decided_by=actor.person_id,
        decided_at=version.certified_at,
    ))  # fmt: skip
    trail.record(
        actor, "consent-given", subject=("version", version.id), owner=need.organisation_id,
        detail={"members": choices.members, "sponsors": choices.sponsors, "preview": preview_hash,
                "withheld": sorted(choices.withheld), "released": sorted(choices.released)},
    )  # fmt: skip
    facts.write(need=need, version=version, call=need.call, country=country, answers=answers)
    with post.together():
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "need-submitted", need=need.id)
        post.to_roles(need.organisation_id, DRAFTERS, "need-receipt", need=need.id)
        steps.took(actor, need.id, "certified", version.id)


def as_shown(need: OpenedNeed) -> str:
    """The fingerprint of the draft's answers as they stand."""
    return fingerprint(document_of(need.format, written(need.open_draft)))


def refuse_unseen(stands: str, shown: str) -> None:
    """Refuse to freeze answers that are not those which were on the screen: of both the fingerprint.

    Raises Unseen.
    """
    if stands != shown:
        raise Unseen


def refuse_undecided(choices: Choices) -> None:
    """Refuse choices that were not made: nothing is preselected and nothing is assumed."""
    if choices.members not in CHOICES or choices.sponsors not in CHOICES:
        raise Refusal(UNDECIDED)


def may_withhold(format: Format) -> tuple[str, ...]:
    """Keys a country may keep from sponsors: not what a sponsor must know to cost a course."""
    return tuple(k for k in withholdable(format, "sponsors") if not format.field(k).first)


def _refuse_unknown(format: Format, choices: Choices) -> None:
    known = set(releasable(format)), set(may_withhold(format))
    if not (choices.released <= known[0] and choices.withheld <= known[1]):
        raise Refusal(STALE, status=409)


def preview_of_draft(need: OpenedNeed, choices: Choices, lang: str) -> dict:
    """What a sponsor would read if the draft were certified now with these choices."""
    answers = document_of(need.format, written(need.open_draft))
    return preview(
        need.format, answers, choices, country=need.organisation.country or "", lang=lang
    )


def accept(actor: Actor, need: OpenedNeed, *, note: str = "") -> Version:
    """Accept the submitted version: it is counted from now on, in place of its predecessor."""
    require(actor, Permission.NEED_REVIEW, need)
    _hold(need)
    version = intake.accept(actor, need, note=note)
    accepted_at = need.dossier.changed_at
    facts.close(need.id, accepted_at)
    facts.enter_into_force(version.id, accepted_at)
    post.to_roles(need.organisation_id, DRAFTERS, "need-accepted", need=need.id)
    steps.took(actor, need.id, "accepted", version.id)
    return version


def _hold(need: OpenedNeed) -> None:
    """Let no edition be published between the instant from which facts count and their being stored."""
    inviting.hold(need.call.id, need.organisation.id)


def return_to_delegation(
    actor: Actor, need: OpenedNeed, *, reasons: dict[str, str], note: str = ""
) -> Version:
    """Return the submitted version, with a reason for each section that should change."""
    require(actor, Permission.NEED_REVIEW, need)
    version = intake.return_to_delegation(actor, need, reasons=reasons, note=note)
    post.to_roles(need.organisation_id, DRAFTERS, "need-returned", need=need.id)
    steps.took(actor, need.id, "returned", version.id)
    return version


def withdraw(actor: Actor, need: OpenedNeed, *, reason: str) -> None:
    """Withdraw a need; what was counted of it is counted no longer from now on."""
    require(actor, Permission.NEED_WITHDRAW, need)
    was_unanswered = need.dossier.on_behalf
    _hold(need)
    intake.withdraw(actor, need, reason=reason)
    if was_unanswered:
        steps.answered(need.dossier)
    facts.close(need.id, need.dossier.changed_at)
    steps.took(actor, need.id, "withdrawn", need.id)
    if need.dossier.is_submitted:
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "need-withdrawn", need=need.id)


def discard(actor: Actor, need: OpenedNeed) -> None:
    """Throw a draft away that was never submitted; for a while it can be brought back."""
    require(actor, Permission.NEED_DISCARD, need)
    at = discarding.discard(actor, need)
    steps.took(actor, need.id, "discarded", f"{need.id}:{at.isoformat()}")


def bring_back(actor: Actor, need: OpenedNeed) -> None:
    """Go on with a draft that was discarded."""
    require(actor, Permission.NEED_DISCARD, need)
    at = discarding.bring_back(actor, need)
    steps.took(actor, need.id, "brought-back", f"{need.id}:{at.isoformat()}")


def reopen(actor: Actor, need: OpenedNeed) -> None:
    """Open a draft again: to mend a returned version, or to revise an accepted one."""
    require(actor, Permission.NEED_REVISE, need)
    if need.state == "returned":
        intake.reopen_returned(actor, need)
    else:
        intake.revise(actor, need)


def consents_to_sponsors(consent: Consent) -> bool:
    """Whether a summary for sponsors may be made at all."""
    return consent.sponsors != NONE
