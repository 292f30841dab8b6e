"""For how long is a browser signed in? All in the world's time, whatever the product's clock says."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app import clock

INVITATION = timedelta(hours=72)
CONFIRMATION = timedelta(days=7)
"""A focal point asks the offices of the country before answering for it; a longer wait is better met by
a new link, which goes to whoever is focal point by then."""
SEEN_AT_MOST_EVERY = timedelta(minutes=1)
"""How exactly it is known when a browser was last seen: each time is a write."""
FORMER_TOKEN = timedelta(minutes=1)
"""For requests that were under way while a browser got another token: saving a field, a lost answer."""


def carried_since() -> datetime:
    """A token that was replaced before this instant carries nothing any more."""
    return clock.real_now() - FORMER_TOKEN


def idle_since() -> datetime:
    """A browser last seen before this instant is no longer signed in."""
    return clock.real_now() - timedelta(minutes=current_app.config["ENLACE"].session_idle_minutes)


def ends_at() -> datetime:
    """When a browser that signs in now is signed out, however busy it is."""
    return clock.real_now() + timedelta(hours=current_app.config["ENLACE"].session_hours)
