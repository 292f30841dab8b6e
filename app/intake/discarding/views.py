"""Which pages discard a draft and bring it back?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _

from app import clock
from app.intake.discarding import actions, queries
from app.intake.mounting import Mount
from app.intake.names import who
from app.intake.news import company
from app.intake.opened import Opened
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page


@dataclass(frozen=True)
class Discarded:
    """What a page says of a discarded draft."""

    title: str
    who: str
    at: datetime
    until: datetime
    is_over: bool
    """Whether it is too late to bring it back."""


def discarding(mount: Mount, opened: Opened) -> Response:
    """GET, POST /…/discarding: ask once more, saying what it means, and discard the draft."""
    drops = opened.draft is not None and opened.state == "accepted"
    if drops and (drop := mount.verbs.drop) is not None:
        return _dropping(mount, opened, drop)
    actions.state_after(opened)
    if is_submitted():
        mount.verbs.discard(current_actor(), opened)
        return done(mount.url(opened, "show"), _("The draft was discarded."))
    return page(
        "intake/discarding.html", mount=mount, opened=opened,
        days=actions.KEPT_FOR.days, company=company(current_actor(), opened)["people"],
    )  # fmt: skip


def _dropping(mount: Mount, opened: Opened, drop: Callable[..., Any]) -> Response:
    """The same for a draft that was opened from a version in force."""
    if is_submitted():
        drop(current_actor(), opened)
        return done(
            mount.url(opened, "show"), _("The draft was thrown away. The version in force stays.")
        )
    return page("intake/dropping.html", mount=mount, opened=opened,
                company=company(current_actor(), opened)["people"])  # fmt: skip


def bringing_back(mount: Mount, opened: Opened) -> Response:
    """POST /…/bringing-back: go on with a draft that was discarded."""
    mount.verbs.bring_back(current_actor(), opened)
    return done(mount.url(opened, "show"), _("The draft is back, as it was."))


def discarded(opened: Opened) -> Discarded | None:
    """What to say of a discarded draft; None for any other record."""
    dossier, until = opened.dossier, actions.kept_until(opened.dossier)
    if until is None or dossier.discarded_at is None:
        return None
    name = who(current_actor(), dossier.discarded_by or "")
    return Discarded(
        queries.title_of(dossier), name, dossier.discarded_at, until, clock.now() > until
    )
