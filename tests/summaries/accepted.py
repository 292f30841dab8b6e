"""How does an accepted need of Honduras lie there, and how do the tests act on its summary?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.intake import published
from app.intake.models import Dossier, Version
from app.needs.models import Consent
from app.needs.preview import Choices, hash_of, preview
from app.organisations.models import Organisation
from app.summaries import actions, queries, received, responding, sending
from app.summaries.models import Routing, Summary
from tests.calls.settled import MORNING, Settled
from tests.desk import lying

ANSWERS = {
    "title": "Interviews at border posts",
    "gap": "Nobody on the night shift knows how.",
    "themes": ["T2"],
    "audience": [
        {"id": "r1", "profile": "consular", "women": 12, "men": 8, "region": "Ocotepeque"}
    ],
    "modality": "in_person",
    "costs": [{"id": "materials", "estimate": "900.00", "currency": "HNL", "payer": "sponsor"}],
    "joint_course": True,
    "joint_countries": ["GT"],
}
RELEASED = (
    "title",
    "gap",
    "audience.region",
    "costs.estimate",
    "costs.currency",
    "joint_countries",
)
Stored = Callable[[Callable[[], Any]], Any]


@dataclass
class Case:
    """An accepted need, and what people do about its summary, each in a transaction of its own."""

    settled: Settled
    stored: Stored
    need_id: str
    summary_id: str = ""

    @property
    def st(self) -> Any:
        return self.settled["st"]

    @property
    def hn(self) -> Any:
        return self.settled["hn"]

    @property
    def sponsor(self) -> Any:
        return self.settled["ca-sponsor"]

    def prepare(self) -> Case:
        self.summary_id = self.stored(
            lambda: actions.prepare(self.st, queries.candidate(self.st, self.need_id)).id
        )
        return self

    def opened(self) -> Any:
        return queries.get(self.st, self.summary_id)

    def change(self, words: dict[str, dict[str, str]], *left_out: str) -> None:
        self.stored(lambda: actions.change(
            self.st, self.opened(), kind="generalisation", words=words, note="Shorter",
            left_out=frozenset(left_out)))  # fmt: skip

    def decide(self, decision: str, reason: str = "Because") -> None:
        def act() -> None:
            opened = queries.get(self.hn, self.summary_id)
            actions.decide(self.hn, opened, queries.open_change(opened.summary),
                           decision=decision, reason=reason)  # fmt: skip

        self.stored(act)

    def send(self, sponsor_id: str | None = None) -> None:
        chosen = [sponsor_id or self.settled.id("ca-sponsor")]
        self.stored(
            lambda: sending.route(self.st, self.opened(), sponsor_ids=chosen, why="It fits")
        )

    def recall(self) -> None:
        self.stored(lambda: sending.recall(self.st, self.opened(), reason="A mistake"))

    def routing_id(self) -> str:
        return self.stored(lambda: db.session.scalar(
            db.select(Routing.id).where(Routing.state != "recalled")))  # fmt: skip

    def respond(self, state: str = "interested") -> None:
        routing_id = self.routing_id()
        self.stored(lambda: responding.respond(
            self.sponsor, received.get(self.sponsor, routing_id), state=state))  # fmt: skip

    def ask(self, text: str = "When?") -> None:
        routing_id = self.routing_id()
        self.stored(lambda: responding.ask(
            self.sponsor, received.get(self.sponsor, routing_id), text=text))  # fmt: skip

    def summary(self) -> Any:
        """Its row as it stands now."""
        table = Summary.__table__
        return self.stored(lambda: db.session.execute(
            db.select(table).where(table.c.id == self.summary_id)).one())  # fmt: skip

    def items(self) -> dict[str, Any]:
        content = json.loads(self.summary().preview)
        return {item["key"]: item for section in content["sections"] for item in section["items"]}


def accepted(
    settled: Settled, stored: Stored, *, preview_hash: str | None = None, sponsors: str = "unnamed"
) -> Case:
    """Honduras certified with everything released, without its name, and it was accepted.

    `preview_hash` of what it previewed, where that is not what would be made now.
    """

    def act() -> str:
        made = lying.need(lying.open_call(settled), settled["hn"], "accepted", "Interviews")
        version(settled, made, number=2, preview_hash=preview_hash, sponsors=sponsors)
        return made.id

    return Case(settled, stored, stored(act))


def version(
    settled: Settled, made: Dossier, *, number: int, preview_hash: str | None = None,
    sponsors: str = "unnamed",
) -> Version:  # fmt: skip
    """A further version with consent, which becomes the accepted one."""
    person, country = settled["hn"].person_id, settled["hn"].country or ""
    found = Version(
        id=new_id(), organisation_id=made.organisation_id, dossier_id=made.id, number=number,
        format_version=1, title="Interviews", document=canonical_json(ANSWERS).decode(), hash="0",
        receipt=f"{made.reference}-{number}", lang="en", certified_by=person, certified_name="X",
        certified_role="focal_point", certified_at=MORNING,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    choices = Choices(members="named", sponsors=sponsors, released=frozenset(RELEASED))
    content = preview(published.get("need", 1), ANSWERS, choices, country=country, lang="en")
    db.session.add(Consent(
        version_id=found.id, organisation_id=made.organisation_id, need_id=made.id,
        members="named", sponsors=sponsors, withheld=[], released=list(RELEASED),
        preview_hash=preview_hash or hash_of(content), decided_by=person, decided_at=MORNING,
    ))  # fmt: skip
    made.accepted_version_id = made.latest_version_id = found.id
    db.session.flush()
    return found


def another_sponsor(country: str = "US") -> str:
    """A second sponsor, of that country; its id."""
    made = Organisation(id=new_id(), key=f"{country.lower()}-sponsor", kind="sponsor",
                        country=country, name_es=f"{country} (es)", name_en=f"{country} (en)",
                        created_at=MORNING)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made.id
