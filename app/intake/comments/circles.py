"""Who reads a comment: the delegation alone, or the delegation and the Technical Secretariat?"""

from __future__ import annotations

from typing import Final

from app.formats.words import N_
from app.intake.models import Dossier
from app.policy.actor import Actor

DELEGATION: Final = "delegation"
"""Colleagues of the delegation, and nobody else ever."""
SHARED: Final = "shared"
"""The delegation and the Secretariat, in what both may read."""

WORDS = {DELEGATION: N_("Your delegation only"), SHARED: N_("Delegation and Secretariat")}
READ_BY = {
    (DELEGATION, False): N_("It will be read by: your delegation"),
    (SHARED, False): N_("It will be read by: your delegation and the Technical Secretariat"),
    (SHARED, True): N_("It will be read by: the delegation and the Technical Secretariat"),
}
"""(circle, whether the reader is of the Secretariat) -> the sentence before sending."""


def open_to(actor: Actor, dossier: Dossier) -> tuple[str, ...]:
    """The circles in which the actor may write about a dossier now.

    A delegation has the second one only once it certified, or while it has not answered for what the
    Secretariat drafted: else the dossier does not exist for the Secretariat, which itself never has
    the first.
    """
    if actor.is_secretariat:
        return (SHARED,)
    is_known_to_both = dossier.is_submitted or dossier.on_behalf
    return (DELEGATION, SHARED) if is_known_to_both else (DELEGATION,)


def read_by(actor: Actor, circle: str) -> str:
    """The msgid that says before sending who will read it."""
    return READ_BY[circle, actor.is_secretariat]
