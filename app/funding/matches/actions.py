"""What can be done about matches: keep a ranking, and change the weights?"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.funding.matches import queries
from app.funding.matches.computing import Computed
from app.funding.matches.models import MatchRun, MatchWeights
from app.funding.matches.queries import Subject
from app.matching.weights import Weights
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal

OVERTAKEN = N_("The weights were changed after you opened this page. Look at them again, please.")
NO_DIFFERENCE = N_("These are the weights that count already.")


def keep(actor: Actor, subject: Subject, found: Computed) -> MatchRun:
    """Keep a ranking that was computed before anything was written."""
    require(actor, Permission.MATCH_READ)
    run = MatchRun(
        id=new_id(), subject_kind=subject.kind, subject_id=subject.id,
        weights_version=found.weights_version, inputs_digest=found.digest,
        considered=found.considered, content=found.content.decode(), hash=found.hash,
        made_by=actor.person_id, made_at=clock.now(),
    )  # fmt: skip
    db.session.add(run)
    trail.record(actor, "match-computed", subject=("match_run", run.id),
                 detail={"of": subject.kind, "id": subject.id, "hash": run.hash,
                         "weights": run.weights_version})  # fmt: skip
    return run


def weigh(actor: Actor, weights: Weights, *, note: str) -> MatchWeights:
    """Let other weights count from now on; `weights.version` is the next one. Refusal where somebody
    was faster, or nothing would change."""
    require(actor, Permission.MATCH_WEIGH)
    standing = db.session.scalars(
        db.select(MatchWeights).order_by(MatchWeights.version.desc()).limit(1).with_for_update()
    ).one()
    if queries.newest().version != weights.version - 1:
        raise Refusal(OVERTAKEN, status=409)
    if standing.weights == weights.written():
        raise Refusal(NO_DIFFERENCE, field="points_theme")
    kept = MatchWeights(version=weights.version, weights=weights.written(), note=note,
                        set_by=actor.person_id, set_at=clock.now())  # fmt: skip
    db.session.add(kept)
    trail.record(actor, "match-weights-set", subject=("match_weights", str(weights.version)),
                 detail=weights.written())  # fmt: skip
    return kept
