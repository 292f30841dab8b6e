"""What is a proposal computed from: what is asked, what is offered, and what the Secretariat decided?

All of it is kept with the proposal, so that it can be read, and computed again, as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import clock
from app.bundling import record
from app.bundling.words import Called
from app.bundling.world import MUST_COVER, Settings, Span, World
from app.calls.models import Call
from app.extensions import db
from app.formats.spec import Text
from app.funding.bundles import basis, needs, offered
from app.funding.bundles.models import Bundle
from app.funding.courses.lists import COST_LINES, LANGUAGES
from app.funding.offers.queries import today
from app.policy.actor import Actor

SMALLEST = 6
COUNTRIES = 2
"""Countries that a regional course joins at least."""
TO_PREPARE = timedelta(days=60)
AHEAD = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the Secretariat decides before a proposal is computed."""

    first: date
    last: date
    must_cover: frozenset[str] = MUST_COVER
    smallest: int = SMALLEST
    countries: int = COUNTRIES
    courses_of_host: int = 1
    """How many courses a host with a standing offer is asked to hold."""

    @classmethod
    def usual(cls) -> Asked:
        """As in 2004, from two months on, for a year."""
        first = today() + TO_PREPARE
        return cls(first=first, last=first + AHEAD)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Asked:
        """What was decided before a proposal that was kept."""
        settings = record.world_of(kept["world"]).settings
        first, last = settings.horizon.first or date.min, settings.horizon.last or date.max
        return cls(first=first, last=last, must_cover=settings.must_cover, smallest=settings.smallest, countries=settings.countries,
                   courses_of_host=kept["courses_of_host"])  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """A world, and what its keys are called."""

    world: World
    kept: dict[str, Any]

    @property
    def digest(self) -> str:
        return record.digest(self.world)


def gather(actor: Actor, call: Call, said: Asked, besides: str = "") -> Inputs:
    """What is asked and offered now, beside what planned courses use; those adopted from one proposal apart."""
    costs = basis.standing()
    wanted = needs.asked(call, costs, besides)
    horizon = Span(said.first, said.last)
    market = offered.offered(actor, clock.now(), said.courses_of_host, horizon, besides)
    settings = Settings(must_cover=said.must_cover, smallest=said.smallest,
                        countries=said.countries, horizon=horizon)  # fmt: skip
    world = World(wanted.groups, tuple(market.hosts), tuple(market.sponsors), settings).in_order()
    return Inputs(world, {
        "world": record.written(world),
        "courses_of_host": said.courses_of_host,
        "needs": dict(wanted.needs),
        "groups": {key: {"es": name.es, "en": name.en, "stands": key in wanted.group_ids,
                         "told": list(wanted.told[key])}
                   for key, name in wanted.names.items()},
        "offers": market.names,
        "basis": {line: {"amount": str(each.amount), "per": each.per, "is_proposal": each.is_proposal}
                  for line, each in costs.items()},
        "left_out": [{"es": each.es, "en": each.en}
                     for each in (*wanted.left_out, *market.left_out)],
    })  # fmt: skip


def now(actor: Actor, bundle: Bundle) -> Inputs:
    """What a proposal would be computed from today, its own adopted courses apart."""
    call = db.session.get_one(Call, bundle.call_id)
    return gather(actor, call, Asked.of(bundle.inputs), besides=bundle.id)


def called(kept: dict[str, Any]) -> Called:
    """How sentences about a proposal call what stands in it."""
    return Called(
        {key: Text(each["es"], each["en"]) for key, each in kept["offers"].items()},
        {code.key: code.label for code in COST_LINES.codes},
        {code.key: code.label for code in LANGUAGES.codes},
        {key: needs.need_name(each) for key, each in kept["needs"].items()},
    )
