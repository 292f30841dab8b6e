"""What can be done with a need that arrived by letter, e-mail or telephone?"""

from __future__ import annotations

from app import clock
from app.calls import queries as calls
from app.calls.models import Call, CallInvitation
from app.db.errors import Missing
from app.extensions import db
from app.formats.completeness import missing, problems
from app.formats.words import N_
from app.intake import actions as intake
from app.intake import drafting, published
from app.intake.answers import document_of, written
from app.intake.drafting import Arrived
from app.intake.filing import actions as filing
from app.intake.filing import links
from app.intake.filing.actions import Original
from app.intake.filing.links import Holder
from app.intake.models import Version
from app.needs import steps
from app.needs.actions import as_shown, certify, put_in, refuse_unseen
from app.needs.models import Need
from app.needs.opened import OpenedNeed
from app.needs.preview import NONE, Choices
from app.organisations.countries import alpha3
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS
from app.storage.files import Stored
from app.web.errors import Refusal

NOT_INVITED = N_("Choose one of the countries that this call invites.")
NO_NAME = N_("Write who signed the reply.")
LONG_NAME = N_("This is too long: at most %(most)s characters.")
LONGEST_NAME = 200
NO_LANGUAGE = N_("Choose the language in which the answers are written.")
LANGUAGES = ("es", "en")
NO_REPLY = N_("Add the signed reply, as a PDF or a picture.")
UNFINISHED = N_("Some answers are still missing or do not go together.")
NOTHING_CONSENTED = Choices(members=NONE, sponsors=NONE)
"""What a signed reply decides about members and sponsors; the country decides in Enlace."""


def file(actor: Actor, call: Call, organisation_id: str, original: Original) -> Need:
    """File what a country sent outside Enlace, and begin its draft; its focal points are told."""
    require(actor, Permission.NEED_FILE)
    filing.examine(original)
    country = _invited(call, organisation_id)
    dossier, _ = drafting.start(
        actor, call=call, format=published.get(call.format_name, call.format_version),
        country_code=alpha3(country.country or ""),
        arrived=Arrived(organisation_id=country.id, channel=original.channel, number=filing.number),
    )  # fmt: skip
    need = Need(id=dossier.id, organisation_id=country.id, call_id=call.id)
    db.session.add(need)
    db.session.flush()
    filing.file(actor, dossier, original)
    post.to_roles(country.id, CERTIFIERS, "need-filed", need=need.id)
    return need


def _invited(call: Call, organisation_id: str) -> Organisation:
    invitation = db.session.get(CallInvitation, (call.id, organisation_id))
    if invitation is None:
        raise Refusal(NOT_INVITED, field="country")
    if not calls.may_submit(call, invitation, clock.now()):
        raise Refusal(calls.CLOSED, status=409)
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise Missing(organisation_id)
    return found


def take_over(actor: Actor, need: OpenedNeed) -> None:
    """The delegation writes on by itself."""
    require(actor, Permission.NEED_FILING_ANSWER, need)
    filing.take_over(actor, need.dossier)
    steps.answered(need.dossier)


def refuse(actor: Actor, need: OpenedNeed, *, reason: str) -> None:
    """The delegation says that it is not its own: it is withdrawn and counts nowhere."""
    require(actor, Permission.NEED_FILING_ANSWER, need)
    intake.withdraw(actor, need, reason=reason)
    steps.answered(need.dossier)


def send_link(actor: Actor, need: OpenedNeed) -> None:
    """Ask the country's focal point to confirm, by a link to that person's registered address."""
    require(actor, Permission.NEED_FILING_CONFIRM, need)
    intake.refuse_after_close(need)
    document = document_of(need.format, written(need.open_draft))
    if missing(need.format, document) or problems(need.format, document):
        raise Refusal(UNFINISHED, status=409)
    link = links.send(actor, need.dossier)
    post.to_person(link.person_id, "need-confirmation", link=link.id)


def revoke_link(actor: Actor, need: OpenedNeed) -> None:
    """The link that was sent holds no longer."""
    require(actor, Permission.NEED_FILING_CONFIRM, need)
    links.revoke(actor, need.dossier)


def confirm_by_link(
    holder: Holder, need: OpenedNeed, *, choices: Choices, preview_hash: str, shown_hash: str,
    clearance: intake.Clearance, lang: str,
) -> Version:  # fmt: skip
    """Certify as whoever the link was sent to, who looked at the answers of this fingerprint."""
    refuse_unseen(as_shown(need), shown_hash)
    links.use(holder)
    return certify(
        holder.actor, need, choices=choices, preview_hash=preview_hash, shown_hash=shown_hash,
        clearance=clearance, lang=lang, by_link=True,
    )  # fmt: skip


def refuse_by_link(holder: Holder, need: OpenedNeed, *, reason: str) -> None:
    """Refuse as whoever the link was sent to."""
    links.use(holder)
    refuse(holder.actor, need, reason=reason)


def confirm_by_reply(
    actor: Actor, need: OpenedNeed, *, name: str, reply: Stored | None, lang: str, shown_hash: str
) -> Version:
    """Submit what the country signed on paper. It consents to nothing by that.

    `lang` is the language it is written in. `shown_hash` is the fingerprint of the answers that were on the screen.
    """
    require(actor, Permission.NEED_FILING_CONFIRM, need)
    if not name:
        raise Refusal(NO_NAME, field="sender")
    if len(name) > LONGEST_NAME:
        raise Refusal(LONG_NAME, field="sender", most=LONGEST_NAME)
    if lang not in LANGUAGES:
        raise Refusal(NO_LANGUAGE, field="lang")
    if reply is None:
        raise Refusal(NO_REPLY, field="reply")
    refuse_unseen(as_shown(need), shown_hash)
    try:
        version = intake.certify(
            actor, need, clearance=intake.Clearance(), lang=lang,
            reply=intake.Reply(name=name, file=reply),
        )  # fmt: skip
    except intake.Incomplete:
        raise Refusal(UNFINISHED) from None
    put_in(actor, need, version, NOTHING_CONSENTED, lang, seen_hash=None)
    return version
