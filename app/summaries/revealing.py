"""How does a sponsor ask to know the country of a summary, and what does the country say?

A name is only ever told by an act of the country itself. Silence tells nothing, for however long.
"""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import OFFICERS, SPONSORS
from app.summaries import moving, names, telling, texts
from app.summaries.models import CountryDecision, CountryRequest, CountryReveal
from app.summaries.names import Asked
from app.summaries.received import Received
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

VERBS = {"revealed": "reveal", "declined": "decline"}
KNOWN = N_("The sponsor knows the country already.")
ASKED = N_("The country was asked already. Its word is waited for.")
SAID = N_("Your country said its word on this already.")
NOBODY_ASKED = N_("Nobody asks now to know your country.")


def ask(actor: Actor, received: Received) -> CountryRequest:
    """A sponsor asks to know the country; again only after the country's word."""
    require(actor, Permission.COUNTRY_ASK)
    routing = received.routing
    moving.hold(routing, "ask")
    if names.all_known(received.released.content, names.told(routing.id)):
        raise Refusal(KNOWN, status=409)
    if names.open_request(routing.id) is not None:
        raise Refusal(ASKED, status=409)
    request = CountryRequest(
        id=new_id(), routing_id=routing.id, sponsor_id=actor.organisation_id,
        state=tables.REVEAL.initial, asked_by=actor.person_id, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(request)
    trail.record(actor, "country-asked", subject=("routing", routing.id))
    telling.country_asked(request.id, routing.id, routing.released_id)
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "country-requested", routing=routing.id)
    return request


def decide(actor: Actor, asked: Asked, *, decision: str, reason: str = "") -> None:
    """The country's word: this sponsor may know its name on this summary, or not.

    It may let its name be known at any time, asked or not, and after it said no. Raises NotNow where
    the summary was recalled, or a colleague was faster.
    """
    require(actor, Permission.COUNTRY_REVEAL, asked)
    if decision not in VERBS:
        raise Refusal(N_("Choose an answer."), field="decision")
    reason = texts.read(reason, field="reason")
    routing = asked.routing
    moving.hold(routing, VERBS[decision])
    request = names.open_request(routing.id)
    _refuse_said(asked, request, decision)
    now = clock.now()
    if request is not None and asked.is_grouped:
        telling.word_said(request.id, asked.organisation_id)
    elif request is not None:
        _answer(request, VERBS[decision])
    db.session.add(CountryDecision(
        id=new_id(), organisation_id=asked.organisation_id, routing_id=routing.id,
        request_id=request.id if request else None, decision=decision, reason=reason,
        decided_by=actor.person_id, decided_at=now,
    ))  # fmt: skip
    if decision == "revealed":
        db.session.add(CountryReveal(
            routing_id=routing.id, country=asked.country, sponsor_id=routing.sponsor_id,
            revealed_at=now,
        ))  # fmt: skip
        telling.revealed(asked.opened.id, routing.id)
    trail.record(actor, f"country-{decision}", subject=("routing", routing.id),
                 owner=asked.organisation_id)  # fmt: skip
    if (
        decision == "revealed" or not asked.is_grouped
    ):  # who says no among several is not told apart
        post.to_roles(routing.sponsor_id, SPONSORS, "country-answered", routing=routing.id)
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "country-decided", routing=routing.id)


def _refuse_said(asked: Asked, request: CountryRequest | None, decision: str) -> None:
    if asked.is_named or asked.country in names.told(asked.routing.id):
        raise Refusal(KNOWN, status=409)
    if decision == "revealed":
        return
    if request is None:
        raise Refusal(NOBODY_ASKED, status=409)
    if asked.is_grouped and names.has_said(asked, request):
        raise Refusal(SAID, status=409)


def _answer(request: CountryRequest, verb: str) -> None:
    """Move the request from where it was seen to stand. Raises NotNow where it stands elsewhere."""
    seen = request.state
    moved = changed(
        db.session(),
        update(CountryRequest)
        .where(CountryRequest.id == request.id, CountryRequest.state == seen)
        .values(state=tables.REVEAL.after(seen, verb), answered_at=clock.now())
        .execution_options(synchronize_session=False),
    )
    if not moved:
        raise NotNow(tables.REVEAL.name, seen, verb)
    db.session.refresh(request)
