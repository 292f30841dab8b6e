"""Was a second factor given in this browser within the last ten minutes?"""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, g, has_request_context

from app import clock
from app.formats.words import N_
from app.policy.actor import Actor
from app.web.refusal import Refusal

FRESH_FOR = timedelta(minutes=10)
NEEDED = N_("This needs your second factor, given within the last ten minutes.")


class FactorNeeded(Refusal):
    """The act needs a second factor freshly given. Nothing was done."""

    def __init__(self) -> None:
        super().__init__(NEEDED, field="factor", status=403)


def is_asked() -> bool:
    """Whether this installation asks for second factors; in production it always does."""
    return bool(current_app.config["ENLACE"].asks_second_factor)


def is_fresh() -> bool:
    """Whether whoever asks has given a second factor lately, or none is asked for."""
    if not is_asked():
        return True
    given = g.get("factor_at") if has_request_context() else None
    return given is not None and given > clock.real_now() - FRESH_FOR


def require_fresh(actor: Actor) -> None:
    """Raise FactorNeeded unless this actor, in this browser, has given a second factor lately."""
    asking = g.get("actor")
    if is_asked() and not (
        is_fresh() and asking is not None and asking.session_id == actor.session_id
    ):
        raise FactorNeeded


def require_one_given(actor: Actor) -> None:
    """Raise FactorNeeded where this actor has a second factor and has not given it lately."""
    if kinds():
        require_fresh(actor)


def kinds() -> tuple[str, ...]:
    """Which kinds of second factor whoever asks has: those that can be given, or SPENT alone."""
    return tuple(str(g.get("factor_kinds") or "").split())
