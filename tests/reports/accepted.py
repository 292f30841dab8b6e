"""How does a test come by needs that were certified, accepted, superseded or withdrawn?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func

from app.calls.models import Call, CallInvitation
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.intake.models import Dossier, Review, Version
from app.needs import facts
from app.needs.counting import facts_of
from app.needs.format import NEED
from app.needs.models import Consent, Need
from app.needs.preview import Choices, hash_of, preview
from app.organisations.countries import alpha3
from app.organisations.models import Organisation
from tests.calls.settled import MORNING, Settled

COUNTRIES = ("HN", "SV", "GT", "NI", "MX")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Written:
    """One version as a country certified it, when it counted, and what members may see of it."""

    country: str = "HN"
    answers: Mapping[str, Any] = field(default_factory=dict)
    members: str = "named"
    valid_from: datetime | None = MORNING - DAY
    valid_to: datetime | None = None
    lang: str = "es"
    sponsors: str = "none"
    withheld: frozenset[str] = frozenset()


def answers(
    title: str = "Entrevista", *, themes: Sequence[str] = ("T2",),
    audience: Sequence[Mapping[str, Any]] = ({"profile": "prosecutor", "women": 12, "men": 8},),
    duration: tuple[str, int, str] = ("days", 4, "6"), **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """What a country answered: the essentials, and more."""
    unit, count, hours = duration
    rows = [{"id": f"row{number}", **row} for number, row in enumerate(audience)]
    return {
        "title": title, "gap": "…", "themes": list(themes), "audience": rows,
        "duration": {"unit": unit, "count": count, "hours": hours}, **more,
    }  # fmt: skip


class Accepted:
    """Writes versions straight into the tables, with everything that a report reads of them."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.organisations = {code: self._delegation(code) for code in COUNTRIES}
        self.person = settled["st"].person_id
        self.count = db.session.scalar(db.select(func.count()).select_from(Dossier)) or 0

    def _delegation(self, code: str) -> str:
        known = db.session.execute(
            db.select(Organisation.id).where(Organisation.key == code.lower())
        ).scalar_one_or_none()
        if known is not None:
            return known
        made = Organisation(
            id=new_id(), key=code.lower(), kind="delegation", country=code, name_es=code,
            name_en=code, created_at=MORNING,
        )  # fmt: skip
        db.session.add(made)
        return made.id

    def call(self, code: str = "2004", *, invited: Sequence[str] = COUNTRIES) -> Call:
        call = Call(
            id=new_id(), code=code, title_es="Necesidades de capacitación, mayo de 2004",
            title_en="Training needs, May 2004", format_name="need", format_version=1,
            zone="America/Panama", opens_at=MORNING - 30 * DAY, closes_at=MORNING + 30 * DAY,
            state="open", created_at=MORNING - 40 * DAY,
        )  # fmt: skip
        db.session.add(call)
        db.session.flush()
        for country in invited:
            db.session.add(CallInvitation(call_id=call.id, invited_at=MORNING - 30 * DAY,
                                          organisation_id=self.organisations[country]))  # fmt: skip
        db.session.flush()
        return call

    def need(self, call: Call, *versions: Written) -> list[str]:
        """One need with these versions, oldest first; the ids of the versions."""
        return self.needs(call, [versions])[0]

    def needs(self, call: Call, needs: Sequence[Sequence[Written]]) -> list[list[str]]:
        """Many needs at once, each with its versions; written in one statement for each table."""
        rows: dict[type, list[dict[str, Any]]] = {
            model: [] for model in (Dossier, Need, Version, Consent, Review)
        }
        counted, ids = [], []
        for versions in needs:
            self.count += 1
            need_id, owner = new_id(), self.organisations[versions[0].country]
            ends = versions[-1]
            withdrawn = ends.valid_to if ends.valid_from else None
            rows[Dossier].append(
                _dossier(need_id, owner, call, self.count, versions, withdrawn, self.person)
            )
            rows[Need].append({"id": need_id, "organisation_id": owner, "call_id": call.id})
            own = []
            for order, version in enumerate(versions, 1):
                made = _version(need_id, owner, order, version, self.person)
                rows[Version].append(made)
                rows[Consent].append(_consent(made, need_id, version, self.person))
                if version.valid_from:
                    rows[Review].append(_review(made, need_id, version.valid_from, self.person))
                counted.append(_counted(made, need_id, call, version))
                own.append(made["id"])
            ids.append(own)
        for model, found in rows.items():
            if found:
                db.session.execute(db.insert(model.__table__), found)
        facts.store(counted)
        return ids


def _dossier(
    need_id: str, owner: str, call: Call, number: int, versions: Sequence[Written],
    withdrawn: datetime | None, person: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": need_id, "organisation_id": owner, "call_id": call.id, "format_name": "need",
        "format_version": 1, "reference": f"{alpha3(versions[0].country)}-{call.code}-{number:03d}",
        "state": "withdrawn" if withdrawn else "accepted", "is_submitted": True,
        "versions_count": len(versions), "started_by": person,
        "created_at": MORNING - 20 * DAY, "changed_at": MORNING - 20 * DAY,
        "withdrawn_at": withdrawn,
    }  # fmt: skip


def _version(
    need_id: str, owner: str, number: int, version: Written, person: str
) -> dict[str, Any]:
    body = canonical_json(dict(version.answers)).decode()
    return {
        "id": new_id(), "organisation_id": owner, "dossier_id": need_id, "number": number,
        "format_version": 1, "title": version.answers.get("title", ""), "document": body,
        "hash": "0", "receipt": f"{need_id}-{number}", "lang": version.lang,
        "certified_by": person, "certified_name": "A. R.", "certified_role": "focal_point",
        "certified_at": (version.valid_from or MORNING) - timedelta(hours=1),
    }  # fmt: skip


def _consent(
    version: dict[str, Any], need_id: str, written: Written, person: str
) -> dict[str, Any]:
    seen = "0"
    if written.sponsors != "none":
        choices = Choices(members=written.members, sponsors=written.sponsors,
                          withheld=written.withheld)  # fmt: skip
        seen = hash_of(preview(NEED, written.answers, choices, country=written.country,
                               lang=written.lang))  # fmt: skip
    return {
        "version_id": version["id"], "organisation_id": version["organisation_id"],
        "need_id": need_id, "members": written.members, "sponsors": written.sponsors,
        "withheld": sorted(written.withheld),
        "released": [], "preview_hash": seen, "decided_by": person, "decided_at": MORNING,
    }  # fmt: skip


def _review(version: dict[str, Any], need_id: str, at: datetime, person: str) -> dict[str, Any]:
    return {
        "id": new_id(), "organisation_id": version["organisation_id"], "version_id": version["id"],
        "dossier_id": need_id, "verdict": "accepted", "note": "", "decided_by": person,
        "decided_name": "O.", "decided_at": at,
    }  # fmt: skip


def _counted(version: dict[str, Any], need_id: str, call: Call, written: Written) -> Any:
    return facts.CountedVersion(
        version_id=version["id"], organisation_id=version["organisation_id"], need_id=need_id,
        call_id=call.id, country=written.country, valid_from=written.valid_from,
        valid_to=written.valid_to, facts=facts_of(NEED, json.loads(version["document"])),
    )  # fmt: skip
