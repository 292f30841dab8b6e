"""How far is the format agreed upon under which cases are exchanged?"""

from __future__ import annotations

from sqlalchemy import ScalarSelect

from app.cases.common_format import queries
from app.cases.common_format.format import CASE
from app.cases.common_format.queries import Standing
from app.workflow.tables import STANDING


def standing() -> Standing:
    """Every page of an exchange says it; whatever is loaded for one carries it along (`said`)."""
    return queries.standing(CASE.name, CASE.version)


def asked() -> ScalarSelect[str]:
    """The same, as part of the query for a record."""
    return queries.state_now(CASE.name, CASE.version)


def said(state: str | None) -> Standing:
    """What that part of the query says."""
    return Standing(state or STANDING.initial)
