"""What should the coordinator have read before an edition is published for ever?"""

from __future__ import annotations

from datetime import datetime

from app.calls.models import Call
from app.calls.queries import state_now
from app.formats.words import N_
from app.needs.naming import unnamed_countries

FIELD = "confirmed"
"""Name of the boxes on the page."""
OPEN_CALL, ONE_UNNAMED = "open_call", "one_unnamed"
SENTENCES = {
    OPEN_CALL: N_("The call is still open: needs that arrive after this are not in this edition."),
    ONE_UNNAMED: N_(
        "Only one country is unnamed in the members' edition: it can be worked out which one it is."
    ),
}
"""Doubt -> what is ticked, in words."""


def doubts(call: Call, as_of: datetime) -> frozenset[str]:
    """What speaks against publishing the figures of that moment without having thought of it."""
    speaks = {
        OPEN_CALL: state_now(call, as_of) == "open",
        ONE_UNNAMED: unnamed_countries(call.id, as_of) == 1,
    }
    return frozenset(doubt for doubt, does in speaks.items() if does)
