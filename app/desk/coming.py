"""What is said to somebody whose work is not in Enlace yet?"""

from __future__ import annotations

from app.formats.words import N_
from app.policy.actor import Actor, Role

COMING: dict[Role, str] = {
    Role.DOCUMENT_OFFICER: N_(
        "The register of travel documents: specifications shared by countries, and alerts."
    ),
    Role.OBSERVER: N_("What the Conference publishes to observers: reports, texts and calendars."),
    Role.CIVIL_SOCIETY_FOCAL_POINT: N_(
        "Your network's column of the follow-up matrix, and what is published to it."
    ),
    Role.OPERATOR: N_(
        "The state of the installation. It is seen on the server's command line: run the command "
        "doctor there. Enlace shows you no content."
    ),
}
"""Role -> what will stand on its desk, and what it can do meanwhile."""


def coming_for(actor: Actor) -> tuple[str, ...]:
    """The msgids of what is still to come for the actor's roles, in the order of the roles."""
    return tuple(words for role, words in COMING.items() if role in actor.roles)
