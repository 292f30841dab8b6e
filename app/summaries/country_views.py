"""Which pages ask a country about a sponsor: whether it may know its name, and what it asks?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.policy.permissions import Permission
from app.summaries import names, relaying, revealing
from app.summaries.names import Asked
from app.summaries.relaying import Passed
from app.summaries.views import blueprint
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.route("/routings/<routing_id>/country", methods=["GET", "POST"])
@guarded(Permission.COUNTRY_REVEAL, load=names.get)
def country(asked: Asked) -> Response:
    """GET, POST /summaries/routings/<id>/country: may this sponsor know the country?"""
    error = None
    if is_submitted():
        try:
            revealing.decide(current_actor(), asked, decision=request.form.get("decision", ""),
                             reason=request.form.get("reason", ""))  # fmt: skip
        except Refusal as refusal:
            if refusal.field is None:
                raise
            error = (refusal.field, refusal.say())
        else:
            return done(url_for("summaries.show", summary_id=asked.opened.id) + "#log",
                        _("Your word was recorded."))  # fmt: skip
    asking = names.open_request(asked.routing.id)
    if asking is not None and asked.is_grouped and names.has_said(asked, asking):
        asking = None
    return page("summaries/country.html", status=422 if error else 200, asked=asked, asking=asking,
                word=names.last_word(asked),
                told=asked.country in names.told(asked.routing.id),
                errors=[error] if error else [], typed=request.form)  # fmt: skip


@blueprint.route("/relays/<relay_id>", methods=["GET", "POST"])
@guarded(Permission.QUESTION_REPLY, load=relaying.get)
def relay(passed: Passed) -> Response:
    """GET, POST /summaries/relays/<id>: the country answers the Secretariat."""
    error = None
    if is_submitted():
        try:
            relaying.reply(current_actor(), passed, text=request.form.get("reply", ""))
        except Refusal as refusal:
            error = (refusal.field or "reply", refusal.say())
        else:
            return done(url_for("summaries.show", summary_id=passed.opened.id) + "#questions",
                        _("Your answer reached the Technical Secretariat."))  # fmt: skip
    return page("summaries/relay.html", status=422 if error else 200, passed=passed,
                relay=passed.relay, errors=[error] if error else [], typed=request.form)  # fmt: skip


@blueprint.post("/relays/<relay_id>/reminder")
@guarded(Permission.SUMMARY_ROUTE, load=relaying.get)
def remind(passed: Passed) -> Response:
    """POST /summaries/relays/<id>/reminder: the Secretariat reminds the country."""
    relaying.remind(current_actor(), passed)
    return done(url_for("summaries.show", summary_id=passed.opened.id) + "#questions",
                _("The country was reminded."))  # fmt: skip
