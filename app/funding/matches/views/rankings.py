"""Where does the Secretariat see which offers fit a need or a group, and which needs an offer?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.matches import actions, computing, queries, shown, words
from app.funding.matches.models import MatchRun
from app.funding.matches.queries import KeptRun, Subject
from app.funding.matches.views.pages import blueprint, record_url, url_of
from app.policy.permissions import Permission
from app.web import identity
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/needs/<need_id>", endpoint="of_need")
@guarded(Permission.MATCH_READ, load=queries.need)
def of_need(subject: Subject) -> Response:
    """GET /matches/needs/<id>: which offers fit a need."""
    return _latest(subject)


@blueprint.get("/groups/<group_id>")
@guarded(Permission.MATCH_READ, load=queries.group)
def of_group(subject: Subject) -> Response:
    """GET /matches/groups/<id>: which offers fit a group of needs."""
    return _latest(subject)


@blueprint.get("/offers/<offer_id>")
@guarded(Permission.MATCH_READ, load=queries.offer)
def of_offer(subject: Subject) -> Response:
    """GET /matches/offers/<id>: which needs and groups an offer fits."""
    return _latest(subject)


@blueprint.post("/needs/<need_id>")
@guarded(Permission.MATCH_READ, load=queries.need, delays_writing=True)
def compute_need(subject: Subject) -> Response:
    """POST /matches/needs/<id>: compute it anew, and keep what was found."""
    return _compute(subject)


@blueprint.post("/groups/<group_id>")
@guarded(Permission.MATCH_READ, load=queries.group, delays_writing=True)
def compute_group(subject: Subject) -> Response:
    """POST /matches/groups/<id>: compute it anew, and keep what was found."""
    return _compute(subject)


@blueprint.post("/offers/<offer_id>")
@guarded(Permission.MATCH_READ, load=queries.offer, delays_writing=True)
def compute_offer(subject: Subject) -> Response:
    """POST /matches/offers/<id>: compute it anew, and keep what was found."""
    return _compute(subject)


@blueprint.get("/runs/<run_id>")
@guarded(Permission.MATCH_READ, load=queries.run)
def run(kept: KeptRun) -> Response:
    """GET /matches/runs/<id>: a ranking as it was computed; with ?again it is judged once more."""
    checked = None
    if "again" in request.args:
        checked = computing.stands(kept.run, kept.subject)
    return _page(kept.subject, kept.run, checked=checked)


def _compute(subject: Subject) -> Response:
    """Judge while only reading, then write in a moment."""
    found = computing.compute(subject, queries.weights())
    identity.begin_writing()
    actions.keep(current_actor(), subject, found)
    return done(url_of(subject), _("Computed and kept. Nobody else was told anything."))


def _latest(subject: Subject) -> Response:
    kept = queries.latest(subject)
    if kept is None:
        return page("matches/none.html", subject=subject, url_of=url_of, record_url=record_url)
    return _page(subject, kept)


def _page(subject: Subject, run: MatchRun, **more: Any) -> Response:
    """A ranking: one of its parts, and when others were computed."""
    content, show = computing.content_of(run), request.args.get("show", "")
    show = show if show in shown.SHOWS else shown.SHOWS[0]
    is_latest = request.endpoint != "matches.run"

    def here(**parts: Any) -> str:
        """This page with other parts of its address."""
        if is_latest:
            return url_of(subject, **parts)
        return url_for("matches.run", run_id=run.id, **parts)

    return page(
        "matches/show.html", subject=subject, run=run, content=content, show=show, here=here,
        part=shown.part(content.get(show, ()), request.args.get("from", "")),
        history=queries.runs(subject, request.args.get("after", "")[:400]), is_latest=is_latest,
        is_changed=computing.digest(subject) != run.inputs_digest,
        standing=queries.newest().version, criteria=words.CRITERIA, verdicts=words.VERDICTS,
        points=shown.points, gist=shown.gist, url_of=url_of, record_url=record_url, **more,
    )  # fmt: skip
