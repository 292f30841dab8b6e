"""Who is there in the tests of calls: the Secretariat, three delegations, a sponsor, an observer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.accounts.models import Person
from app.calls.terms import Terms, Words
from app.db.base import new_id
from app.extensions import db
from app.intake.models import Dossier, FormatVersion
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind, Role

MORNING = datetime(2004, 5, 24, 14, 0, tzinfo=UTC)
"""24 May 2004, 09:00 in Panama: when the demonstration begins."""
KINDS = {
    "st": (OrganisationKind.SECRETARIAT, None, Role.OFFICER),
    "hn": (OrganisationKind.DELEGATION, "HN", Role.FOCAL_POINT),
    "sv": (OrganisationKind.DELEGATION, "SV", Role.FOCAL_POINT),
    "ca": (OrganisationKind.DELEGATION, "CA", Role.FOCAL_POINT),
    "ca-sponsor": (OrganisationKind.SPONSOR, "CA", Role.SPONSOR_PLEDGER),
    "ppt": (OrganisationKind.PRESIDENCY, "PA", Role.MEMBER_READER),
    "ar": (OrganisationKind.OBSERVER, "AR", Role.OBSERVER),
    "op": (OrganisationKind.OPERATOR, None, Role.OPERATOR),
}


@dataclass(frozen=True)
class Settled:
    """Actors by the key of their organisation."""

    actors: dict[str, Actor]

    def __getitem__(self, key: str) -> Actor:
        return self.actors[key]

    def id(self, key: str) -> str:
        return self.actors[key].organisation_id


def settle() -> Settled:
    """Write organisations, a person for each, and two published versions of the need's form."""
    actors = {key: _actor(key, *what) for key, what in KINDS.items()}
    for key, actor in actors.items():
        db.session.add(
            Organisation(
                id=actor.organisation_id, key=key, kind=actor.organisation_kind.value,
                country=actor.country, name_es=f"{key} (es)", name_en=f"{key} (en)",
                created_at=MORNING,
            )
        )  # fmt: skip
        db.session.add(
            Person(
                id=actor.person_id, key=None, name=actor.name, email=f"{key}@example.invalid",
                password=None, fs_uniquifier=new_id(), created_at=MORNING,
            )
        )  # fmt: skip
    present = db.session.get(FormatVersion, ("need", 1))
    for number in (2,) if present else (1, 2):
        db.session.add(FormatVersion(name="need", version=number, hash="0", source="",
                                     published_at=MORNING))  # fmt: skip
    db.session.flush()
    return Settled(actors)


def _actor(key: str, kind: OrganisationKind, country: str | None, role: Role) -> Actor:
    return Actor(
        person_id=new_id(), session_id=new_id(), name=f"Person of {key}", lang="en",
        organisation_id=new_id(), organisation_kind=kind, organisation_name=f"{key} (en)",
        country=country, roles=frozenset({role}),
        organisation_names=tuple((lang, f"{key} ({lang})") for lang in ("es", "en")),
    )  # fmt: skip


def in_role(actor: Actor, *roles: Role) -> Actor:
    return replace(actor, roles=frozenset(roles))


def terms(settled: Settled, **changes: Any) -> Terms:
    """Terms under which a call can be announced: it opens in a day and closes after four more."""
    words = Words(title_es="Necesidades 2004", title_en="Needs 2004",
                  guidance_es="Escriba lo esencial.", guidance_en="Write the essentials.")  # fmt: skip
    whole = {
        "code": "2004",
        "words": words,
        "format_version": 1,
        "zone": "America/Panama",
        "opens_at": MORNING + timedelta(days=1),
        "closes_at": MORNING + timedelta(days=5),
        "countries": frozenset({settled.id("hn"), settled.id("sv")}),
    }
    return Terms(**{**whole, **changes})


def dossier(call_id: str, actor: Actor, *, state: str, is_submitted: bool, **more: Any) -> Dossier:
    """A dossier of the actor's delegation in a call."""
    made = Dossier(
        id=new_id(), organisation_id=actor.organisation_id, call_id=call_id, format_name="need",
        format_version=1, reference=new_id(), state=state, is_submitted=is_submitted,
        started_by=actor.person_id, created_at=MORNING, changed_at=MORNING, **more,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made
