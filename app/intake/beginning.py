"""With what does a delegation begin a record: an empty form, or records that it has?"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls import queries as calls
from app.calls.choices import choices
from app.calls.models import Call
from app.db.errors import Missing
from app.intake import reusable
from app.intake.mounting import Mount
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page

MOST = 25
"""How many drafts are made at once: as many as stand on a page of the list."""


def beginning(mount: Mount) -> Response:
    """GET, POST /…/beginning: choose what a new record begins with; make a draft from each."""
    actor = current_actor()
    chosen = request.values.get("for_call", "")
    open_calls = calls.open_for(actor)
    call = calls.get_open(actor, chosen) if chosen else next(iter(open_calls), None)
    if is_submitted():
        if call is None:
            raise Missing("call")
        return _start(mount, call, open_calls)
    return _page(mount, call, open_calls)


def _start(mount: Mount, call: Call, open_calls: list[Call]) -> Response:
    actor, marked = current_actor(), sorted(set(request.form.getlist("from")))
    if not marked or len(marked) > MOST:
        error = _("Mark at least one.") if not marked else _("Mark at most %(most)s.", most=MOST)
        return _page(mount, call, open_calls, error=error, marked=marked)
    # All are held before the first is begun, in the order of their ids: who begins holds records first,
    # then the invitation that gives the numbers, and so nobody waits in a circle.
    sources = [mount.load(actor, each) for each in marked]
    made = [mount.verbs.start(actor, call, each) for each in sources]
    if len(made) == 1:
        return done(mount.list_url("show", **{mount.id_name: made[0].id}),
                    _("A draft was started with the answers of the earlier one."))  # fmt: skip
    said = ngettext("%(num)s draft was started.", "%(num)s drafts were started.", len(made))
    return done(mount.list_url("index", call=call.id, state="draft"),
                said + " " + _("Each says what it was started from."))  # fmt: skip


def _page(
    mount: Mount, call: Call | None, open_calls: list[Call], *, error: str | None = None,
    marked: list[str] | None = None,
) -> Response:  # fmt: skip
    actor, asked = current_actor(), reusable.wanted(request.values)
    before = reusable.call_before(actor, mount.format.name, call) if call else None
    return page(
        "intake/beginning.html", block="results", status=422 if error else 200, mount=mount,
        call=call, open_calls=open_calls, before=before, asked=asked, error=error,
        listed=reusable.list_records(actor, mount.format.name, asked), marked=marked or [],
        calls=_offered(actor), start_url=mount.list_url("start"),
    )  # fmt: skip


def _offered(actor: Any) -> list[tuple[str, str]]:
    return choices(actor)
