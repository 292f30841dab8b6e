"""What ends a sponsor's request to know the countries of a group, where some of them say nothing?

Five working days of the Secretariat's end it: whoever was silent is not told, and the sponsor may ask
anew. The days are the same for every request, so that none of them tells a country by its holidays.
"""

from __future__ import annotations

from app import clock
from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.one_by_one import one_by_one
from app.jobs.registry import Times, job
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind
from app.summaries import period, telling
from app.summaries.models import CountryRequest, GroupSummary, Routing

NAME = "group-requests-close"


@job(NAME, times=Times())
def close_requests() -> None:
    """End each request about a group whose days have passed."""
    with transaction(writing=False):
        over = _over()
    one_by_one(NAME, over, _close)


def _over() -> list[str]:
    open_ones = db.session.execute(
        db.select(CountryRequest.id, CountryRequest.asked_at)
        .join(Routing, Routing.id == CountryRequest.routing_id)
        .join(GroupSummary, GroupSummary.released_id == Routing.released_id)
        .where(CountryRequest.state == "asked")
        .order_by(CountryRequest.id)
    ).all()
    secretariat = db.session.scalars(
        db.select(Organisation)
        .where(Organisation.kind == OrganisationKind.SECRETARIAT)
        .order_by(Organisation.created_at, Organisation.id)
        .limit(1)
    ).one_or_none()
    if not open_ones or secretariat is None:
        return []
    now = clock.now()
    return [row.id for row in open_ones if period.begun(secretariat, row.asked_at)[0] < now]


def _close(request_id: str) -> None:
    with committed() as session:
        request = session.get_one(CountryRequest, request_id, populate_existing=True)
        telling.close_request(request, telling.words_on(request).values())
