"""How is a call spoken of: its state, the time left, the band above the pages, its zones?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import ngettext
from markupsafe import Markup, escape

from app import clock
from app.accounts.zones import COUNTRY_OF
from app.calls.models import Call, CallInvitation
from app.calls.queries import has_late_permission, state_now, submission_closes_at
from app.formats.words import N_
from app.web import locale
from app.web.sentences import gettext as _
from app.web.states import state_tag
from app.workflow.tables import CALL

CHANNELS = {
    "reminder": N_("Reminder by Enlace"),
    "late_permission": N_("Late permission"),
    "late_revoked": N_("Late permission revoked"),
    "telephone": N_("Telephone call"),
    "letter": N_("Letter"),
    "email": N_("E-mail outside Enlace"),
    "meeting": N_("In person"),
}
"""How a country was reached."""


@dataclass(frozen=True)
class Shown:
    """A call as a list or a page speaks of it now."""

    call: Call
    invitation: CallInvitation | None
    state: str
    word: str
    look: str
    closes_at: datetime
    is_late: bool
    """Closed for the others, open for this delegation by permission."""

    @property
    def place(self) -> str:
        """The place on whose clocks the call states its hours."""
        return locale.place_of(self.call.zone)

    @property
    def is_open(self) -> bool:
        return self.state == "open" or self.is_late


def shown(call: Call, invitation: CallInvitation | None = None) -> Shown:
    """How a call stands now, for the delegation of the invitation where there is one."""
    now = clock.now()
    state = state_now(call, now)
    word, look = state_tag(CALL, state)
    closes_at = submission_closes_at(call, invitation)
    is_late = has_late_permission(call, invitation, now)
    return Shown(call, invitation, state, word, look, closes_at, is_late)


def band(call: Call, invitation: CallInvitation | None = None) -> Markup:
    """The deadline as it stands above a page: when, on whose clocks, and how long is left."""
    is_late = has_late_permission(call, invitation, clock.now())
    return band_until(submission_closes_at(call, invitation), call.zone, is_late=is_late)


def band_until(closes_at: datetime, zone: str, *, is_late: bool = False) -> Markup:
    """The same of a close that is known; `is_late`: by permission, after the others' close."""
    now = clock.now()
    when = Markup("<b>{}</b>").format(locale.show_deadline(closes_at, zone))
    if closes_at < now:
        return Markup("{} {}").format(escape(_("The call has closed:")), when)
    if is_late:
        sentence = escape(_("Your delegation may still submit until:"))
    else:
        sentence = escape(_("The call closes:"))
    return Markup("{} {} · {}").format(sentence, when, time_left(closes_at, now, zone))


def time_left(closes_at: datetime, now: datetime, zone: str) -> str:
    """How long is left: in days of the stated zone's calendar, on the last day in hours or minutes."""
    seconds = (closes_at - now).total_seconds()
    if seconds < 0:
        return _("the time has passed")
    there = ZoneInfo(zone)
    days = (closes_at.astimezone(there).date() - now.astimezone(there).date()).days
    if seconds >= 24 * 3600 or days > 1:
        return ngettext("%(num)s day left", "%(num)s days left", max(days, 1))
    if seconds >= 3600:
        return ngettext("%(num)s hour left", "%(num)s hours left", int(seconds // 3600))
    return ngettext("%(num)s minute left", "%(num)s minutes left", int(seconds // 60))


def zone_choices() -> list[tuple[str, str]]:
    """The zones a call may state its hours in, named by country and city."""
    named = (
        (zone, f"{locale.country_name(country)} · {locale.place_of(zone)}")
        for zone, country in COUNTRY_OF.items()
    )
    return sorted(named, key=lambda each: each[1].casefold())
