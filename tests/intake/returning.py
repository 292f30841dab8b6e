"""How do two colleagues write in a need that goes to the Secretariat and comes back meanwhile?"""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.intake.answers import Written, written
from app.intake.models import Draft
from tests.accounts.house import Browser, House
from tests.calls.browsing import Seen
from tests.intake.placing import ESSENTIALS, Stage


class Returned:
    """A need whose draft Ana has open in a window; Beto works with it as it stands now."""

    def __init__(self, app: Flask, house: House) -> None:
        self.stage = Stage(app, house)
        self.need = self.stage.place("draft").need
        self.path = f"/needs/{self.need}/sections/{ESSENTIALS}"
        self.ana = Browser(app).be(house, "hn.contributor")
        self.beto = Browser(app).be(house, "hn.focal")

    def page(self, who: Browser) -> dict[str, Any]:
        """What the form of the section would send as it stands now, with a key of its own."""
        shown = who.get(self.path)
        assert shown.status_code == 200
        return Seen(200, shown.text, None).fields(self.path) | who.hidden(shown)

    def put(self, who: Browser, page: dict[str, Any], name: str, words: str) -> Any:
        """Save one answer as the script does, from a page that was opened at some time."""
        kept = {each: page[each] for each in ("csrf_token", "_acting", f"_revision.{name}")}
        path = f"/needs/{self.need}/answers/{name.replace('.', '/')}"
        return who.client.put(path, data=kept | {name: words} | who.hidden(who.get("/me")))

    def post(self, who: Browser, page: dict[str, Any], **changes: str) -> Any:
        """Send a page that was opened at some time."""
        return who.post(self.path, page | {"_stay": "1"} | changes | who.hidden(who.get("/me")))

    def says(self, who: Browser, name: str, words: str) -> None:
        assert self.put(who, self.page(who), name, words).status_code == 200

    def goes_round(self) -> None:
        """It is certified, returned, and opened again: its answers stand in a new draft."""
        for step in (Stage.certify, Stage.return_it, Stage.reopen):
            with self.stage.app.app_context(), committed():
                step(self.stage, self.need)

    def now(self) -> Written:
        with self.stage.app.app_context(), transaction(writing=False) as session:
            return written(session.scalars(self._open()).one())

    def title(self) -> str:
        """What lists call it."""
        with self.stage.app.app_context(), transaction(writing=False) as session:
            return session.scalars(self._open()).one().title

    def _open(self) -> Any:
        return db.select(Draft).where(Draft.dossier_id == self.need, Draft.closed_at.is_(None))
