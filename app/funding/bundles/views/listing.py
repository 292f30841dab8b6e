"""Which proposals are there, and how is a new one asked for?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.calls import queries as calls
from app.calls.choices import choices as calls_to_choose
from app.formats.dates import write_date
from app.formats.words import N_
from app.funding.bundles import actions, queries, shown
from app.funding.bundles.computing import WORK
from app.funding.bundles.inputs import Asked
from app.funding.bundles.views.pages import blueprint
from app.funding.courses.lists import COST_LINES, LINE_KEYS, choices
from app.funding.courses.reading import Typed
from app.funding.offers.queries import today
from app.jobs.binding import jobs_of_app
from app.jobs.wake import ask_soon
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

NOT_COMPLETE = N_("Write a number of at least 1.")
NO_DAY = N_("Write a day.")
PASSED = N_("This day has passed. Write today’s or a later one.")
LAST_BEFORE = N_("The last day cannot lie before the first.")


@blueprint.get("")
@guarded(Permission.BUNDLE_MAKE)
def index() -> Response:
    """GET /bundles: proposals, the newest first."""
    listed = queries.list_bundles(current_actor(), request.args.get("after", "")[:400])
    return page("bundles/list.html", block="results", listed=listed, lead=shown.lead)


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.BUNDLE_MAKE)
def new() -> Response:
    """GET, POST /bundles/new: what the Secretariat decides first; then a job computes."""
    actor, errors = current_actor(), dict[str, str]()
    offered = calls_to_choose(actor)
    if is_submitted():
        call = calls.get(actor, request.form["call"])
        said, errors = _said(Typed())
        if said is not None:
            running = queries.is_running(call.id)
            try:
                bundle_id = running or actions.make(actor, call, said).id
            except Refusal as refusal:
                errors = {refusal.field or "": refusal.say()}
            else:
                return _under_way(bundle_id, is_new=running is None)
    typed = request.form if is_submitted() else _first(calls.latest(actor))
    return page(
        "bundles/new.html", status=422 if errors else 200, errors=errors, typed=typed, offered=offered,
        lines=choices(COST_LINES, locale.lang()), work_form=True,
    )  # fmt: skip


def _under_way(bundle_id: str, *, is_new: bool) -> Response:
    jobs = jobs_of_app()
    said = None if is_new else _("Courses are already being proposed for this call.")
    response = done(url_for("bundles.show", bundle_id=bundle_id), said)
    # Once the answer is out, and so what it speaks of is committed.
    response.call_on_close(lambda: ask_soon(jobs, WORK, bundle_id=bundle_id))
    return response


def _said(read: Typed) -> tuple[Asked | None, dict[str, str]]:
    first, last = read.day("first"), read.day("last")
    numbers = {name: read.count(name) for name in ("smallest", "countries", "courses_of_host")}
    errors = read.errors
    for name, day in (("first", first), ("last", last)):
        if day is None:
            errors.setdefault(name, _(NO_DAY))
    if first and first < today():
        errors.setdefault("first", _(PASSED))
    for name, number in numbers.items():
        if not number:
            errors.setdefault(name, _(NOT_COMPLETE))
    if first and last and last < first:
        errors.setdefault("last", _(LAST_BEFORE))
    if errors or first is None or last is None:
        return None, errors
    must = frozenset(request.form.getlist("must_cover")) & frozenset(LINE_KEYS)
    return Asked(first=first, last=last, must_cover=must, smallest=numbers["smallest"] or 1,
                 countries=numbers["countries"] or 1,
                 courses_of_host=numbers["courses_of_host"] or 1), {}  # fmt: skip


def _first(call: Any) -> MultiDict[str, str]:
    usual = Asked.usual()
    said: MultiDict[str, str] = MultiDict({
        "call": call.id if call else "", "smallest": str(usual.smallest),
        "countries": str(usual.countries),
        "courses_of_host": str(usual.courses_of_host),
        "first": write_date(usual.first, locale.locale()), "last": write_date(usual.last, locale.locale()),
    })  # fmt: skip
    said.setlist("must_cover", sorted(usual.must_cover))
    return said
