"""For which organisation does a signed-in person act, and what may they do there now?

Asked once at the beginning of every request, of the rows as they stand: a membership that ended, a
person or an organisation that was suspended, a sign-in that was ended count from the next request on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import current_app, g, request, session
from flask_babel import refresh
from sqlalchemy import Row, update
from sqlalchemy.exc import DBAPIError

from app import clock
from app.accounts import cookie, tokens
from app.accounts.acting import Choice, chooses_organisation
from app.accounts.lifetimes import SEEN_AT_MOST_EVERY
from app.accounts.models import Person, SignIn
from app.accounts.queries import is_alive, is_carried
from app.db.errors import is_passing
from app.db.scoping import IDENTITY
from app.db.transactions import transaction
from app.extensions import db
from app.notices.queries import unread_count
from app.organisations import words
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.roles import CHILD_OFFICERS, units_with
from app.web.guard import rule_of
from app.web.identity import SAFE, loads_actor
from app.web.locale import LANGUAGES

_ROWS = (
    db.select(
        SignIn.id.label("sign_in_id"), SignIn.organisation_id.label("acting_id"), SignIn.seen_at,
        SignIn.expires_at, SignIn.factor_at, SignIn.token_hash,
        Person.id.label("person_id"), Person.name.label("person_name"), Person.lang, Person.zone,
        Person.factor_kinds,
        Membership.role, Membership.unit_id,
        Organisation.id.label("organisation_id"), Organisation.kind, Organisation.country,
        Organisation.name_es, Organisation.name_en,
        unread_count(Person.id, SignIn.organisation_id).label("unread"),
    )
    .join(Person, Person.id == SignIn.person_id)
    .join(Membership, Membership.person_id == Person.id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(Person.active, Membership.ended_at.is_(None), Organisation.ended_at.is_(None),
           is_carried(), is_alive())
    .order_by(Membership.created_at, Organisation.kind, Organisation.id)
)  # fmt: skip


@loads_actor
def load_actor() -> Actor | None:
    """Whoever carries a token that still holds, acting for an organisation they still belong to."""
    token = cookie.token()
    if token is None:
        return None
    # Plain rows: no record is made of them, so the session need not look at each.
    digest = tokens.digest(token)
    rows = db.session.connection().execute(_ROWS, {"digest": digest}).all()
    mine = [row for row in rows if row.organisation_id == row.acting_id]
    if not mine:
        return None
    _note_seen(mine[0])
    g.zone, g.unread = mine[0].zone, mine[0].unread
    g.sign_in_ends_at = mine[0].expires_at
    g.factor_at = mine[0].factor_at if mine[0].token_hash == digest else None
    g.factor_kinds = mine[0].factor_kinds
    lang = _language(mine[0].lang)
    g.acting_choices = _choices(rows, lang)
    actor = _actor(mine, lang, len(g.acting_choices))
    refresh()  # numbers and dates follow the actor's country, which was not known so far
    return actor


def _actor(mine: Sequence[Row[Any]], lang: str, organisations: int) -> Actor:
    first, held = mine[0], [(row.role, row.unit_id) for row in mine]
    roles = frozenset(Role(row.role) for row in mine)
    return Actor(
        person_id=first.person_id,
        session_id=first.sign_in_id,
        name=first.person_name,
        lang=lang,
        organisation_id=first.organisation_id,
        organisation_kind=OrganisationKind(first.kind),
        organisation_name=_name(first, lang),
        country=first.country,
        roles=roles,
        role_label=_say_roles(roles, lang),
        unit_ids=frozenset(row.unit_id for row in mine if row.unit_id),
        case_unit_ids=units_with(held),
        child_unit_ids=units_with(held, CHILD_OFFICERS),
        memberships_count=organisations,
        organisation_names=tuple((each, _name(first, each)) for each in ("es", "en")),
    )


def _choices(rows: Sequence[Row[Any]], lang: str) -> tuple[Choice, ...]:
    by_organisation: dict[str, list[Row[Any]]] = {}
    for row in rows:
        by_organisation.setdefault(row.organisation_id, []).append(row)
    return tuple(
        Choice(
            organisation_id=organisation_id,
            name=_name(held[0], lang),
            role_label=_say_roles(frozenset(Role(row.role) for row in held), lang),
        )
        for organisation_id, held in by_organisation.items()
    )


@lru_cache(1024)
def _say_roles(roles: frozenset[Role], lang: str) -> str:
    """The roles in words, kept by the language in which every sentence of this request is said."""
    return words.say_roles(roles)


def _name(row: Row[Any], lang: str) -> str:
    return row.name_en if lang == "en" else row.name_es


def _language(of_person: str) -> str:
    """The language of the answer: what the form sent switches to, else the browser's, else theirs."""
    asked = request.form.get("_lang") if request.method not in SAFE else None
    chosen = asked if asked in LANGUAGES else session.get(cookie.LANGUAGE)
    g.lang = chosen if chosen in LANGUAGES else of_person
    return g.lang


def _note_seen(row: Row[Any]) -> None:
    """Write, at most once a minute, that this browser was there and somebody before it."""
    now, rule = clock.real_now(), rule_of(current_app, request.endpoint)
    if now - row.seen_at < SEEN_AT_MOST_EVERY or (rule is not None and rule.is_unattended):
        return
    db.session.rollback()
    try:
        with transaction(writing=True, scope=IDENTITY) as writing:
            writing.execute(update(SignIn).where(SignIn.id == row.sign_in_id).values(seen_at=now))
    except DBAPIError as fault:
        if not is_passing(fault):
            raise


@chooses_organisation
def organisation_after_sign_in(person_id: str) -> str | None:
    """The organisation acted for last, if the person still belongs to it, else the first joined."""
    belongs = db.session.scalars(
        db.select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
            Organisation.ended_at.is_(None),
        )
        .order_by(Membership.created_at, Organisation.kind, Organisation.id)
    ).all()
    last = db.session.scalar(
        db.select(SignIn.organisation_id)
        .where(SignIn.person_id == person_id, SignIn.organisation_id.in_(belongs))
        .order_by(SignIn.created_at.desc())
        .limit(1)
    )
    return last or next(iter(belongs), None)
