"""How are second factors added and removed, and how is a lost one taken away?"""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, select, update

from app import clock
from app.accounts.factors import kept_keys, passkeys, sheets, totp
from app.accounts.factors.freshness import require_fresh, require_one_given
from app.accounts.factors.giving import NotRight, freshen, note_kinds, once, record
from app.accounts.factors.models import Factor, FactorCode, Kind
from app.accounts.factors.queries import MOST
from app.accounts.models import Person, SignIn
from app.audit import trail
from app.db.base import new_id
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal

TOO_MANY = N_("You have as many second factors as one can have. Remove one first.")
KNOWN_KEY = N_("This key is added already.")
OWN = N_(
    "Your own second factor is taken away by another coordinator, or by whoever runs the server."
)
NOTHING_LOST = N_("This person has no second factor.")


def begin_program(actor: Actor, name: str) -> Factor:
    """Make a key for a program that shows codes; it counts once it has shown a right one."""
    require(actor, Permission.OWN_ACCOUNT)
    _refuse_one_more(actor)
    unfinished = Factor.person_id == actor.person_id, Factor.confirmed_at.is_(None)
    db.session.execute(delete(Factor).where(*unfinished))
    factor = _new(actor, Kind.TOTP, name)
    factor.begun_in = actor.session_id
    factor.sealed = kept_keys.seal(factor.id, actor.person_id, totp.new_key())
    db.session.add(factor)
    return factor


def confirm_program(actor: Actor, factor: Factor, code: str) -> str:
    """Let a program count, by the code it shows; the token to go on with.

    Raises NotRight, and FactorNeeded where there is another factor that was not given lately.
    """
    require(actor, Permission.OWN_ACCOUNT)
    require_one_given(actor)
    if factor.begun_in != actor.session_id:
        raise Missing
    step = totp.step_of(kept_keys.open_key(factor), code, None)
    if step is None:
        raise NotRight
    now = clock.now()
    once(update(Factor).where(Factor.id == factor.id, Factor.confirmed_at.is_(None)),
          confirmed_at=now, begun_in=None, used_at=now, last_step=step)  # fmt: skip
    _added(actor, factor)
    return freshen(actor)


def add_passkey(actor: Actor, name: str, answer: str) -> str:
    """Add the key that a browser has made; the token to go on with. Raises NotSigned, Refusal."""
    require(actor, Permission.OWN_ACCOUNT)
    _refuse_one_more(actor)
    made = passkeys.made(answer)
    if db.session.scalar(select(Factor.id).where(Factor.credential_id == made.credential_id)):
        raise Refusal(KNOWN_KEY)
    factor = _new(actor, Kind.PASSKEY, name)
    factor.credential_id, factor.credential = made.credential_id, made.credential
    factor.sign_count, factor.confirmed_at = made.sign_count, clock.now()
    db.session.add(factor)
    _added(actor, factor)
    return freshen(actor)


def make_sheet(actor: Actor) -> list[str]:
    """The codes of a new sheet, in place of the one there was. Nobody can read them again."""
    require(actor, Permission.OWN_ACCOUNT)
    _refuse_one_more(actor)
    for old in db.session.scalars(
        select(Factor).where(Factor.person_id == actor.person_id, Factor.kind == Kind.SHEET)
    ).all():
        _delete(Factor.id == old.id)
        record(actor, "factor-removed", kind=old.kind, factor=old.id, by="a new sheet")
    factor, codes = _new(actor, Kind.SHEET, ""), sheets.new_codes()
    factor.confirmed_at = clock.now()
    db.session.add(factor)
    db.session.flush()
    rows = [
        {"factor_id": factor.id, "number": number, "person_id": actor.person_id,
         "code_hash": sheets.hashed(factor.id, code), "used_at": None}
        for number, code in enumerate(codes, start=1)
    ]  # fmt: skip
    db.session.execute(FactorCode.__table__.insert(), rows)
    _added(actor, factor)
    return codes


def remove(actor: Actor, factor: Factor) -> None:
    """Remove one of one's own. Raises FactorNeeded unless one was given lately."""
    require(actor, Permission.OWN_ACCOUNT)
    require_fresh(actor)
    kind, factor_id = factor.kind, factor.id
    _delete(Factor.id == factor_id)
    note_kinds(actor.person_id)
    record(actor, "factor-removed", kind=kind, factor=factor_id)
    post.to_person(actor.person_id, "factor-removed")


def reset(actor: Actor | None, person: Person, reason: str) -> None:
    """Take away every second factor of somebody who lost theirs; they add one with their password.

    `actor` is None for whoever runs the server. Raises FactorNeeded, and Refusal for oneself
    and where there is none.
    """
    if actor is not None:
        require(actor, Permission.FACTOR_RESET)
        require_fresh(actor)
        if actor.person_id == person.id:
            raise Refusal(OWN)
    held = db.session.execute(
        select(Factor.id, Factor.kind).where(Factor.person_id == person.id)
    ).all()
    if not held:
        raise Refusal(NOTHING_LOST)
    _delete(Factor.person_id == person.id)
    note_kinds(person.id)
    db.session.execute(update(SignIn).where(SignIn.person_id == person.id).values(factor_at=None))
    trail.record(
        actor, "factor-removed", subject=("person", person.id), value=reason, keeps_value=True,
        detail={"kinds": sorted({row.kind for row in held}), "by": "reset"},
    )  # fmt: skip
    post.to_person(person.id, "factor-reset")


def _new(actor: Actor, kind: Kind, name: str) -> Factor:
    return Factor(id=new_id(), person_id=actor.person_id, kind=kind, name=name, created_at=clock.now(),
                  confirmed_at=None, used_at=None)  # fmt: skip


def _added(actor: Actor, factor: Factor) -> None:
    db.session.flush()
    note_kinds(actor.person_id)
    record(actor, "factor-added", kind=factor.kind, factor=factor.id)
    post.to_person(actor.person_id, "factor-added")


def _refuse_one_more(actor: Actor) -> None:
    # Locked, so that two who add at once do not pass the limit, and add one after the other.
    mine = select(Person.id).where(Person.id == actor.person_id).with_for_update()
    if db.session.scalar(mine) is None:
        raise Missing
    count = select(func.count()).where(Factor.person_id == actor.person_id,
                                       Factor.confirmed_at.is_not(None))  # fmt: skip
    if (db.session.scalar(count) or 0) >= MOST:
        raise Refusal(TOO_MANY)


def _delete(condition: ColumnElement[bool]) -> None:
    codes = FactorCode.factor_id.in_(select(Factor.id).where(condition))
    quietly = {"synchronize_session": False}
    db.session.execute(delete(FactorCode).where(codes), execution_options=quietly)
    db.session.execute(delete(Factor).where(condition), execution_options=quietly)
