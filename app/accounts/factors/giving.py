"""Is this the actor's second factor, and has nobody used it before?"""

from __future__ import annotations

from sqlalchemy import Update, or_, select, update

from app import clock
from app.accounts import cookie, throttle, tokens
from app.accounts.factors import kept_keys, passkeys, sheets, totp
from app.accounts.factors.models import Factor, FactorCode, Kind
from app.accounts.factors.typed import Given
from app.accounts.models import Person, SignIn
from app.audit import trail
from app.extensions import db
from app.policy.actor import Actor
from app.sealing.refusals import SealingUnavailable, Unopenable

ATTEMPT = "factor"


class NotRight(Exception):
    """What was given is nobody's factor, or has been used. Never says which."""


def give(actor: Actor, given: Given) -> str:
    """Take what was given as the actor's second factor: this browser goes on, fresh, under a new token.

    One code has one use, whoever is faster. Raises NotRight.
    """
    kind, detail = _take(actor, given)
    token = freshen(actor)
    throttle.forget_attempts(ATTEMPT, actor.person_id)
    record(actor, "factor-given", kind=kind, **detail)
    return token


def record_refused(actor: Actor) -> None:
    """Put on record that a second factor was refused, without what was typed."""
    record(actor, "factor-refused")


def _take(actor: Actor, given: Given) -> tuple[str, dict[str, object]]:
    if given.passkey:
        return Kind.PASSKEY, _take_passkey(actor, given.passkey)
    if given.figures:
        return Kind.TOTP, _take_figures(actor, given.figures)
    if given.code:
        return Kind.SHEET, _take_code(actor, given.code)
    raise NotRight


def _take_figures(actor: Actor, figures: str) -> dict[str, object]:
    mine = select(Factor).where(Factor.person_id == actor.person_id, Factor.kind == Kind.TOTP,
                                Factor.confirmed_at.is_not(None))  # fmt: skip
    for factor in db.session.scalars(mine).all():
        try:
            key = kept_keys.open_key(factor)
        except (SealingUnavailable, Unopenable):
            continue
        step = totp.step_of(key, figures, factor.last_step)
        if step is not None:
            once(
                update(Factor).where(
                    Factor.id == factor.id,
                    or_(Factor.last_step.is_(None), Factor.last_step < step),
                ),
                last_step=step, used_at=clock.now(),
            )  # fmt: skip
            return {"factor": factor.id}
    raise NotRight


def _take_code(actor: Actor, code: str) -> dict[str, object]:
    unused = select(FactorCode).where(FactorCode.person_id == actor.person_id,
                                      FactorCode.used_at.is_(None))  # fmt: skip
    for each in db.session.scalars(unused).all():
        if each.code_hash == sheets.hashed(each.factor_id, code):
            one = FactorCode.factor_id == each.factor_id, FactorCode.number == each.number
            now = clock.now()
            once(update(FactorCode).where(*one, FactorCode.used_at.is_(None)), used_at=now)
            db.session.execute(
                update(Factor).where(Factor.id == each.factor_id).values(used_at=now)
            )
            note_kinds(actor.person_id)
            return {"factor": each.factor_id, "number": each.number}
    raise NotRight


def _take_passkey(actor: Actor, answer: str) -> dict[str, object]:
    try:
        named = passkeys.credential_id_of(answer)
        factor = db.session.scalar(
            select(Factor).where(Factor.person_id == actor.person_id, Factor.credential_id == named)
        )
        if factor is None or factor.credential is None:
            raise NotRight
        count = passkeys.counter_of(answer, bytes(factor.credential))
    except passkeys.NotSigned:
        raise NotRight from None
    # A key that counts never counts back; one that was copied would.
    newer = Factor.sign_count < count if count or factor.sign_count else Factor.sign_count == 0
    once(update(Factor).where(Factor.id == factor.id, newer), sign_count=count,
          used_at=clock.now())  # fmt: skip
    return {"factor": factor.id}


def freshen(actor: Actor) -> str:
    """Another token from now on: whoever came to know the one before is not let further in by it."""
    old, new = cookie.token(), tokens.new()
    if old is None:
        raise NotRight
    mine = update(SignIn).where(SignIn.id == actor.session_id, SignIn.ended_at.is_(None),
                                SignIn.token_hash == tokens.digest(old))  # fmt: skip
    once(mine, token_hash=tokens.digest(new), former_hash=tokens.digest(old),
          factor_at=clock.real_now())  # fmt: skip
    return new


def once(statement: Update, **values: object) -> None:
    """Compare and set: of two who come with one code, one succeeds. Raises NotRight."""
    done = db.session.execute(
        statement.values(**values),
        execution_options={"synchronize_session": False},
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise NotRight


def note_kinds(person_id: str) -> None:
    """Write at the person which kinds they can give now: a sheet of which every code was used is none."""
    usable = db.session.scalars(
        select(Factor.kind)
        .where(
            Factor.person_id == person_id,
            Factor.confirmed_at.is_not(None),
            or_(
                Factor.kind != Kind.SHEET,
                select(FactorCode.number)
                .where(FactorCode.factor_id == Factor.id, FactorCode.used_at.is_(None))
                .exists(),
            ),
        )
        .distinct()
    ).all()
    person = update(Person).where(Person.id == person_id)
    db.session.execute(person.values(factor_kinds=" ".join(sorted(usable))))


def record(actor: Actor, event: str, /, **detail: object) -> None:
    trail.record(actor, event, subject=("person", actor.person_id), detail=detail)
