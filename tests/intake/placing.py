"""Where does a need stand when people act on it, and what have they left behind?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from flask import Flask

from app import clock
from app.audit.commit import committed
from app.audit.models import AuditEvent
from app.calls.models import Call, CallContact, CallExtension, CallInvitation
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.intake import actions as intake
from app.intake import drafting
from app.intake.models import Answer, AnswerRow, Dossier, Draft, Review
from app.needs import actions, queries
from app.needs.models import NeedFact
from app.needs.preview import Choices, hash_of
from app.outbox.models import OutboxMessage
from app.policy.actor import Actor, OrganisationKind, Role
from app.workflow.machine import NotNow
from tests.accounts.house import House, actor

DAY = timedelta(days=1)
ROW = "row-of-the-tests"
ESSENTIALS = "essentials"
ANSWERS = {
    "title": "Entrevista", "gap": "Nadie sabe.", "themes": ["T2"],
    "audience": [{"id": ROW, "profile": "prosecutor", "women": 12, "men": 8}],
    "duration": {"unit": "days", "count": 4, "hours": "6"},
}  # fmt: skip
NOTE = "Conviene agruparla con otras dos."
CHOICES = Choices(members="named", sponsors="none")


@dataclass(frozen=True)
class Placed:
    """A need in a call of its own, and the hash of the preview that its certifier saw."""

    call: str
    need: str
    version: str
    preview_hash: str
    shown_hash: str
    """The fingerprint of the answers that her certifier read."""


@dataclass
class Stage:
    """The people of the house, and needs of Honduras put where they are wanted."""

    app: Flask
    house: House
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def hn(self) -> Actor:
        made = actor(self.house, "hn.focal", "hn", OrganisationKind.DELEGATION, Role.FOCAL_POINT)
        return replace(made, country="HN")

    @property
    def st(self) -> Actor:
        kind = OrganisationKind.SECRETARIAT
        return actor(self.house, "st.coordinator", "st", kind, Role.COORDINATOR)

    def place(self, where: str) -> Placed:
        """Put a new need where the acts find it."""
        with self.app.app_context(), committed():
            call = self._call()
            need_id = actions.start(self.hn, call).id
            db.session.flush()
            need = queries.get(self.hn, need_id)
            drafting.fill_from(self.hn, need.open_draft, need.format, ANSWERS)
            shown, read = self._preview_hash(need), actions.as_shown(need)
            for act in STEPS[where]:
                act(self, need_id)
                db.session.flush()
                db.session.expire_all()
            if where == "closed":
                call.state, call.closes_at = "closed", clock.now() - timedelta(minutes=1)
            need = queries.get(self.hn, need_id)
            return Placed(call.id, need_id, need.dossier.latest_version_id or "", shown,
                          read)  # fmt: skip

    def _call(self) -> Call:
        now = clock.now()
        call = Call(
            id=new_id(), code=f"R{next(self.numbers)}", title_es="Necesidades", title_en="Needs",
            format_name="need", format_version=1, zone="America/Panama", opens_at=now - DAY,
            closes_at=now + 5 * DAY, state="open", created_at=now,
        )  # fmt: skip
        db.session.add(call)
        db.session.flush()
        for key in ("hn", "sv"):
            db.session.add(CallInvitation(call_id=call.id, invited_at=now,
                                          organisation_id=self.house.organisations[key]))  # fmt: skip
        db.session.flush()
        return call

    @staticmethod
    def _preview_hash(need: Any) -> str:
        return hash_of(actions.preview_of_draft(need, CHOICES, "es"))

    def certify(self, need_id: str) -> None:
        need = queries.get(self.hn, need_id)
        actions.certify(self.hn, need, choices=CHOICES, clearance=intake.Clearance(), lang="es",
                        preview_hash=self._preview_hash(need), shown_hash=actions.as_shown(need))  # fmt: skip

    def accept(self, need_id: str) -> None:
        actions.accept(self.st, queries.get(self.st, need_id))

    def return_it(self, need_id: str) -> None:
        need = queries.get(self.st, need_id)
        actions.return_to_delegation(self.st, need, reasons={ESSENTIALS: "Falta."}, note=NOTE)

    def reopen(self, need_id: str) -> None:
        actions.reopen(self.hn, queries.get(self.hn, need_id))

    def discard(self, need_id: str) -> None:
        actions.discard(self.hn, queries.get(self.hn, need_id))

    def go_round(self, need_id: str) -> bool:
        """Certify it, return it and open it again, each by itself; False where it stays as it is."""
        try:
            with self.app.app_context(), committed():
                self.certify(need_id)
        except (intake.Incomplete, NotNow):
            return False
        for step in (self.return_it, self.reopen):
            with self.app.app_context(), committed():
                step(need_id)
        return True

    def stands(self, placed: Placed) -> dict[str, Any]:
        """All that the acts may have left behind, without what differs between any two needs."""
        with self.app.app_context(), transaction(writing=False) as session:
            rows = partial(_rows, session)
            call = session.get_one(Call, placed.call)
            own = rows(Dossier, Dossier.call_id == placed.call)
            drafts = rows(Draft, Draft.dossier_id == placed.need)
            ids = {placed.call, *(row.id for table in (own, drafts) for row in table)}
            ids |= {row.latest_version_id for row in own}
            open_ids = [row.id for row in drafts if row.closed_at is None]
            answers = rows(Answer, Answer.draft_id.in_(open_ids))
            events = rows(AuditEvent, AuditEvent.subject_id.in_(ids))
            letters = rows(OutboxMessage, OutboxMessage.kind != "")
            late = rows(CallInvitation, CallInvitation.call_id == placed.call)
            contacts = rows(CallContact, CallContact.call_id == placed.call)
            needs = sorted(
                (row.reference.removeprefix(f"HND-{call.code}-"), row.state, row.is_submitted,
                 row.versions_count, bool(row.accepted_version_id), bool(row.withdrawn_at))
                for row in own
            )  # fmt: skip
            facts = rows(NeedFact, NeedFact.need_id == placed.need)
            return {
                "call": (call.state, call.revision, call.closes_at > clock.now()),
                "extensions": len(rows(CallExtension, CallExtension.call_id == placed.call)),
                "late": sorted((row.late_until is not None, row.late_times) for row in late),
                "contacts": sorted((row.channel, row.instead_of is not None) for row in contacts),
                "needs": needs,
                "drafts": sorted((row.closed_at is None, row.title, bool(row.ready_at))
                                 for row in drafts),
                "answers": sorted((row.key, repr(row.value), row.revision) for row in answers),
                "rows": len([r for r in rows(AnswerRow, AnswerRow.draft_id.in_(open_ids))
                             if r.removed_at is None]),
                "reviews": sorted(r.verdict for r in rows(Review, Review.dossier_id == placed.need)),
                "facts": sorted((f.valid_from is None, f.valid_to is None) for f in facts),
                "events": Counter(row.kind for row in events),
                "letters": Counter(r.kind for r in letters if ids & set(map(str, r.params.values()))),
            }  # fmt: skip


def _rows(session: Any, model: Any, where: Any) -> list[Any]:
    return list(session.scalars(db.select(model).where(where)))


STEPS: dict[str, tuple[Callable[[Stage, str], None], ...]] = {
    "draft": (), "closed": (), "open": (),
    "discarded": (Stage.discard,),
    "submitted": (Stage.certify,),
    "returned": (Stage.certify, Stage.return_it),
    "mended": (Stage.certify, Stage.return_it, Stage.reopen),
    "accepted": (Stage.certify, Stage.accept),
    "revised": (Stage.certify, Stage.accept, Stage.reopen),
}  # fmt: skip
"""Where a need stands -> what was done with it until then."""
