"""What do the tests of proposed courses stand on? Accepted needs, a host, sponsors, and a rate of exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.db.base import new_id
from app.extensions import db
from app.funding.courses.models import ExchangeRate
from app.funding.offers.models import Offer, OfferLine, OfferMove
from app.funding.offers.terms import Line, Terms
from app.groups.models import NeedGroup, NeedGroupMember, NeedGroupName
from app.intake.models import Dossier, Version
from app.policy.actor import Actor, Role
from tests.calls.conftest import count_queries, morning, reader, settled, stored
from tests.calls.settled import MORNING, Settled, in_role
from tests.reports.accepted import Accepted, Written, answers

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]

HOSTING = Terms(title="Sede en la capital", kind="one_time", roles=("host",), seats_max=30, languages=("es",),
                window_from=date(2004, 9, 1), window_to=date(2004, 9, 30),
                valid_until=date(2004, 12, 31), named_to_sponsors=True,
                lines=(Line("venue_logistics", "in_kind"),))  # fmt: skip
PAYING = Terms(title="Fondo para capacitadores", kind="standing", roles=("payer",), themes=("T2",),
               languages=("es",), valid_until=date(2004, 12, 31), amount=None,
               lines=(Line("trainers_travel", "in_kind"), Line("trainers_lodging", "cash"),
                      Line("materials", "cash"), Line("participants_food", "cash", 1000, "CAD")))  # fmt: skip


def opened(owner: str, terms: Terms, by: str) -> str:
    """An open offer, with the move that opened it; its id."""
    key = new_id()
    db.session.add(Offer(
        id=key, organisation_id=owner, state="open", created_at=MORNING, changed_at=MORNING,
        opened_at=MORNING, **terms.columns(),
    ))  # fmt: skip
    db.session.flush()
    for each in terms.lines:
        db.session.add(OfferLine(organisation_id=owner, offer_id=key, edition=1, line=each.line,
                                 form=each.form, amount=each.amount, currency=each.currency))  # fmt: skip
    db.session.add(OfferMove(
        organisation_id=owner, offer_id=key, number=1, verb="open", state="open", edition=1,
        valid_until=terms.valid_until, content=terms.content(), reason="", by=by, by_name="…", at=MORNING,
    ))  # fmt: skip
    db.session.flush()
    return key


class Region:
    """A call with a group of two needs, one alone, and one whose country wants no sponsors."""

    def __init__(self, settled: Settled, withheld: frozenset[str] = frozenset()) -> None:
        accepted, by = Accepted(settled), settled["st"].person_id
        call = accepted.call()
        self.call_id, self.needs = call.id, dict[str, str]()
        asked: dict[str, Any] = {
            "languages": ["es"],
            "window_from": "2004-08-02",
            "window_to": "2004-10-29",
        }
        for name, country, themes in (("border", "HN", ("T2",)), ("port", "SV", ("T2", "T3")),
                                      ("court", "GT", ("T9",)), ("quiet", "NI", ("T2",))):  # fmt: skip
            (version,) = accepted.need(call, Written(
                country=country, answers=answers(name, themes=themes, **asked),
                sponsors="none" if name == "quiet" else "named", withheld=withheld,
            ))  # fmt: skip
            self.needs[name] = _accept(version)
        self.group = new_id()
        db.session.add(NeedGroup(id=self.group, call_id=call.id, state="open", created_by=by,
                                 created_at=MORNING))  # fmt: skip
        db.session.flush()
        db.session.add(NeedGroupName(group_id=self.group, name_es="Detección", name_en="Detection",
                                     valid_from=MORNING, by=by))  # fmt: skip
        for name, country in (("border", "HN"), ("port", "SV")):
            db.session.add(NeedGroupMember(
                group_id=self.group, need_id=self.needs[name], added_by=by, valid_from=MORNING,
                organisation_id=accepted.organisations[country],
            ))  # fmt: skip
        self.host_owner = accepted.organisations["MX"]
        self.host = opened(self.host_owner, HOSTING, by)
        self.sponsor = opened(settled.id("ca-sponsor"), PAYING, by)
        self.vague = opened(settled.id("ca-sponsor"), replace(PAYING, title="Vago", lines=()), by)
        self.rateless = opened(settled.id("ca-sponsor"), replace(
            PAYING, title="Sin tipo", lines=(Line("materials", "cash", 5, "HNL"),)), by)  # fmt: skip
        db.session.add(ExchangeRate(id=new_id(), currency="CAD", usd="0.75", day=MORNING.date(),
                                    source="…", entered_by=by, entered_at=MORNING))  # fmt: skip
        db.session.flush()


def _accept(version_id: str) -> str:
    """The need of its only version, which is the one that counts."""
    need_id = db.session.scalars(
        db.select(Version.dossier_id).where(Version.id == version_id)
    ).one()
    table = Dossier.__table__
    db.session.execute(
        db.update(table).where(table.c.id == need_id)
        .values(latest_version_id=version_id, accepted_version_id=version_id)
    )  # fmt: skip
    return str(need_id)


@pytest.fixture
def st(settled: Settled) -> Actor:
    return replace(in_role(settled["st"], Role.COORDINATOR), lang="es")


@pytest.fixture
def region(settled: Settled, stored: Callable[[Callable[[], Any]], Any]) -> Region:
    return stored(lambda: Region(settled))
