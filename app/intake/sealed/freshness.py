"""Has whoever opens what is sealed proved a second factor just now?"""

from __future__ import annotations

from flask import request

from app.accounts.factors.taking import take_factor
from app.policy.actor import Actor


def stale(actor: Actor) -> str:
    """What is wrong with the second factor of this form; empty where it is fresh now, or not asked for.

    Asked first: it begins the request's transaction anew.
    """
    return take_factor(actor, request.form) or ""
