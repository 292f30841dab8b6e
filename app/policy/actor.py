"""Who is asking, and for which organisation?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babel import localedata


class OrganisationKind(StrEnum):
    """What an organisation is in the Conference; decides which wall stands around it."""

    DELEGATION = "delegation"
    SECRETARIAT = "secretariat"
    SPONSOR = "sponsor"
    PRESIDENCY = "presidency"
    OBSERVER = "observer"
    CIVIL_SOCIETY = "civil_society"
    OPERATOR = "operator"


class Role(StrEnum):
    """What a membership allows, in the words of the product's table of people."""

    CONTRIBUTOR = "contributor"
    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    MEMBER_READER = "member_reader"
    CASE_OFFICER = "case_officer"
    CHILD_PROTECTION_OFFICER = "child_protection_officer"
    DOCUMENT_OFFICER = "document_officer"
    LEGAL_ADVISER = "legal_adviser"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    SPONSOR_READER = "sponsor_reader"
    SPONSOR_PLEDGER = "sponsor_pledger"
    OBSERVER = "observer"
    CIVIL_SOCIETY_FOCAL_POINT = "civil_society_focal_point"
    OPERATOR = "operator"


ROLES_OF: dict[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.DELEGATION: (
        Role.CONTRIBUTOR,
        Role.FOCAL_POINT,
        Role.ALTERNATE,
        Role.MEMBER_READER,
        Role.LEGAL_ADVISER,
        Role.CASE_OFFICER,
        Role.CHILD_PROTECTION_OFFICER,
        Role.DOCUMENT_OFFICER,
    ),
    OrganisationKind.SECRETARIAT: (Role.OFFICER, Role.COORDINATOR),
    OrganisationKind.SPONSOR: (Role.SPONSOR_READER, Role.SPONSOR_PLEDGER),
    OrganisationKind.PRESIDENCY: (Role.MEMBER_READER,),
    OrganisationKind.OBSERVER: (Role.OBSERVER,),
    OrganisationKind.CIVIL_SOCIETY: (Role.CIVIL_SOCIETY_FOCAL_POINT,),
    OrganisationKind.OPERATOR: (Role.OPERATOR,),
}
"""Which roles a membership of each kind of organisation may carry."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person acting for one organisation at a time."""

    person_id: str
    session_id: str
    name: str
    lang: str
    organisation_id: str
    organisation_kind: OrganisationKind
    organisation_name: str
    country: str | None
    roles: frozenset[Role]
    role_label: str = ""
    """The roles in words, in the reader's language."""
    unit_ids: frozenset[str] = frozenset()
    case_unit_ids: frozenset[str] = frozenset()
    """Those of the units in which the person handles cases: what was addressed to them is theirs to read."""
    child_unit_ids: frozenset[str] = frozenset()
    """Those of the units in which the person is a child-protection officer."""
    memberships_count: int = 1
    organisation_names: tuple[tuple[str, str], ...] = ()
    """(language, what the organisation is called in it), for pages in another language."""

    @property
    def is_secretariat(self) -> bool:
        return self.organisation_kind is OrganisationKind.SECRETARIAT

    @property
    def is_sponsor(self) -> bool:
        return self.organisation_kind is OrganisationKind.SPONSOR

    def organisation_in(self, lang: str) -> str:
        """What the organisation acted for is called in a language."""
        return dict(self.organisation_names).get(lang, self.organisation_name)

    @property
    def locale(self) -> str:
        """How numbers and dates are written for this person: the language and the country's habit."""
        return locale_of(self.lang, self.country)


def locale_of(lang: str, country: str | None) -> str:
    """The CLDR id for a language as a country writes it; the region's own where there is none."""
    locale = f"{lang}_{country}"
    if country and localedata.exists(locale):
        return locale
    return "es_419" if lang == "es" else "en"
