"""How does a communication begin, in one's own unit: by itself, or in answer to one that arrived?"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app import clock
from app.audit import trail
from app.cases.common_format.format import CASE
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.obstacles import ANSWERS_NOTHING, RELATED
from app.cases.exchanges.opened import OpenedCase, Received
from app.extensions import db
from app.formats.words import N_
from app.intake import actions as intake
from app.intake import drafting
from app.intake.discarding import actions as discarding
from app.organisations.countries import alpha3
from app.organisations.models import Unit
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.tables import EXCHANGE

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of references: none that is taken for another."""
NO_UNIT = N_("Choose the unit for which you write.")
NO_KIND = N_("Choose what kind of communication it is.")
NO_REALITY = N_("Say whether it is a real case or practice.")


class NotBegun(Refusal):
    """Something is missing to begin; `found` says all of it, by the question."""

    def __init__(self, found: Mapping[str, str]) -> None:
        field, message = next(iter(found.items()))
        super().__init__(message, field=field)
        self.found = found


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is said of a communication before its form is open."""

    unit: Unit | None
    kind: str
    is_exercise: bool | None
    answers: Received | None = None
    """What arrived and is answered or followed up by it."""
    thread_id: str = ""
    """The matter in which it goes on, where it answers nothing that arrived."""


def start(actor: Actor, begins: Beginning, *, given: Mapping[str, Any] | None = None) -> Exchange:
    """A new draft of a communication in one of the actor's own units, with `given` answers if any.

    Raises NotBegun where the unit, the kind or the reality was not chosen.
    """
    require(actor, Permission.CASE_START)
    found = dict(_missing(actor, begins))
    if found or begins.unit is None or begins.is_exercise is None:
        raise NotBegun(found)
    if begins.answers is not None:
        require(actor, Permission.CASE_RECEIVE, begins.answers)
    reference = _reference(actor)
    dossier, _draft = drafting.start_alone(
        actor, format=CASE, reference=reference,
        beginning=_answers(actor, begins, reference, given or {}),
    )  # fmt: skip
    exchange = Exchange(
        id=dossier.id, organisation_id=actor.organisation_id, unit_id=begins.unit.id,
        reference=reference, state=EXCHANGE.initial, kind=begins.kind,
        thread_id=begins.answers.exchange.thread_id if begins.answers else begins.thread_id or dossier.id,
        answers_id=begins.answers.id if begins.answers else None, is_exercise=begins.is_exercise,
        created_by=actor.person_id, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(exchange)
    db.session.flush()
    trail.record(
        actor, "case-started", subject=("exchange", exchange.id), owner=actor.organisation_id,
        detail={"unit": exchange.unit_id, "kind": exchange.kind, "answers": exchange.answers_id},
    )  # fmt: skip
    return exchange


def _missing(actor: Actor, begins: Beginning) -> Iterator[tuple[str, str]]:
    """Question -> what is wrong there."""
    if begins.unit is None or begins.unit.id not in actor.case_unit_ids:
        yield "unit", NO_UNIT
    if begins.kind not in CASE.code_lists["report_kind"]:
        yield "kind", NO_KIND
    elif begins.kind in RELATED and begins.answers is None and not begins.thread_id:
        yield "kind", ANSWERS_NOTHING
    if begins.is_exercise is None:
        yield "reality", NO_REALITY


def _reference(actor: Actor) -> str:
    """Such as CRM-HND-2004-K7M3QX: random, so that nothing can be counted."""
    chance = "".join(secrets.choice(LETTERS) for _letter in range(6))
    return f"CRM-{alpha3(actor.country or '')}-{clock.now().year}-{chance}"


def _answers(
    actor: Actor, begins: Beginning, reference: str, given: Mapping[str, Any]
) -> drafting.Beginning:
    """What Enlace itself writes into the envelope, and what an answer takes from what it answers."""
    document = {
        **_carried(begins.answers), **given,
        "exchange_ref": reference, "form_version": f"cf:v{CASE.version}",
        "reporting_country": actor.country, "focal_point": actor.person_id,
        "report_kind": begins.kind,
    }  # fmt: skip
    to = begins.answers
    return drafting.Beginning(
        document=document, came_from=to.id if to else "", record_id="", reference=reference,
        format_version=CASE.version, left_out=(),
    )  # fmt: skip


def _carried(to: Received | None) -> dict[str, Any]:
    """What is taken from the envelope of what is answered, unless something else is given."""
    if to is None:
        return {}
    return {"recipient_units": [to.exchange.unit_id], "tlp": to.exchange.tlp,
            "purpose": to.exchange.purpose, "related_exchange_ref": to.exchange.reference}  # fmt: skip


def revise(actor: Actor, case: OpenedCase) -> None:
    """Open a draft from the version in force: to correct it, to read what is sealed, to go further."""
    require(actor, Permission.CASE_EDIT, case)
    EXCHANGE.after(case.exchange.state, "release")
    intake.revise(actor, case)


def discard(actor: Actor, case: OpenedCase) -> None:
    """Throw away a draft that was never released; for a while its unit can bring it back."""
    require(actor, Permission.CASE_DISCARD, case)
    discarding.discard(actor, case)


def drop(actor: Actor, case: OpenedCase) -> None:
    """Throw away the draft of a new version: what was released stays as it is. Raises NotNow."""
    require(actor, Permission.CASE_DISCARD, case)
    discarding.drop(actor, case)


def bring_back(actor: Actor, case: OpenedCase) -> None:
    """Go on with a draft that was discarded. Raises NotNow once it is forgotten."""
    require(actor, Permission.CASE_DISCARD, case)
    EXCHANGE.after(case.exchange.state, "release")
    discarding.bring_back(actor, case)
