"""Where does somebody get, renew or end a calendar of deadlines, and where is it read?"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from app import clock
from app.calls import feeds
from app.calls.icalendar import Event, write
from app.policy.permissions import Permission
from app.web.downloads import download
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded, public
from app.web.page import done, page

blueprint = Blueprint("calendar", __name__)
SAID_ONCE = "calendar"


@blueprint.route("/me/calendar", methods=["GET", "POST"])
@guarded(Permission.CALL_READ_CALENDAR)
def mine() -> Response:
    """GET, POST /me/calendar: the address of one's calendar, said once; renew or end it."""
    actor = current_actor()
    if is_submitted():
        if request.form.get("act") == "end":
            feeds.end(actor)
            return done(url_for("calendar.mine"), _("The address no longer works."))
        session[SAID_ONCE] = feeds.renew(actor)
        return done(url_for("calendar.mine"), _("Your calendar has a new address."))
    secret = session.pop(SAID_ONCE, None)
    base = current_app.config["ENLACE"].base_url.rstrip("/")
    return page(
        "calls/calendar.html", feed=feeds.of_mine(actor),
        address=base + url_for("calendar.feed", token=secret) if secret else None,
    )  # fmt: skip


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """GET /calendar/<secret>.ics: deadlines and hours for whoever holds the secret, without content."""
    now = clock.now()
    who, closes, hours = feeds.follow(token, now)
    host = urlsplit(current_app.config["ENLACE"].base_url).hostname or "enlace"
    with force_locale(who.lang):
        events = [*(event_of(close) for close in closes), *(hours_of(each) for each in hours)]
        body = write(_("Enlace: deadlines and courses"), host, events, now)
    return download(body, "enlace.ics", "text/calendar; charset=utf-8")


def hours_of(each: feeds.Hours) -> Event:
    """How hours stand in a calendar, in the language of its reader."""
    return Event(
        id=each.id, at=each.at, until=each.until, summary=_(each.words, reference=each.reference),
        revision=each.revision, changed_at=each.changed_at, is_cancelled=each.is_cancelled,
    )  # fmt: skip


def event_of(close: feeds.Close) -> Event:
    """How a close stands in a calendar, in the language of its reader."""
    return Event(
        id=close.id, at=close.at, summary=_summary(close), revision=close.revision,
        changed_at=close.changed_at, is_cancelled=close.is_taken_back,
    )  # fmt: skip


def _summary(close: feeds.Close) -> str:
    if close.is_taken_back:
        return _("Call %(code)s was taken back", code=close.code)
    if close.is_late:
        return _("Call %(code)s closes for your delegation, by late permission", code=close.code)
    return _("Call %(code)s closes", code=close.code)
