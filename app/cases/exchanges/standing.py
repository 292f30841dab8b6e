"""How far is the format agreed upon under which cases are exchanged?"""

from __future__ import annotations

from app.cases.common_format import queries
from app.cases.common_format.format import CASE
from app.cases.common_format.queries import Standing


def standing() -> Standing:
    """Every page of an exchange says it."""
    return queries.standing(CASE.name, CASE.version)
