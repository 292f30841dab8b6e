"""Which roles do the same thing, for the policy to ask of and for messages to go to?"""

from __future__ import annotations

from app.policy.actor import Role

CERTIFIERS = (Role.FOCAL_POINT, Role.ALTERNATE)
"""Who speaks for a delegation."""
DRAFTERS = (Role.CONTRIBUTOR, *CERTIFIERS)
READERS = (*DRAFTERS, Role.LEGAL_ADVISER)
"""Who of a delegation reads its records, and the calls to which they answer."""
OFFICERS = (Role.OFFICER, Role.COORDINATOR)
"""Who of the Secretariat reviews, files and prepares."""
SPONSORS = (Role.SPONSOR_READER, Role.SPONSOR_PLEDGER)
