"""How do tests exchange cases as the demonstration's people do: in front of pages, with what follows by itself?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.audit.commit import committed
from app.cases.exchanges import actions
from app.cases.exchanges.actions import Beginning
from app.cli.demo.people import first_seat_of
from app.db.scoping import SYSTEM, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Organisation, Unit
from tests.calls.browsing import Seen
from tests.support.delivering import deliver
from tests.support.good_html import assert_good_html

CASE = {
    "tlp": "GREEN",
    "purpose": "PROTECTION",
    "legal_basis": {"code": "TREATY", "detail": "Protocolo de Palermo, art. 10"},
    "national_case_ref": "NACIONAL-SECRETA",
    "crime_type": ["MINOR_TRAVEL"],
    "detection_date": "2004-05-24",
    "detection_country": "HN",
    "detection_place": "LUGAR-PERSONAL",
    "summary": "RESUMEN-RESTRINGIDO",
    "investigation_notes": "NOTAS-SECRETAS",
    "persons": [
        {"id": "adult", "person_role": "ACCOMPANYING_ADULT", "surname": "APELLIDO-PERSONAL",
         "age_band": "25-34", "is_minor": False, "citizenship": ["HN"],
         "asylum_flag": {"code": "NO_INDICATION", "detail": "Unidad de protección, 24/05/2004"}},
        {"id": "girl", "person_role": "MINOR", "given_names": "NOMBRE-PERSONAL",
         "birth_date": "1993-02-03", "citizenship": ["HN"],
         "asylum_flag": {"code": "NO_INDICATION", "detail": "Unidad de protección, 24/05/2004"}},
    ],
    "minors": [
        {"id": "travel", "minor_local_id": "girl", "accompanying_local_id": "adult",
         "claimed_relation": "AUNT_UNCLE", "verified_relation": "PENDING", "repeat_adult": "YES"},
    ],
}  # fmt: skip
"""An adult with a girl and no family link; every word tells its class."""


@dataclass
class Person:
    """Somebody of the demonstration in front of a browser."""

    client: FlaskClient
    key: str

    def get(self, path: str, *, status: int = 200) -> Seen:
        seen = self._seen(self.client.get(path))
        assert seen.status == status, (path, seen.status, seen.words[:800])
        if "html" in seen.html[:20].lower():
            assert_good_html(seen.html)
        return seen

    def send(self, page: str, action: str | None = None, **changes: Any) -> Seen:
        """Open a page, fill in its form to `action` and send it."""
        action = action or page
        fields = {**self.get(page).fields(action), **changes}
        return self._seen(self.client.post(action, data={
            name: value for name, value in fields.items() if value is not None
        }))  # fmt: skip

    def _seen(self, response: Any) -> Seen:
        return Seen(response.status_code, response.get_data(as_text=True), response.location)


@dataclass
class Desk:
    """The demonstration, and everybody in it."""

    app: Flask
    people: dict[str, Person] = field(default_factory=dict)
    began: timedelta = field(default_factory=lambda: clock.now() - clock.real_now())

    def be(self, key: str) -> Person:
        """A person of the demonstration, signed in."""
        if key not in self.people:
            client = self.app.test_client()
            page = client.get("/demo/sign-in").get_data(as_text=True)
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
            assert token is not None
            answer = client.post("/demo/sign-in", data={"person": key, "csrf_token": token[1]})
            assert answer.status_code in (302, 303), answer.status_code
            self.people[key] = Person(client, key)
        return self.people[key]

    def unit(self, organisation: str, kind: str) -> str:
        """The id of a unit."""
        with self.app.app_context(), scoped(SYSTEM), transaction(writing=False) as session:
            return session.scalars(
                db.select(Unit.id).join(Organisation, Organisation.id == Unit.organisation_id)
                .where(Organisation.key == organisation, Unit.kind == kind)
            ).one()  # fmt: skip

    def begin(
        self, key: str, to: list[tuple[str, str]], *, kind: str = "CASE_SHARE",
        is_exercise: bool = True, **more: Any,
    ) -> str:  # fmt: skip
        """A whole draft of a person's unit, addressed to these units; its id."""
        units = [self.unit(*each) for each in to]
        with self.app.app_context(), scoped(SYSTEM, writing=True), committed():
            actor = first_seat_of(key)
            unit = db.session.get_one(Unit, next(iter(actor.case_unit_ids)))
            begins = Beginning(unit=unit, kind=kind, is_exercise=is_exercise)
            made = actions.start(actor, begins, given={**CASE, "recipient_units": units, **more})
            return made.id

    def release(self, key: str, case_id: str, **more: Any) -> None:
        """Certify and release, and let everything follow."""
        read = self.be(key).get(f"/cases/{case_id}/check")
        page = f"/cases/{case_id}/certification"
        come = next((each for each in read.links() if each.startswith(page)), page)
        sent = self.be(key).send(come, page, **more)
        assert sent.status == 303, sent.words
        self.follow()

    def release_again(self, key: str, case_id: str, **more: Any) -> None:
        """Release what was certified once more, and let everything follow."""
        sent = self.be(key).send(f"/cases/{case_id}/certification", **more)
        assert sent.status == 303, sent.words
        self.follow()

    def follow(self, later: timedelta = timedelta(0)) -> None:
        """Let everything that was promised be done."""
        for _round in range(3):
            deliver(self.app, later)

    def received(self, key: str, number: int = 0) -> str:
        """The address of what a person received, the newest first."""
        page = self.be(key).get("/received/cases")
        return re.findall(r'href="(/received/cases/[a-z0-9]{20})"', page.html)[number]

    def be_later(self, than_at_first: timedelta) -> None:
        """Move the clock to so long after it all began."""
        clock.set_offset(self.began + than_at_first)

    def today(self) -> Any:
        with self.app.app_context():
            return clock.now().date()
