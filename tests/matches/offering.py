"""How does a test come by offers and needs that fit, nearly fit, or do not?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.db.base import new_id
from app.extensions import db
from app.funding.offers.models import Offer, OfferLine
from app.groups.models import NeedGroup, NeedGroupMember, NeedGroupName
from app.intake.models import Dossier, Version
from tests.calls.settled import MORNING, Settled
from tests.reports.accepted import Accepted, Written, answers

TODAY = MORNING.date()
WORDS = ("provider_type", "text", "currency", "nomination", "vetting", "ratio", "rank", "clearance",
         "materials", "licence", "certificate", "prior_editions", "contact", "reason")  # fmt: skip


def offer(
    owner: str, title: str, *, lines: tuple[str, ...] = ("trainers_travel",), **said: Any
) -> str:
    """An open offer, written straight into the tables; its id."""
    row: dict[str, Any] = {column.name: None for column in Offer.__table__.columns}
    row |= dict.fromkeys(WORDS, "") | {
        "id": new_id(), "organisation_id": owner, "kind": "one_time", "roles": ["payer"],
        "state": "open", "title": title, "lang": "es", "themes": ["T2"], "profiles": ["prosecutor"],
        "level": "", "seats_min": 10, "seats_max": 60, "countries": [], "modalities": ["in_person"],
        "languages": ["es"], "days": 4, "hours_per_day": 6, "window_from": date(2004, 8, 1),
        "window_to": date(2004, 12, 31), "valid_until": date(2004, 12, 31),
        "is_demonstration": True, "edition": 1, "revision": 1, "created_at": MORNING,
        "changed_at": MORNING, "opened_at": MORNING,
    } | said  # fmt: skip
    db.session.execute(db.insert(Offer.__table__).values(row))
    for line in lines:
        db.session.execute(db.insert(OfferLine.__table__).values(
            organisation_id=owner, offer_id=row["id"], edition=row["edition"], line=line, form="cash",
            amount=None, currency="",
        ))  # fmt: skip
    return str(row["id"])


def change(offer_id: str, **values: Any) -> None:
    """What an offer says from now on, with a new revision, as its own action writes it."""
    table = Offer.__table__
    db.session.execute(
        db.update(table)
        .where(table.c.id == offer_id)
        .values(revision=table.c.revision + 1, **values)
    )


@dataclass
class Market:
    """Ids of needs, their group and offers, by what they are called here."""

    sponsor: str
    needs: dict[str, str] = field(default_factory=dict)
    offers: dict[str, str] = field(default_factory=dict)
    group: str = ""

    @classmethod
    def of(cls, settled: Settled) -> Market:
        accepted = Accepted(settled)
        call, market = accepted.call(), cls(settled.id("ca-sponsor"))
        asked: dict[str, Any] = {
            "modality": "in_person", "languages": ["es"], "window_from": "2004-08-02",
            "window_to": "2004-10-29", "level": "practitioner",
            "costs": [{"id": "trainers_travel", "payer": "unfunded"},
                      {"id": "venue_logistics", "payer": "beneficiary"}],
        }  # fmt: skip
        for name, country, themes in (("border", "HN", ("T2",)), ("port", "SV", ("T2", "T3")),
                                      ("court", "GT", ("T9",))):  # fmt: skip
            (version,) = accepted.need(
                call, Written(country=country, answers=answers(name, themes=themes, **asked))
            )
            market.needs[name] = _need_of(version)
        market.group = _group(call.id, settled, ("HN", market.needs["border"]),
                              ("SV", market.needs["port"]), accepted=accepted)  # fmt: skip
        own = market.sponsor
        market.offers = {
            "good": offer(own, "Detección en frontera", lines=("trainers_travel", "materials")),
            "short": offer(own, "Detección breve", seats_max=15),
            "closed": offer(own, "Detección para otros", countries=["MX", "CA"]),
            "ended": offer(own, "Detección del año pasado", valid_until=TODAY - timedelta(3),
                           state="expired"),
            "other": offer(own, "Banca", themes=["T8"]),
        }  # fmt: skip
        offer(own, "Aún sin abrir", state="draft", opened_at=None)
        offer(own, "Retirado", state="withdrawn")
        return market


def _need_of(version_id: str) -> str:
    """The need of its only version, which is the latest one."""
    need_id = db.session.scalars(
        db.select(Version.dossier_id).where(Version.id == version_id)
    ).one()
    table = Dossier.__table__
    db.session.execute(
        db.update(table).where(table.c.id == need_id).values(latest_version_id=version_id)
    )
    return str(need_id)


def _group(call_id: str, settled: Settled, *members: tuple[str, str], accepted: Accepted) -> str:
    by = settled["st"].person_id
    made = NeedGroup(id=new_id(), call_id=call_id, state="open", created_by=by, created_at=MORNING)
    db.session.add(made)
    db.session.flush()
    db.session.add(NeedGroupName(group_id=made.id, name_es="Detección", name_en="Detection",
                                 valid_from=MORNING, by=by))  # fmt: skip
    for country, need_id in members:
        db.session.add(NeedGroupMember(
            group_id=made.id, need_id=need_id, organisation_id=accepted.organisations[country],
            valid_from=MORNING, added_by=by,
        ))  # fmt: skip
    db.session.flush()
    return str(made.id)
