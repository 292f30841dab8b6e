"""What fits a need, a group or an offer now, and would the same question still get the same answer?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.funding.matches import asked, offered
from app.funding.matches.models import MatchRun
from app.funding.matches.queries import Subject
from app.funding.offers.models import Offer
from app.funding.offers.queries import today
from app.matching import record
from app.matching.match import JUDGING
from app.matching.record import Named
from app.matching.weights import Weights
from app.needs.format import NEED
from app.web.errors import Refusal

LABELS = NEED.code_lists
NOT_IN_FORCE = N_("Nothing of it is in force: a need is matched once it is accepted.")
NOT_OPEN = N_("The offer is withdrawn or ended long ago. It is matched again once it is renewed.")


@dataclass(frozen=True)
class Computed:
    """What was found, not yet kept."""

    content: bytes
    hash: str
    digest: str
    considered: int
    weights_version: int


def compute(subject: Subject, weights: Weights, day: date | None = None) -> Computed:
    """The ranking for a subject as of a day, today where none is said. Refusal where nothing of it
    is in force."""
    day = day or today()
    before = digest(subject, day)
    found = record.compute(_side(subject, day), _others(subject, day), weights=weights, today=day,
                           labels=LABELS)  # fmt: skip
    content = canonical_json(found)
    return Computed(content, hash_of(content), before, found["considered"], weights.version)


def digest(subject: Subject, day: date | None = None) -> str:
    """A hash over everything that a ranking rests on, also the rules, beside the weights and the day.

    Of an offer its revision stands for its words, of a need its certified version; all needs and groups
    together are counted.
    """
    day = day or today()
    if subject.kind == "offer":
        marks: dict[str, Any] = {"offer": offered.marks(Offer.id == subject.id, day),
                 "asked": asked.mark_of_all()}  # fmt: skip
    else:
        needs = [mark[:2] for mark in asked.marks(_needs_of(subject))]
        marks = {"asked": needs, "offers": offered.marks(offered.standing(day), day),
                 "names": [[subject.title.es, subject.title.en]]}  # fmt: skip
    return hash_of(canonical_json(marks | {"judging": JUDGING}))


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_of(run: MatchRun) -> dict[str, Any]:
    """What a ranking found, as it was kept."""
    found: dict[str, Any] = json.loads(run.content)
    return found


def stands(run: MatchRun, subject: Subject) -> bool:
    """Whether a kept ranking is what its own facts give; and, if nothing it rests on has changed since,
    what the records give today, byte for byte."""
    content = content_of(run)
    if hash_of(run.content.encode()) != run.hash or not record.stands(content, LABELS):
        return False
    day = date.fromisoformat(content["as_of"])
    if digest(subject, day) != run.inputs_digest:
        return True
    return compute(subject, record.weights_of(content), day).hash == run.hash


def _needs_of(subject: Subject) -> Any:
    return {"need": asked.of_need, "group": asked.of_group}[subject.kind](subject.id)


def _side(subject: Subject, day: date) -> Named:
    if subject.kind == "group":
        found = asked.group(subject.id, subject.title)
        return _there([found] if found else [], NOT_IN_FORCE)
    if subject.kind == "need":
        return _there(asked.needs(asked.of_need(subject.id)), NOT_IN_FORCE)
    return _there(offered.offers(offered.standing(day) & (Offer.id == subject.id)), NOT_OPEN)


def _there(found: list[Named], missing: str) -> Named:
    if not found:
        raise Refusal(missing, status=409)
    return found[0]


def _others(subject: Subject, day: date) -> list[Named]:
    if subject.kind == "offer":
        return asked.everything()
    return offered.offers(offered.standing(day))
