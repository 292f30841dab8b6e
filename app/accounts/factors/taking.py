"""How does a view take the second factor that stands in its form, so that one press does both?

    if wrong := take_factor(actor, request.form):
        return _page(form, {**form.mistakes, "factor": wrong})  # status 422

It comes first in the view, once `is_submitted()`: taking has transactions of its own, so that a code
that was taken stays used whatever becomes of the form, and afterwards the request begins to write anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import g
from flask_babel import gettext as _

from app import clock
from app.accounts import cookie, throttle
from app.accounts.factors import giving
from app.accounts.factors.freshness import is_fresh, kinds
from app.accounts.factors.models import SPENT
from app.accounts.factors.typed import Given
from app.audit.commit import committed
from app.db import scoping
from app.db.scoping import IDENTITY
from app.extensions import db
from app.policy.actor import Actor
from app.web import identity
from app.web.transaction import start_over


def take_factor(actor: Actor, form: Mapping[str, str]) -> str | None:
    """None once the actor's second factor is fresh; else what is wrong, in words, for its place.

    Afterwards the request writes. What was under way in it is undone: call it before anything is changed.
    Raises TooManyRequests after too many wrong ones.
    """
    if is_fresh():
        _write()
        return None
    if not kinds():
        return _("You have no second factor yet. Add one to your account first.")
    given = Given.of(form)
    if given.is_empty:
        return _("Give your second factor: a code, or your passkey.")
    if why_not := _why_not(actor, given):
        _write()
        return why_not
    start_over()
    throttle.count_attempt(giving.ATTEMPT, actor.person_id)
    is_right = _give(actor, given)
    _write()
    return None if is_right else _wrong(given)


def go_on_fresh(token: str) -> None:
    """This browser has just given a factor: it carries another token, and counts as fresh at once."""
    cookie.renew(token)
    g.factor_at = clock.real_now()


def _write() -> None:
    """Let the request write from here on, also where its view delays that."""
    if db.session().in_transaction() and scoping.is_writing():
        return
    identity.begin_writing()


def _give(actor: Actor, given: Given) -> bool:
    try:
        with committed(IDENTITY):
            token = giving.give(actor, given)
    except giving.NotRight:
        with committed(IDENTITY):
            giving.record_refused(actor)
        return False
    go_on_fresh(token)
    return True


def _why_not(actor: Actor, given: Given) -> str | None:
    """Why nothing can be taken now, whatever was given: nothing is counted then, and none is at fault."""
    if kinds() == (SPENT,):
        return _("Every code of your sheet has been used. Ask the coordinator of the Technical Secretariat"
                 " to take the sheet away, and add a factor anew.")  # fmt: skip
    if given.figures and giving.are_keys_missing(actor):
        return _("Codes of programs cannot be checked now: the keys of the server are missing. Take"
                 " another factor, or tell whoever runs the server.")  # fmt: skip
    return None


def _wrong(given: Given) -> str:
    if given.passkey:
        return _("The passkey did not answer as it should. Please try once more.")
    if given.figures:
        return _(
            "This code is not right, or it has been used. Wait for the next one and type that."
        )
    return _("This code is not right, or it has been used. Type another one of your sheet.")
