"""How is a communication certified and released to its units, and released anew?

One act: what is certified is in force at once, since nobody reviews it. Releasing queues; delivering
(app/cases/exchanges/delivering.py) follows by itself and decides what each country's copy holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from app import clock
from app.audit import trail
from app.cases.common_format import queries as format_queries
from app.cases.exchanges import addressing, barring, days, queries, reserved
from app.cases.exchanges.addressing import Sending
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.obstacles import Obstacle, Standing, obstacles
from app.cases.exchanges.opened import OpenedCase
from app.extensions import db
from app.formats.completeness import Faults, faults
from app.formats.persons import of_no_country
from app.formats.words import N_
from app.intake import actions as intake
from app.intake.actions import Clearance, document_in, version_of
from app.intake.answers import document_of, written
from app.intake.models import Version
from app.intake.sealed import versions
from app.organisations.models import Organisation, Unit
from app.organisations.units import PROTECTING
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CASE_OFFICERS
from app.web.refusal import Refusal
from app.workflow.tables import DOSSIER, EXCHANGE

KEPT_USUALLY = timedelta(days=3 * 365)
"""How long a case is kept where the sender wrote no day. A proposal of this product."""
STANDS_AGAINST = N_("It cannot be released yet. What stands against it is said below.")


class Hindered(Refusal):
    """Something stands against the release; nothing was certified."""

    def __init__(self, found: Sequence[Obstacle]) -> None:
        super().__init__(STANDS_AGAINST)
        self.found = tuple(found)


def certify_and_release(
    actor: Actor, case: OpenedCase, *, lang: str, sendings: Mapping[str, Sending], hides: bool
) -> Version:
    """Certify the draft and release it to the units it names. `sendings` are by the id of the unit.

    Raises Incomplete, Hindered or NotNow; then nothing is certified and nothing sent.
    """
    require(actor, Permission.CASE_RELEASE, case)
    EXCHANGE.after(case.exchange.state, "release")
    version = intake.certify(actor, case, clearance=Clearance(), lang=lang,
                             reserved=partial(reserved.places, case), capacities=CASE_OFFICERS)  # fmt: skip
    case.dossier.state = DOSSIER.after(case.dossier.state, "accept")
    case.dossier.accepted_version_id = version.id
    _release(actor, case, version, sendings, hides=hides)
    return version


def release_again(
    actor: Actor, case: OpenedCase, *, sendings: Mapping[str, Sending], hides: bool
) -> None:
    """Release the version in force once more: to let out what a loosened reservation allows now."""
    require(actor, Permission.CASE_RELEASE, case)
    EXCHANGE.after(case.exchange.state, "release")
    version = version_of(case.dossier, case.exchange.version_id)
    _release(actor, case, version, sendings, hides=hides)


def _release(
    actor: Actor,
    case: OpenedCase,
    version: Version,
    sendings: Mapping[str, Sending],
    *,
    hides: bool,
) -> None:
    document = versions.with_opened(document_in(version), versions.opened(version))
    units = _units(document)
    if found := _obstacles(case, document, units, actor.lang):
        raise Hindered(found)
    exchange = case.exchange
    _fill(exchange, document)
    exchange.state = EXCHANGE.after(exchange.state, "release")
    exchange.version_id, exchange.hides_recipients = version.id, hides
    exchange.released_at, exchange.released_by = clock.now(), actor.person_id
    exchange.revision += 1
    db.session.flush()
    addressing.address(actor, exchange, units, sendings)
    barring.promise(exchange)
    trail.record(
        actor, "case-released", subject=("exchange", exchange.id), owner=exchange.organisation_id,
        detail={"version": version.id, "units": sorted(unit.id for _organisation, unit in units),
                "exercise": exchange.is_exercise},
    )  # fmt: skip


def _units(document: Mapping[str, Any]) -> list[tuple[Organisation, Unit]]:
    """The units it names that are there, each with its country."""
    chosen = document.get("recipient_units") or []
    rows = db.session.execute(
        db.select(Organisation, Unit).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Unit.id.in_(chosen), Unit.ended_at.is_(None), Organisation.ended_at.is_(None),
               Organisation.kind == "delegation")
        .order_by(Organisation.key, Unit.id)
    )  # fmt: skip
    return [(organisation, unit) for organisation, unit in rows]


def _manned(units: Sequence[tuple[Organisation, Unit]]) -> frozenset[str]:
    """Ids of those in which somebody handles cases."""
    query = db.select(Organisation, Unit).join(
        Organisation, Organisation.id == Unit.organisation_id
    )
    found = queries.manned(query.where(Unit.id.in_([unit.id for _organisation, unit in units])))
    return frozenset(unit.id for _organisation, unit in found)


def stands_against(actor: Actor, case: OpenedCase, lang: str) -> tuple[Faults, list[Obstacle]]:
    """All at once that stands against certifying and releasing it; what is sealed is opened to be judged,
    on record."""
    require(actor, Permission.CASE_RELEASE, case)
    if case.draft is None:
        version = version_of(case.dossier, case.exchange.version_id)
        document = versions.with_opened(document_in(version), versions.opened(version))
        return (), _obstacles(case, document, _units(document), lang)
    judged = versions.judged(actor, case.draft, case.format, written(case.draft))
    document = document_of(case.format, judged)
    found = faults(case.format, document, reserved.places(case, document))
    return found, _obstacles(case, document, _units(document), lang)


def foreseen(case: OpenedCase, said: Mapping[str, Any], lang: str) -> list[Obstacle]:
    """What stands against it as far as it is known without opening anything. `said` are the answers."""
    return _obstacles(case, said, _units(said), lang, is_opened=False)


def _obstacles(
    case: OpenedCase,
    document: Mapping[str, Any],
    units: Sequence[tuple[Organisation, Unit]],
    lang: str,
    *,
    is_opened: bool = True,
) -> list[Obstacle]:
    format = case.format
    is_free = (
        case.exchange.is_exercise
        or format_queries.standing(format.name, format.version).is_approved
    )
    others = [pair for pair in units if pair[1].id != case.unit_id]
    return list(obstacles(
        document,
        Standing(
            chosen=document.get("recipient_units") or [], units=others, sender=case.organisation,
            barred=barring.of_document(document, case.unit) if is_opened else frozenset(),
            lacks_country=is_opened
            and of_no_country(document, is_assessed=case.unit.kind in PROTECTING),
            is_free=is_free, opted_in=() if is_free else format_queries.opted_in(format.name),
            today=days.today(),
            manned=_manned(units),
            is_related=case.exchange.answers_id is not None or case.exchange.thread_id != case.id,
        ),
        names={each.id: each.name(lang)
               for each in (case.organisation, *(each for pair in units for each in pair))},
    ))  # fmt: skip


def _fill(exchange: Exchange, document: Mapping[str, Any]) -> None:
    """Copy the envelope from what was certified: the Secretariat reads this and nothing else."""
    exchange.kind = document["report_kind"]
    exchange.tlp, exchange.purpose = document["tlp"], document["purpose"]
    exchange.urgency = document.get("urgency")
    exchange.reply_by = _day(document.get("reply_by"))
    usual = days.today() + KEPT_USUALLY
    written = _day(document.get("retention_until"))
    exchange.retention_until = written or exchange.retention_until or usual


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
