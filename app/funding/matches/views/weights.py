"""Where are the weights read, tried on rankings that were computed, and changed?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.matches import actions, queries, shown, words
from app.funding.matches.forms import WeightsForm, written
from app.funding.matches.views.pages import blueprint, url_of
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/weights")
@guarded(Permission.MATCH_READ)
def weights() -> Response:
    """GET /matches/weights: how much each criterion counts, and what it counted before."""
    standing = queries.weights()
    return page(
        "matches/weights.html", standing=standing, criteria=words.CRITERIA,
        versions=queries.versions(request.args.get("after", "")[:400]),
    )  # fmt: skip


@blueprint.get("/weights/change")
@guarded(Permission.MATCH_WEIGH)
def weighing() -> Response:
    """GET /matches/weights/change: the form of other weights."""
    return _form(written(queries.weights()))


@blueprint.post("/weights/change")
@guarded(Permission.MATCH_WEIGH)
def weigh() -> Response:
    """POST /matches/weights/change: try other weights on what was computed, or let them count."""
    form = WeightsForm()
    if not form.validate():
        return _form(request.form, form.mistakes, status=422)
    chosen = form.weights()
    if "save" not in request.form:
        return _form(request.form, previews=shown.previews(chosen))
    if form.refuse_without_note():
        return _form(request.form, form.mistakes, status=422)
    try:
        actions.weigh(current_actor(), chosen, note=form.note.data)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return _form(request.form, {refusal.field: refusal.say()}, status=422)
    return done(url_for("matches.weights"),
                _("These weights count from now on. Rankings that were computed stay as they are."))  # fmt: skip


def _form(
    typed: Mapping[str, str], errors: Mapping[str, str] | None = None, status: int = 200,
    previews: list[shown.Preview] | None = None,
) -> Response:  # fmt: skip
    return page(
        "matches/weighing.html", status=status, typed=typed, errors=errors or {}, labels=words.LABELS,
        inputs=words.INPUTS, previews=previews, points=shown.points, url_of=url_of,
    )  # fmt: skip
