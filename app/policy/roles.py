"""Which roles do the same thing, for the policy to ask of and for messages to go to?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.policy.actor import Role

CERTIFIERS = (Role.FOCAL_POINT, Role.ALTERNATE)
"""Who speaks for a delegation."""
DRAFTERS = (Role.CONTRIBUTOR, *CERTIFIERS)
READERS = (*DRAFTERS, Role.LEGAL_ADVISER)
"""Who of a delegation reads its records, and the calls to which they answer."""
CASE_OFFICERS = (Role.CASE_OFFICER, Role.CHILD_PROTECTION_OFFICER)
"""Who of a unit writes, reads and answers communications on cases."""
CHILD_OFFICERS = (Role.CHILD_PROTECTION_OFFICER,)
"""Who of a unit decides how the follow-up of a child ends."""
OFFICERS = (Role.OFFICER, Role.COORDINATOR)
"""Who of the Secretariat reviews, files and prepares."""
NEEDS_FACTOR = (*OFFICERS, Role.CASE_OFFICER, Role.CHILD_PROTECTION_OFFICER)
"""Whose work asks for a second factor."""
SPONSORS = (Role.SPONSOR_READER, Role.SPONSOR_PLEDGER)


def units_with(
    held: Iterable[tuple[str, str | None]], roles: Collection[Role] = CASE_OFFICERS
) -> frozenset[str]:
    """The units in which somebody who holds these (role, unit) has one of the roles: to handle cases."""
    return frozenset(unit_id for role, unit_id in held if unit_id and role in roles)
