"""On which page does a country say whether its need may stand in the summary of a group?"""

from __future__ import annotations

import json

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.needs.preview import hash_of
from app.policy.permissions import Permission
from app.summaries import contents, period
from app.summaries.actions import is_of
from app.summaries.groups import actions, queries
from app.summaries.groups.queries import Asked
from app.summaries.views import blueprint
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

WORDS = ("consented", "objected", "withheld")


@blueprint.route("/parts/<change_id>", methods=["GET", "POST"])
@guarded(Permission.SUMMARY_DECIDE, load=queries.part)
def part(asked: Asked) -> Response:
    """GET, POST /summaries/parts/<id>: the country's word on its own part."""
    refusal = None
    if is_submitted():
        try:
            _decide(asked)
        except Refusal as refused:
            refusal = refused
        else:
            return done(url_for("summaries.show", summary_id=asked.opened.id),
                        _("Your word was recorded."))  # fmt: skip
    before, after = json.loads(asked.change.before), json.loads(asked.change.after)
    return page(
        "summaries/groups/part.html", status=refusal.status if refusal else 200, asked=asked,
        opened=asked.opened, content=after, after_hash=hash_of(after), typed=request.form,
        left_out=[each.label for each in contents.differences(before, after) if each.after is None],
        work_form=asked.change.decision is None, errors=[(refusal.field or "decision", refusal.say())] if refusal else [],
        period=period.counted(asked.change, asked.opened.organisation.zone, locale.lang()),
    )  # fmt: skip


def _decide(asked: Asked) -> None:
    if not is_of(asked.change, request.form.get("change", ""), request.form.get("after", "")):
        raise Refusal(
            N_("Read it again, please: this is what waits for your word now."), status=409
        )
    chosen = request.form.get("decision", "")
    if chosen not in WORDS:
        raise Refusal(N_("Choose an answer."), field="decision")
    actions.decide(current_actor(), asked, decision=chosen, reason=request.form.get("reason", ""))
