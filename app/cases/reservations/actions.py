"""What can be done with a reservation: write its text and its rule, confirm, withdraw, put aside?

Tightening acts from the moment of confirmation, on everything that is read later; loosening shows nothing
that was not sent again. Both follow from who asks for the rules and when; nothing is done to any copy.
"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.cases.common_format.format import CASE
from app.cases.reservations import queries, telling
from app.cases.reservations import terms as asked
from app.cases.reservations.models import ReservationRule, ReservationText
from app.cases.reservations.queries import Found, Stated
from app.cases.reservations.terms import Terms
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal, fits
from app.workflow.machine import NotNow
from app.workflow.tables import RESERVATION

LONGEST = 300
WORDS_LENGTH = 6000
REASON_LENGTH = 1000
MUST = {
    "instrument": N_("Name the constitution, law, treaty or other instrument."),
    "words": N_("Write what the reservation says."),
}
"""What a text cannot be without."""
NO_URL = N_("Write an address that begins with https:// or http://, or none.")
NO_REASON = N_("Write the reason. Your delegation reads it later.")
NOT_YOURS = N_(
    "Only %(name)s, who wrote this version of the text, confirms its rules. Write the text anew to answer"
    " for it yourself."
)


def write_text(
    actor: Actor, *, instrument: str, article: str, url: str, words: str, is_restricted: bool,
    before: Stated | None = None, is_demonstration: bool = False,
) -> ReservationText:  # fmt: skip
    """A legal text, or a new version of one. Raises Refusal."""
    if before:
        require(actor, Permission.RESERVATION_WRITE, before)
    for field, typed, most in (("instrument", instrument, LONGEST), ("article", article, LONGEST),
                              ("url", url, LONGEST), ("words", words, WORDS_LENGTH)):  # fmt: skip
        fits(typed, field=field, most=most, missing=MUST.get(field, ""))
    if url and not url.startswith(("https://", "http://")):
        raise Refusal(NO_URL, field="url")
    id = new_id()
    text = ReservationText(
        id=id, organisation_id=actor.organisation_id, series_id=before.id if before else id,
        version=queries.newest_version(ReservationText, before.id) + 1 if before else 1, instrument=instrument, article=article,
        url=url, words=words, lang=actor.lang, is_restricted=is_restricted,
        is_demonstration=is_demonstration, written_by=actor.person_id, written_name=actor.name,
        written_at=clock.now(),
    )  # fmt: skip
    require(actor, Permission.RESERVATION_WRITE, text)
    _add(text)
    trail.record(actor, "reservation-text-written", subject=("reservation_text", text.id),
                 owner=actor.organisation_id, revision=text.version)  # fmt: skip
    return text


def write_rule(
    actor: Actor, stated: Stated, terms: Terms, *, before: Found | None = None
) -> ReservationRule:
    """A rule to be confirmed, or a new version of one; an unconfirmed version before it is put aside.

    Raises Refusal.
    """
    require(actor, Permission.RESERVATION_WRITE, stated)
    for field, message in asked.unfit(CASE, terms).items():
        raise Refusal(message, field=field)
    id = new_id()
    series = before.rule.series_id if before else id
    if before:
        _put_aside_drafts(actor, series)
    rule = ReservationRule(
        id=id, organisation_id=actor.organisation_id, series_id=series,
        version=queries.newest_version(ReservationRule, series) + 1, text_id=stated.text.id,
        state=RESERVATION.initial, country=actor.country, written_by=actor.person_id,
        written_name=actor.name, written_at=clock.now(), ended_name="", reason="",
        is_demonstration=stated.text.is_demonstration, **terms.columns(),
    )  # fmt: skip
    _add(rule)
    trail.record(actor, "reservation-rule-written", subject=("reservation_rule", rule.id),
                 owner=actor.organisation_id, revision=rule.version)  # fmt: skip
    return rule


def confirm(actor: Actor, found: Found) -> None:
    """Let a rule hold from now on, in the place of the version before it; by whoever wrote its text.

    Raises Refusal for anybody else and NotNow for what is not waiting to be confirmed.
    """
    require(actor, Permission.RESERVATION_WRITE, found)
    RESERVATION.after(found.rule.state, "confirm")
    if found.text.written_by != actor.person_id:
        raise Refusal(NOT_YOURS, name=found.text.written_name)
    if found.holds is not None:
        _end(actor, found.holds, "replace")
    _move(actor, found.rule, "confirm", confirmed_at=clock.now())
    telling.changed(found.rule)


def withdraw(actor: Actor, found: Found, *, reason: str) -> None:
    """End a rule, for a reason. Raises Refusal or NotNow."""
    require(actor, Permission.RESERVATION_WRITE, found)
    RESERVATION.after(found.rule.state, "withdraw")
    fits(reason, field="reason", most=REASON_LENGTH, missing=NO_REASON)
    _end(actor, found.rule, "withdraw", reason=reason)
    telling.changed(found.rule)


def discard(actor: Actor, found: Found) -> None:
    """Put aside a rule that was never confirmed. Raises NotNow."""
    require(actor, Permission.RESERVATION_WRITE, found)
    _end(actor, found.rule, "discard")


def _put_aside_drafts(actor: Actor, series_id: str) -> None:
    drafts = db.session.scalars(
        db.select(ReservationRule).where(
            ReservationRule.organisation_id == actor.organisation_id,
            ReservationRule.series_id == series_id, ReservationRule.state == RESERVATION.initial,
        )
    ).all()  # fmt: skip
    for draft in drafts:
        _end(actor, draft, "discard")


def _end(actor: Actor, rule: ReservationRule, verb: str, *, reason: str = "") -> None:
    _move(actor, rule, verb, ended_at=clock.now(), ended_by=actor.person_id, ended_name=actor.name,
          reason=reason)  # fmt: skip


def _move(actor: Actor, rule: ReservationRule, verb: str, **values: object) -> None:
    """Move a rule on from where it was seen. Raises NotNow where somebody was faster."""
    seen = rule.state
    moved = changed(
        db.session(),
        db.update(ReservationRule)
        .where(ReservationRule.id == rule.id, ReservationRule.state == seen,
               ReservationRule.organisation_id == rule.organisation_id)
        .values(state=RESERVATION.after(seen, verb), **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(RESERVATION.name, seen, verb)
    db.session.refresh(rule)
    trail.record(actor, f"reservation-{verb}", subject=("reservation_rule", rule.id),
                 owner=rule.organisation_id, revision=rule.version)  # fmt: skip


def _add(row: ReservationText | ReservationRule) -> None:
    db.session.add(row)
    db.session.flush()
