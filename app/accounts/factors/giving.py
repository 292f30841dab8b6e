"""Is this the actor's second factor, and has nobody used it before?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Update, or_, select, update

from app import clock
from app.accounts import cookie, throttle, tokens
from app.accounts.factors import kept_keys, passkeys, sheets, totp
from app.accounts.factors.models import SPENT, Factor, FactorCode, Kind
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


def are_keys_missing(actor: Actor) -> bool:
    """Whether no program of the actor's can be asked: their keys do not open without the master key."""
    programs = _programs(actor)
    return bool(programs) and not any(_key_of(each) for each in programs)


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
    for factor in _programs(actor):
        key = _key_of(factor)
        step = totp.step_of(key, figures, factor.last_step) if key else None
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


def _programs(actor: Actor) -> Sequence[Factor]:
    mine = select(Factor).where(Factor.person_id == actor.person_id, Factor.kind == Kind.TOTP,
                                Factor.confirmed_at.is_not(None))  # fmt: skip
    return db.session.scalars(mine).all()


def _key_of(factor: Factor) -> bytes | None:
    try:
        return kept_keys.open_key(factor)
    except (SealingUnavailable, Unopenable):
        return None


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
    """Write at the person which kinds they can give now.

    A sheet of which every code was used is none that can be given. But who has it has a factor: a
    password alone adds no other, until the coordinator takes the sheet away.
    """
    unused = select(FactorCode.number).where(
        FactorCode.factor_id == Factor.id, FactorCode.used_at.is_(None)
    )
    held = db.session.execute(
        select(Factor.kind, or_(Factor.kind != Kind.SHEET, unused.exists()).label("is_usable"))
        .where(Factor.person_id == person_id, Factor.confirmed_at.is_not(None))
    ).all()  # fmt: skip
    usable = {each.kind for each in held if each.is_usable}
    kinds = " ".join(sorted(usable)) or (SPENT if held else "")
    db.session.execute(update(Person).where(Person.id == person_id).values(factor_kinds=kinds))


def record(actor: Actor, event: str, /, **detail: object) -> None:
    trail.record(actor, event, subject=("person", actor.person_id), detail=detail)
