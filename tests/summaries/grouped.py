"""How does a group of four needs lie there, and how do the tests act on its summary?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.extensions import db
from app.formats.spec import Text
from app.groups import actions as group_actions
from app.groups import queries as groups
from app.intake.models import Dossier, Version
from app.outbox.deeds import look
from app.policy.actor import Actor
from app.summaries import actions as single_actions
from app.summaries import names, received, revealing
from app.summaries import queries as single
from app.summaries.groups import actions, queries, sending
from app.summaries.models import (
    CountryRequest,
    GroupSummary,
    ReleasedSummary,
    Routing,
    SummaryChange,
)
from tests.calls.settled import Settled
from tests.reports.accepted import Accepted, Written, answers

Stored = Callable[[Callable[[], Any]], Any]
PEOPLE = ({"profile": "prosecutor", "women": 12, "men": 8},)
MORE = (
    {"profile": "prosecutor", "women": 1, "men": 2},
    {"profile": "police_first_response", "total": 30},
)


@dataclass
class Grouped:
    """Honduras by name, El Salvador and Guatemala without, Nicaragua sends nothing to sponsors."""

    settled: Settled
    stored: Stored
    group_id: str
    needs: dict[str, str]
    countries: dict[str, str]
    grouping_id: str = ""

    @property
    def st(self) -> Actor:
        return self.settled["st"]

    @property
    def sponsor(self) -> Actor:
        return self.settled["ca-sponsor"]

    def actor(self, country: str) -> Actor:
        """Who speaks for a country."""
        known = {"HN": "hn", "SV": "sv"}.get(country)
        if known:
            return self.settled[known]
        return replace(self.settled["sv"], organisation_id=self.countries[country],
                       country=country)  # fmt: skip

    def prepare(self) -> Grouped:
        def act() -> str:
            made = actions.prepare(self.st, groups.get(self.st, self.group_id))
            return made.id if made else ""

        self.grouping_id = self.stored(act)
        return self

    def opened(self) -> queries.Opened:
        return queries.get(self.st, self.grouping_id)

    def change_id(self, country: str) -> str:
        return self.stored(lambda: db.session.scalar(db.select(SummaryChange.id).where(
            SummaryChange.grouping_id == self.grouping_id,
            SummaryChange.organisation_id == self.countries[country])))  # fmt: skip

    def say(self, country: str, decision: str = "consented", reason: str = "Because") -> None:
        change_id, actor = self.change_id(country), self.actor(country)
        self.stored(lambda: actions.decide(actor, queries.part(actor, change_id),
                                           decision=decision, reason=reason))  # fmt: skip

    def shorten(self, country: str, *left_out: str, decision: str = "consented") -> None:
        """A country's word on its own summary, from which the Secretariat would leave something out."""
        need, actor = self.needs[country], self.actor(country)

        def summary() -> str:
            found = single.of_need(self.st, need)
            made = found if isinstance(found, single.OpenedSummary) else None
            return made.id if made else single_actions.prepare(self.st, found).id  # type: ignore[arg-type]

        summary_id = self.stored(summary)
        self.stored(lambda: single_actions.change(
            self.st, single.get(self.st, summary_id), kind="generalisation", words={},
            left_out=frozenset(left_out), note="Shorter"))  # fmt: skip

        def decide() -> None:
            opened = single.get(actor, summary_id)
            waiting = single.open_change(opened.summary)
            assert waiting is not None
            single_actions.decide(actor, opened, waiting, decision=decision, reason="Our reasons")

        self.stored(decide)

    def agreed(self) -> Grouped:
        self.prepare()
        for country in ("HN", "SV", "GT"):
            self.say(country)
        return self

    def send(self, sponsor_id: str | None = None, why: str = "It fits") -> Grouped:
        chosen = [sponsor_id or self.settled.id("ca-sponsor")]
        self.stored(lambda: sending.route(self.st, self.opened(), sponsor_ids=chosen, why=why))
        return self

    def state(self) -> str:
        return self.stored(lambda: db.session.scalar(
            db.select(GroupSummary.state).where(GroupSummary.id == self.grouping_id)))  # fmt: skip

    def content(self) -> dict[str, Any]:
        """What was released."""
        return self.stored(lambda: db.session.scalar(db.select(ReleasedSummary.content)))

    def items(self) -> dict[str, Any]:
        return {item["key"]: item for item in self.content()["sections"][0]["items"]}

    def routing_id(self) -> str:
        return self.stored(lambda: db.session.scalar(
            db.select(Routing.id).where(Routing.state != "recalled")))  # fmt: skip

    def ask_country(self) -> None:
        """The sponsor asks to know the countries."""
        routing_id = self.routing_id()
        self.stored(lambda: revealing.ask(self.sponsor, received.get(self.sponsor, routing_id)))

    def tell(self, country: str, decision: str) -> None:
        """A country's word about its name, and what is done after it."""
        actor, routing_id = self.actor(country), self.routing_id()
        self.stored(
            lambda: revealing.decide(actor, names.get(actor, routing_id), decision=decision)
        )
        newest = db.select(CountryRequest.id).order_by(CountryRequest.asked_at.desc())
        request_id = self.stored(lambda: db.session.scalar(newest.limit(1)))
        said = {"request": request_id, "by": self.countries[country]}
        if request_id is not None:
            self.stored(lambda: look("country-said-step", said)())

    def any_routing_id(self) -> str:
        """What was sent, recalled or not."""
        return str(db.session.scalar(db.select(Routing.id)))

    def summary_id(self, country: str) -> str:
        return self.stored(lambda: db.session.scalar(db.select(SummaryChange.summary_id).where(
            SummaryChange.organisation_id == self.countries[country])))  # fmt: skip

    def withdraw(self, country: str) -> None:
        self.stored(lambda: db.session.execute(
            db.update(Dossier).where(Dossier.id == self.needs[country])
            .values(state="withdrawn")))  # fmt: skip


def grouped(settled: Settled, stored: Stored) -> Grouped:
    """A group of four needs, committed."""

    def act() -> Grouped:
        accepted = Accepted(settled)
        call = accepted.call()
        made = accepted.needs(call, [
            [Written(country="HN", sponsors="named", answers=answers(
                "Primera", audience=PEOPLE, languages=["es", "en"], window_to="2004-12-31"))],
            [Written(country="SV", sponsors="unnamed", answers=answers(
                "Segunda", themes=("T2", "T4"), audience=MORE, languages=["es"],
                window_from="2004-09-06", duration=("days", 5, "8")))],
            [Written(country="GT", sponsors="unnamed", answers=answers("Tercera", audience=PEOPLE))],
            [Written(country="NI", answers=answers("Cuarta", audience=PEOPLE))],
        ])  # fmt: skip
        needs = {}
        for country, versions in zip(("HN", "SV", "GT", "NI"), made, strict=True):
            version = db.session.get_one(Version, versions[-1])
            dossier = db.session.get_one(Dossier, version.dossier_id)
            dossier.accepted_version_id = dossier.latest_version_id = version.id
            needs[country] = dossier.id
        db.session.flush()
        group = group_actions.begin(settled["st"], call.id, list(needs.values()),
                                    Text("Entrevista", "Interview"))  # fmt: skip
        return Grouped(settled, stored, group.id, needs, accepted.organisations)

    return stored(act)  # type: ignore[no-any-return]


def leave(case: Grouped, country: str) -> None:
    """A need leaves the group later on."""
    case.stored(lambda: group_actions.take_out(
        case.st, groups.get(case.st, case.group_id), [case.needs[country]]))  # fmt: skip
