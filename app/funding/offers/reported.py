"""Which offers does the needs report list? Those that stood open at its instant, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.extensions import db
from app.formats.spec import Text
from app.funding.offers import codes, queries
from app.funding.offers.queries import OpenOffer
from app.organisations.models import Organisation
from app.reports.offered import ListedOffer, lists_offers


@lists_offers
def listed(at: datetime) -> tuple[ListedOffer, ...]:
    """By who offers and then by title, as Spanish readers look them up; the same for every language."""
    found = list(_all(at))
    ids = sorted({one.organisation_id for one in found})
    query = db.select(Organisation).where(Organisation.id.in_(ids))
    owners = {one.id: one for one in (db.session.scalars(query) if ids else ())}
    offers = [_told(one, owners[one.organisation_id]) for one in found]
    return tuple(sorted(offers, key=lambda one: (one.by.es.casefold(), one.title.casefold())))


def _all(at: datetime) -> Iterator[OpenOffer]:
    """Every one of them, so many at once; the report's own guard decided who asks."""
    after, more = "", True
    while more:
        page = queries.open_as_of(None, at, after=after)
        yield from page
        more = len(page) == queries.AT_ONCE
        after = page[-1].id if page else ""


def _told(offer: OpenOffer, owner: Organisation) -> ListedOffer:
    terms = offer.terms
    known = {one.line for one in terms.lines}
    return ListedOffer(
        by=Text(owner.name("es"), owner.name("en")),
        title=terms.title,
        title_lang=terms.lang,
        roles=tuple(codes.in_both("roles", role) for role in terms.roles),
        covers=tuple(code.label for code in codes.list_of("line").codes if code.key in known),
        valid_until=offer.valid_until,
    )
