"""What can be done with an account: signing in and out, and changing what is one's own?"""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, update

from app import clock
from app.accounts import lifetimes, tokens
from app.accounts.acting import Choice
from app.accounts.models import Person, SignIn
from app.accounts.queries import Known
from app.audit import trail
from app.db.base import new_id
from app.db.errors import Missing
from app.extensions import db
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission


def sign_in(person_id: str, organisation_id: str, *, browser: str, by: str) -> str:
    """Sign a browser in, and give the token it shall carry.

    `by` says what proved who it is: a password, an invitation, the demonstration.
    """
    token, now = tokens.new(), clock.real_now()
    row = SignIn(
        id=new_id(), token_hash=tokens.digest(token), person_id=person_id,
        organisation_id=organisation_id, browser=browser, created_at=now, seen_at=now,
        expires_at=lifetimes.ends_at(),
    )  # fmt: skip
    db.session.add(row)
    detail = {"sign_in": row.id, "organisation": organisation_id, "by": by}
    trail.record(None, "signed-in", subject=("person", person_id), detail=detail)
    return token


def record_refused_sign_in(known: Known | None, address: str) -> None:
    """Put on record that signing in was refused, without the address."""
    trail.record(None, "sign-in-refused", subject=_who(known, address))


def sign_out(actor: Actor) -> None:
    """End the sign-in of this browser."""
    require(actor, Permission.OWN_ACCOUNT)
    _end(SignIn.id == actor.session_id)
    _record(actor, "signed-out", sign_in=actor.session_id)


def end_sign_in(actor: Actor, sign_in: SignIn) -> None:
    """End a sign-in of the actor's in any browser."""
    require(actor, Permission.OWN_ACCOUNT, sign_in)
    _end(SignIn.id == sign_in.id)
    _record(actor, "sign-in-ended", sign_in=sign_in.id)


def end_other_sign_ins(actor: Actor) -> None:
    """End every sign-in of the actor's but this browser's."""
    require(actor, Permission.OWN_ACCOUNT)
    _end(SignIn.person_id == actor.person_id, SignIn.id != actor.session_id)
    _record(actor, "other-sign-ins-ended")


def act_for(actor: Actor, choice: Choice) -> str:
    """Act for another organisation from now on, under a new token."""
    require(actor, Permission.OWN_ACCOUNT)
    token = _renew(actor, organisation_id=choice.organisation_id, factor_at=None)
    _record(actor, "acting-changed", organisation=choice.organisation_id)
    return token


def save_details(actor: Actor, person: Person, *, name: str, lang: str, zone: str) -> None:
    """Change one's own name, language and time zone."""
    require(actor, Permission.OWN_ACCOUNT, person)
    new = {"name": name, "lang": lang, "zone": zone}
    changed = [key for key, value in new.items() if getattr(person, key) != value]
    for key in changed:
        setattr(person, key, new[key])
    if changed:
        _record(actor, "details-changed", fields=changed)


def change_password(actor: Actor, known: Known, new_hash: str) -> str:
    """Set another password: other browsers are signed out, this one goes on under a new token.

    Raises Missing when the password was changed meanwhile.
    """
    require(actor, Permission.OWN_ACCOUNT)
    _set_password(new_hash, Person.id == actor.person_id, Person.password == known.password)
    _end(SignIn.person_id == actor.person_id, SignIn.id != actor.session_id)
    token = _renew(actor)
    _record(actor, "password-changed")
    post.to_person(actor.person_id, "password-changed")
    return token


def renew_hash(known: Known, new_hash: str) -> None:
    """Store the same password at today's cost."""
    person = update(Person).where(Person.id == known.id, Person.password == known.password)
    db.session.execute(person.values(password=new_hash))


def ask_reset(known: Known | None, address: str) -> None:
    """Send a reset link where the address is somebody's; the answer is the same where it is not."""
    trail.record(None, "reset-asked", subject=_who(known, address))
    if known is not None and known.active:
        post.to_person(known.id, "password-reset")
    else:
        # Waking the delivery takes time as well: nobody's address must not be answered faster.
        db.session.info[post.FRESH] = True


def reset_password(person_id: str, uniquifier: str, new_hash: str) -> None:
    """Set the password with a reset link: every browser is signed out, and the link has had its use.

    `uniquifier` is what the link was signed for. Raises Missing when it was used meanwhile.
    """
    _set_password(new_hash, Person.id == person_id, Person.fs_uniquifier == uniquifier,
                  Person.active.is_(True))  # fmt: skip
    _end(SignIn.person_id == person_id)
    trail.record(None, "password-reset", subject=("person", person_id))
    post.to_person(person_id, "password-changed")


def suspend(actor: Actor, person: Person) -> None:
    """Close an account at once, in every browser, until it is restored."""
    require(actor, Permission.PEOPLE_INVITE)
    person.active = False
    _end(SignIn.person_id == person.id)
    trail.record(actor, "person-suspended", subject=("person", person.id))


def restore(actor: Actor, person: Person) -> None:
    """Let somebody sign in again."""
    require(actor, Permission.PEOPLE_INVITE)
    person.active = True
    trail.record(actor, "person-restored", subject=("person", person.id))


def create_person(*, name: str, email: str, lang: str, zone: str, password: str | None,
                  key: str | None = None) -> Person:  # fmt: skip
    """A person who belongs to nothing yet. `password` is a hash, or none before the first is set."""
    person = Person(
        id=new_id(), key=key, name=name, email=email.casefold(), password=password, lang=lang,
        zone=zone, active=True, fs_uniquifier=_uniquifier(), created_at=clock.now(),
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    trail.record(None, "person-created", subject=("person", person.id))
    return person


def _set_password(new_hash: str, *conditions: ColumnElement[bool]) -> None:
    # Compare and set: of two who use one link at once, one finds it used.
    statement = update(Person).where(*conditions)
    done = db.session.execute(statement.values(password=new_hash, fs_uniquifier=_uniquifier()))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing


def _renew(actor: Actor, **changes: str | None) -> str:
    token = tokens.new()
    row = update(SignIn).where(SignIn.id == actor.session_id, SignIn.ended_at.is_(None))
    done = db.session.execute(
        row.values(token_hash=tokens.digest(token), former_hash=None, **changes)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing
    return token


def _end(*conditions: ColumnElement[bool]) -> None:
    rows = update(SignIn).where(SignIn.ended_at.is_(None), *conditions)
    db.session.execute(rows.values(ended_at=clock.real_now()))


def _uniquifier() -> str:
    return secrets.token_hex(16)


def _who(known: Known | None, address: str) -> tuple[str, str]:
    return ("person", known.id) if known else ("address", tokens.of_address(address))


def _record(actor: Actor, kind: str, **detail: object) -> None:
    trail.record(actor, kind, subject=("person", actor.person_id), detail=detail)
