"""Which conditions of queries are dropped, one at a time, to see that the matrix notices?"""

from __future__ import annotations

from typing import Any

import pytest

from app.attachments import queries as attachments
from app.attachments.models import Attachment
from app.calls import queries as calls
from app.calls.models import Call, CallInvitation
from app.extensions import db
from app.funding.offers import queries as offers
from app.intake.sheets import queries as sheets
from app.needs import listing
from app.needs import queries as needs
from app.organisations import queries as organisations
from app.policy.actor import Actor
from app.reports import queries as reports
from app.reports.models import Edition


def _all_calls(actor: Actor) -> Any:
    return db.select(Call)


def _calls_invited_to_before_announced(actor: Actor) -> Any:
    if actor.is_secretariat:
        return db.select(Call)
    return (
        db.select(Call)
        .join(CallInvitation, CallInvitation.call_id == Call.id)
        .where(CallInvitation.organisation_id == actor.organisation_id)
    )


def _own_or_any_for_secretariat(actor: Actor) -> Any:
    own = Attachment.organisation_id == actor.organisation_id
    return db.true() if actor.is_secretariat else own


def _always(actor: Actor, *_: Any) -> Any:
    return db.true()


DROPPED: tuple[tuple[str, Any, str, Any, frozenset[str]], ...] = (
    ("a need of anybody, for a delegation", needs, "FOR_DELEGATION", needs._opened(shared_only=False),
     frozenset({"needs.show", "needs.section", "needs.version"})),
    ("a draft, for the Secretariat", needs, "FOR_SECRETARIAT", needs._opened(shared_only=False),
     frozenset({"needs.show"})),
    ("the list of needs", listing, "visible_to", _always, frozenset({"needs.index"})),
    ("the file of needs", listing, "visible_to", _always, frozenset({"needs.export"})),
    ("a call of anybody", calls, "visible_to", _all_calls, frozenset({"calls.show"})),
    ("the list of calls", calls, "visible_to", _all_calls, frozenset({"calls.index"})),
    ("a call before it is announced", calls, "visible_to", _calls_invited_to_before_announced,
     frozenset({"calls.show"})),
    ("the list of editions", reports, "visible_to", lambda actor: db.select(Edition),
     frozenset({"reports.index"})),
    ("a spreadsheet of anybody", sheets, "_exists_for", _always, frozenset({"needs.sheet"})),
    ("a file of anybody", attachments, "_exists_for", _always, frozenset({"attachments.show"})),
    ("a file of a draft, for the Secretariat", attachments, "_exists_for",
     _own_or_any_for_secretariat, frozenset({"attachments.show"})),
    ("an offer of anybody", offers, "exists_for", _always,
     frozenset({"offers.index", "offers.show"})),
    ("a role of anybody", organisations, "within_sight", _always, frozenset({"delegation.role"})),
    ("an invitation of anybody", organisations, "within_sight", _always,
     frozenset({"delegation.withdraw"})),
)  # fmt: skip
"""(what exists for too many, module, name, what stands there instead, where it shows)"""


def drop(module: Any, name: str, instead: Any) -> Any:
    """What plants the mistake."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(module, name, instead)

    return plant
