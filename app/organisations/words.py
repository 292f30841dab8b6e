"""How are kinds of organisations, roles and units called?"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.formats.words import N_
from app.policy.actor import OrganisationKind, Role

KINDS: dict[OrganisationKind, str] = {
    OrganisationKind.DELEGATION: N_("Delegation of a member country"),
    OrganisationKind.SECRETARIAT: N_("Technical Secretariat"),
    OrganisationKind.SPONSOR: N_("Sponsor"),
    OrganisationKind.PRESIDENCY: N_("Pro Tempore Presidency"),
    OrganisationKind.OBSERVER: N_("Observer"),
    OrganisationKind.CIVIL_SOCIETY: N_("Civil society network"),
    OrganisationKind.OPERATOR: N_("Operator of the server"),
}

ROLES: dict[Role, str] = {
    Role.CONTRIBUTOR: N_("contributor"),
    Role.FOCAL_POINT: N_("focal point"),
    Role.ALTERNATE: N_("alternate"),
    Role.MEMBER_READER: N_("reader of members' editions"),
    Role.CASE_OFFICER: N_("case officer"),
    Role.CHILD_PROTECTION_OFFICER: N_("child-protection officer"),
    Role.DOCUMENT_OFFICER: N_("document officer"),
    Role.LEGAL_ADVISER: N_("legal adviser"),
    Role.OFFICER: N_("Secretariat officer"),
    Role.COORDINATOR: N_("Secretariat coordinator"),
    Role.SPONSOR_READER: N_("sponsor, reader"),
    Role.SPONSOR_PLEDGER: N_("sponsor, may answer"),
    Role.OBSERVER: N_("observer"),
    Role.CIVIL_SOCIETY_FOCAL_POINT: N_("focal point of civil society"),
    Role.OPERATOR: N_("operator"),
}

MEANING: dict[Role, str] = {
    Role.CONTRIBUTOR: N_("Drafts needs together with the colleagues of the delegation."),
    Role.FOCAL_POINT: N_(
        "Drafts, certifies and submits, gives or withholds consent, invites colleagues."
    ),
    Role.ALTERNATE: N_("May do everything a focal point may."),
    Role.MEMBER_READER: N_("Reads the editions meant for members, never drafts."),
    Role.CASE_OFFICER: N_("Sees what was addressed to the unit, and nothing else."),
    Role.CHILD_PROTECTION_OFFICER: N_("Sees what was addressed to the unit, and nothing else."),
    Role.DOCUMENT_OFFICER: N_("Sees what was addressed to the unit, and nothing else."),
    Role.LEGAL_ADVISER: N_("Reads needs, files and withdraws legal reservations; sees no case."),
    Role.OFFICER: N_("Opens calls, reviews, compiles, routes and follows up."),
    Role.COORDINATOR: N_(
        "May do everything an officer may; publishes, admits organisations and people."
    ),
    Role.SPONSOR_READER: N_("Reads the summaries sent to the sponsor."),
    Role.SPONSOR_PLEDGER: N_("Reads the summaries sent to the sponsor, and answers them."),
    Role.OBSERVER: N_("Reads what is published to observers."),
    Role.CIVIL_SOCIETY_FOCAL_POINT: N_("Reads what is published to the network."),
    Role.OPERATOR: N_("Looks after the server; sees no content."),
}

UNITS: dict[str, str] = {
    "migration": N_("Migration"),
    "police": N_("Police"),
    "prosecution": N_("Prosecution"),
    "judiciary": N_("Judiciary"),
    "consular": N_("Foreign and consular affairs"),
    "child_protection": N_("Child protection"),
    "labour": N_("Labour"),
    "women": N_("Women's affairs"),
    "health": N_("Health"),
    "education": N_("Education"),
    "victims": N_("Assistance to victims"),
    "documents": N_("Documents and forensics"),
    "statistics": N_("Statistics"),
    "intelligence": N_("Intelligence and finance"),
    "ombuds": N_("Human rights ombuds office"),
    "anti_trafficking": N_("Body against trafficking"),
    "border_post": N_("Border post"),
}
"""What a unit of an organisation does; the codes are ours."""


def say_kind(kind: str) -> str:
    """The name of a kind of organisation, in the reader's language."""
    return _(KINDS[OrganisationKind(kind)])


def say_role(role: str) -> str:
    """The name of a role, in the reader's language."""
    return _(ROLES[Role(role)])


def say_roles(roles: Iterable[str]) -> str:
    """Several roles, in the order of the product's table of people."""
    held = {Role(role) for role in roles}
    return ", ".join(_(name) for role, name in ROLES.items() if role in held)


def say_unit(kind: str) -> str:
    """What a unit does, in the reader's language."""
    return _(UNITS[kind]) if kind in UNITS else kind
