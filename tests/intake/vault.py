"""A small form with personal and secret answers, with all pages that the engine gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, redirect

from app.audit.commit import committed
from app.db.errors import Missing
from app.db.transactions import transaction
from app.extensions import db
from app.intake import actions as intake
from app.intake import drafting, published
from app.intake.answers import Written, written
from app.intake.comments.queries import open_count
from app.intake.models import Dossier, Draft, Version
from app.intake.mounting import Mount
from app.intake.opened import Opened
from app.intake.routes import routes
from app.needs.views import MOUNT
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.permissions import Permission
from app.web.guard import guarded
from tests.accounts.giving import make_fresh
from tests.accounts.house import Browser, House, actor
from tests.calls.browsing import Seen

VAULT = published.load_format(Path(__file__).with_name("vault.yaml"))
OPEN = {"_purpose": "checking"}


def load(actor: Actor, vault_id: str) -> Opened:
    """A record as its own organisation reaches it, and the Secretariat what was submitted."""
    found = db.session.execute(
        db.select(Dossier, Draft, Organisation, open_count(shared_only=actor.is_secretariat))
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(Draft, (Draft.dossier_id == Dossier.id) & Draft.closed_at.is_(None)
                   & (Draft.organisation_id == actor.organisation_id))
        .where(Dossier.id == vault_id)
        .where(Dossier.is_submitted if actor.is_secretariat
               else Dossier.organisation_id == actor.organisation_id)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Missing(vault_id)
    dossier, draft, organisation, comments = found
    return Opened(dossier, draft, organisation, None, comments)


def mount() -> Mount:
    def reopen(actor: Actor, opened: Opened) -> Draft:
        again = intake.revise if opened.state == "accepted" else intake.reopen_returned
        return again(actor, opened)

    verbs = replace(
        MOUNT.verbs, reopen=reopen, accept=intake.accept, withdraw=intake.withdraw,
        return_to_delegation=intake.return_to_delegation,
    )  # fmt: skip
    return replace(
        MOUNT, name="vault", id_name="vault_id", load=load, load_to_write=load, format=VAULT,
        verbs=verbs, open_sealed=Permission.NEED_EDIT, layout="base.html",
        beside_review=lambda opened, version: {},
    )  # fmt: skip


def blueprint() -> Blueprint:
    made, mounted = Blueprint("vault", __name__, url_prefix="/vault"), mount()
    routes(made, mounted)

    @made.post("/<vault_id>/certifying")
    @guarded(Permission.NEED_CERTIFY, load=load)
    def certifying(opened: Opened) -> Response:
        from app.web.guard import current_actor

        version = intake.certify(current_actor(), opened, clearance=intake.Clearance(), lang="es")
        return redirect(f"/vault/{opened.id}/versions/{version.number}", 303)  # type: ignore[return-value]

    @made.get("")
    @guarded(Permission.NEED_LIST)
    def index() -> str:
        return "vaults"

    return made


@dataclass
class Vault:
    """One record of Honduras, in which Ana and Beto write."""

    app: Flask
    house: House
    id: str = ""

    def __post_init__(self) -> None:
        self.ana = Browser(self.app).be(self.house, "hn.contributor")
        self.beto = Browser(self.app).be(self.house, "hn.focal")
        self.irene = Browser(self.app).be(self.house, "st.coordinator")
        for key in ("hn.contributor", "hn.focal", "st.coordinator"):
            make_fresh(self.app, self.house.people[key])
        with self.app.app_context(), committed():
            published._sources[VAULT.name] = VAULT
            published.publish_all()
            dossier = drafting._dossier(
                self.hn, _NoCall(), VAULT, self.hn.organisation_id, "HND-V-001", None
            )
            db.session.add(dossier)
            db.session.flush()
            drafting.open_draft(self.hn, dossier, VAULT)
            self.id = dossier.id

    @property
    def hn(self) -> Actor:
        kind = OrganisationKind.DELEGATION
        made = actor(self.house, "hn.focal", "hn", kind, Role.FOCAL_POINT)
        return replace(made, country="HN")

    @property
    def url(self) -> str:
        return f"/vault/{self.id}"

    def section(self, key: str = "one") -> str:
        return f"{self.url}/sections/{key}"

    def page(self, who: Browser | None = None, section: str = "one") -> dict[str, Any]:
        """What the form of a section would send as it stands now."""
        shown = (who or self.ana).get(self.section(section))
        assert shown.status_code == 200, shown.status_code
        return self.form(shown, section)

    def form(self, shown: Any, section: str = "one") -> dict[str, Any]:
        return Seen(200, shown.text, None).fields(self.section(section))

    def send(
        self, page: dict[str, Any], who: Browser | None = None, section: str = "one", **more: Any
    ) -> Any:
        """Send a section's form as a plain form."""
        return self._sent(who or self.ana, self.section(section), page, _stay="1", **more)

    def open(
        self, who: Browser | None = None, section: str = "one", page: dict[str, Any] | None = None,
        **more: Any,
    ) -> Any:  # fmt: skip
        """Open what is sealed in a section, from its page."""
        who = who or self.ana
        page = self.page(who, section) if page is None else page
        return self._sent(
            who, f"{self.url}/sections/openings", page | {"_section": section}, **OPEN | more
        )

    def post(self, path: str, who: Browser | None = None, **fields: Any) -> Any:
        return self._sent(who or self.beto, f"{self.url}{path}", {}, **fields)

    def _sent(self, who: Browser, path: str, page: dict[str, Any], **more: Any) -> Any:
        whole = page | more | who.hidden(who.get("/me"))
        return who.post(path, {name: each for name, each in whole.items() if each is not None})

    def put(
        self, name: str, words: str | list[str], who: Browser | None = None, **more: Any
    ) -> Any:
        """Save one answer as the script does, from a page that is opened now."""
        who = who or self.ana
        section = "two" if name.startswith("people.") else "one"
        page = more.pop("page", None) or self.page(who, section)
        kept = {each: page[each] for each in (f"_revision.{name}", f"_same.{name}") if each in page}
        sent = kept | {name: words} | more | who.hidden(who.get("/me"))
        return who.client.put(f"{self.url}/answers/{name.replace('.', '/')}", data=sent)

    def now(self) -> Written:
        with self.app.app_context(), transaction(writing=False) as session:
            return written(session.scalars(
                db.select(Draft).where(Draft.dossier_id == self.id, Draft.closed_at.is_(None))
            ).one())  # fmt: skip

    def add_row(self) -> str:
        before = set(self.now().rows.get("people", ()))
        assert self.send(self.page(section="two"), section="two", _add="people").status_code == 303
        [row] = set(self.now().rows["people"]) - before
        return row

    def versions(self) -> list[Any]:
        with self.app.app_context(), transaction(writing=False) as session:
            table = Version.__table__
            return list(session.execute(db.select(table).order_by(table.c.number)))

    def act(self, step: Any, who: Actor | None = None, **more: Any) -> Any:
        """A step of the engine by itself, committed."""
        with self.app.app_context(), committed():
            who = who or self.hn
            return step(who, load(who, self.id), **more)

    def st(self) -> Actor:
        return actor(self.house, "st.coordinator", "st", OrganisationKind.SECRETARIAT,
                     Role.COORDINATOR)  # fmt: skip


class _NoCall:
    id = None
