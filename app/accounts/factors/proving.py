"""Who adds a second factor proves first who they are: by one they have, else by their password."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app.accounts import credentials, queries, throttle
from app.accounts.factors.freshness import kinds
from app.accounts.factors.taking import take_factor
from app.db.errors import Missing
from app.policy.actor import Actor
from app.web import identity

PASSWORD = "present_password"  # noqa: S105, the name of an input
ATTEMPT = "factor-password"


def wants_password(actor: Actor) -> bool:
    """Whether the form asks for the password: there is no second factor yet that could prove anything.

    People of the demonstration have no password, and prove nothing to sign in either.
    """
    known = queries.find_myself(actor)
    return not kinds() and known is not None and known.password is not None


def prove_oneself(actor: Actor, form: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by its place; empty where it is proved. Afterwards the request begins to write."""
    if kinds():
        wrong = take_factor(actor, form)
        return {"factor": wrong} if wrong else {}
    wrong = _wrong_password(actor, form.get(PASSWORD, ""))
    identity.begin_writing()
    return {PASSWORD: wrong} if wrong else {}


def _wrong_password(actor: Actor, typed: str) -> str | None:
    known = queries.find_myself(actor)
    if known is None:
        raise Missing
    if known.password is None:
        return None
    if not typed:
        return _("Write your password.")
    throttle.count_attempt(ATTEMPT, known.email)
    if credentials.is_password_of(known, typed):
        return None
    credentials.put_refusal_on_record(known, known.email)
    return _("This is not your present password.")
