"""Which page begins to follow a child from a communication, one's own or one that was received?"""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.cases.exchanges import days
from app.cases.exchanges import queries as exchanges
from app.cases.exchanges.opened import OpenedCase, Received
from app.cases.exchanges.views import opening
from app.cases.follow_ups import actions, queries, sources
from app.cases.follow_ups.kinds import CHILD, TAKEN, kinds_of
from app.cases.follow_ups.opened import Source
from app.cases.follow_ups.views.pages import blueprint
from app.cases.follow_ups.views.typing import day_typed
from app.formats.dates import write_date
from app.intake.sealed.opening import CLOSED
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.route("/of-own/<case_id>", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_BEGIN, load=exchanges.get)
def begin_own(case: OpenedCase) -> Response:
    """GET, POST /case-follow-ups/of-own/<id>: from a communication that one's unit released."""
    return _beginning(sources.of_case(case), url_for("cases.show", case_id=case.id))


@blueprint.route("/of-received/<addressee_id>", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_BEGIN, load=opening.readable, is_recorded=True)
def begin_received(received: Received) -> Response:
    """GET, POST /case-follow-ups/of-received/<id>: from a communication that one's unit received."""
    back = url_for("received_cases.show", addressee_id=received.id)
    try:
        source = sources.of_received(current_actor(), received)
    except (SealingUnavailable, Unopenable):
        return page("follow_ups/beginning.html", source=None, why_not=_(CLOSED), back_url=back,
                    format_standing=received.format_standing)  # fmt: skip
    return _beginning(source, back)


def _beginning(source: Source, back: str) -> Response:
    actor, mistakes = current_actor(), {}
    if is_submitted():
        try:
            made = actions.begin(
                actor, source, row_id=request.form.get("child", ""), due_on=day_typed("due_on")
            )
        except Refusal as refusal:
            mistakes = {refusal.field or "child": refusal.say()}
        else:
            return done(
                url_for("case_follow_ups.show", follow_up_id=made[0].id), _("The follow-up began.")
            )
    kinds, followed = kinds_of(source.unit.kind), queries.followed_rows(source)
    takes_over = (
        isinstance(source.case, Received) and source.case.state in TAKEN
        and queries.asked_here(source.case) is not None
    )  # fmt: skip
    waiting = [each for each in source.children
               if not any((each.row_id, kind) in followed for kind in kinds)]  # fmt: skip
    named = [each.due_on for each in waiting if each.due_on and each.due_on >= days.today()]
    usual = min(named, default=days.today() + timedelta(days=actions.USUAL.days))
    return page(
        "follow_ups/beginning.html", status=422 if mistakes else 200, source=source, why_not="",
        format_standing=source.case.format_standing, mistakes=mistakes, typed=request.form, back_url=back, takes_over=takes_over, keeps_child=CHILD in kinds,
        usual=write_date(usual, locale.locale()), are_followed=len(waiting) < len(source.children),
        child_options=[
            (each.row_id, _("%(child)s, who travels with %(companion)s", child=each.label,
                            companion=each.companion))
            for each in waiting
        ],
    )  # fmt: skip
