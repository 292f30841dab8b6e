"""What does whoever opens what is sealed have to show, and what stays of it on record?

The one gate: answers of a draft or a version, values of a copy that arrived, words of a follow-up and files
all pass it. A second factor given lately, a purpose, an event in the trail; without them nothing is told.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.accounts.factors import require_fresh
from app.audit import trail
from app.formats.words import N_
from app.intake.sealed.purposes import PURPOSES
from app.policy.actor import Actor
from app.web.refusal import Refusal

OPENED = "sealed-opened"
"""The event that says who opened which sealed values, for what."""
NO_PURPOSE = N_("Choose for what you open it.")
CLOSED = N_("It cannot be read now: the key with which it is sealed is not there. Nothing is lost.")
BROKEN = N_("What is sealed here cannot be opened. Tell whoever runs Enlace.")


def allow(actor: Actor, purpose: str, among: Collection[str] = PURPOSES) -> None:
    """Before anything is opened. Raises FactorNeeded, and Refusal where no purpose was chosen."""
    require_fresh(actor)
    if purpose not in among:
        raise Refusal(NO_PURPOSE, field="purpose")


def put_on_record(
    actor: Actor, purpose: str, keys: Collection[str], *, subject: tuple[str, str], owner: str,
    part: str = "", row: str = "", among: Collection[str] = PURPOSES, **more: Any,
) -> None:  # fmt: skip
    """Put on record which values are opened, for what: `keys` and nothing that they say. Raises as `allow`."""
    allow(actor, purpose, among)
    trail.record(actor, OPENED, subject=subject, owner=owner, part=part, row=row,
                 detail={"purpose": purpose, "keys": sorted(keys), **more})  # fmt: skip
