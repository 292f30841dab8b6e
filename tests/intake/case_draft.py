"""A draft in the Common Format, on the engine's pages alone: what its real pages are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask

from app.audit.commit import committed
from app.cases.common_format.format import CASE
from app.db.errors import Missing
from app.db.transactions import transaction
from app.extensions import db
from app.formats.bound import Lists
from app.formats.spec import Code, CodeList, Text
from app.intake import drafting, published
from app.intake.answers import Written, document_of, written
from app.intake.models import Dossier, Draft
from app.intake.mounting import Mount, Part, Verbs
from app.intake.opened import Opened
from app.intake.routes import routes
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.permissions import Permission
from tests.accounts.giving import make_fresh
from tests.accounts.house import Browser, House, actor
from tests.calls.browsing import Seen

UNITS = CodeList("units", (
    Code("u1", Text("El Salvador · Niñez", "El Salvador · Children")),
    Code("u2", Text("Guatemala · Fiscalía", "Guatemala · Prosecution")),
))  # fmt: skip


def load(actor: Actor, case_id: str) -> Opened:
    """A draft as its own organisation reaches it."""
    found = db.session.execute(
        db.select(Dossier, Draft, Organisation)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(Draft, (Draft.dossier_id == Dossier.id) & Draft.closed_at.is_(None))
        .where(Dossier.id == case_id, Dossier.organisation_id == actor.organisation_id)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Missing(case_id)
    return Opened(*found, None, 0)


def lists(_opened: Opened) -> Lists:
    return {"units": UNITS}


MOUNT = Mount(
    name="case", id_name="case_id", load=load, load_to_write=load, format=CASE, lists=lists,
    read=Permission.NEED_READ, edit=Permission.NEED_EDIT, history=Permission.NEED_HISTORY,
    open_sealed=Permission.NEED_EDIT,
    parts=frozenset({Part.WRITING, Part.HISTORY}), verbs=Verbs(), noun="Training need",
    layout="case/layout.html",
)  # fmt: skip


def blueprint() -> Blueprint:
    made = Blueprint(
        "case", __name__, url_prefix="/case",
        template_folder=str(Path(__file__).with_name("case_templates")),
    )  # fmt: skip
    routes(made, MOUNT)
    return made


@dataclass
class CaseDraft:
    """One draft of Honduras."""

    app: Flask
    house: House
    id: str = ""

    def __post_init__(self) -> None:
        self.ana = Browser(self.app).be(self.house, "hn.contributor")
        self.beto = Browser(self.app).be(self.house, "hn.focal")
        make_fresh(self.app, self.house.people["hn.contributor"])
        with self.app.app_context(), committed():
            published.publish_all()
            made = actor(self.house, "hn.focal", "hn", OrganisationKind.DELEGATION,
                         Role.FOCAL_POINT)  # fmt: skip
            dossier, _draft = drafting.start_alone(
                replace(made, country="HN"), format=CASE, reference="CRM-HND-2004-7K3QX2"
            )
            self.id = dossier.id

    def url(self, page: str) -> str:
        return f"/case/{self.id}/{page}"

    def get(self, page: str, who: Browser | None = None) -> Any:
        return (who or self.ana).get(self.url(page))

    def form(self, page: str, who: Browser | None = None) -> dict[str, Any]:
        shown = self.get(page, who)
        assert shown.status_code == 200, (page, shown.status_code)
        return Seen(200, shown.text, None).fields(self.url(page))

    def send(self, page: str, who: Browser | None = None, **more: Any) -> Any:
        """Send the form of a page as a plain form."""
        return self.post(page, self.form(page, who), who, **more)

    def post(self, page: str, form: dict[str, Any], who: Browser | None = None, **more: Any) -> Any:
        who = who or self.ana
        sent = form | more | who.hidden(who.get("/me"))
        return who.post(self.url(page), {k: v for k, v in sent.items() if v is not None})

    def now(self) -> Written:
        with self.app.app_context(), transaction(writing=False) as session:
            return written(
                session.scalars(db.select(Draft).where(Draft.dossier_id == self.id)).one()
            )

    def document(self) -> dict[str, Any]:
        return document_of(CASE, self.now())

    def add(self, section: str, table: str, **cells: Any) -> str:
        """A new row with these cells, through its page; its id."""
        answer = self.send(f"sections/{section}", _add=table)
        assert answer.status_code == 303
        row = str(answer.location).rpartition(".")[2]
        page = f"sections/{table}.{row}"
        answer = self.send(page, **{f"{table}.{row}.{cell}": said for cell, said in cells.items()})
        assert answer.status_code == 303, answer.text
        return row
