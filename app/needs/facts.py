"""From when until when does an accepted need count, and where are its facts kept?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_

from app.calls.models import Call
from app.extensions import db
from app.intake import published
from app.intake.models import Dossier, Review, Version
from app.needs.counting import Audience, Cost, Facts, facts_of
from app.needs.models import Need, NeedAudience, NeedCode, NeedCost, NeedFact
from app.needs.opened import OpenedNeed
from app.organisations.models import Organisation

CHUNK = 500
_BESIDE = (NeedCode, NeedAudience, NeedCost)
"""Tables that hang on a fact, with as many rows as there were answers."""
_INSERTS = {model: db.insert(model.__table__) for model in (NeedFact, *_BESIDE)}


@dataclass(frozen=True, kw_only=True)
class CountedVersion:
    """One version with its facts and the time it was in force."""

    version_id: str
    organisation_id: str
    need_id: str
    call_id: str
    country: str
    valid_from: datetime | None
    valid_to: datetime | None
    facts: Facts


def write(
    *, need: OpenedNeed, version: Version, call: Call, country: str, answers: Mapping[str, Any],
    valid_from: datetime | None = None,
) -> None:  # fmt: skip
    """Keep the facts of a certified version. It counts from `valid_from` on, or not yet."""
    format = published.get(need.dossier.format_name, version.format_version)
    store([CountedVersion(
        version_id=version.id, organisation_id=version.organisation_id, need_id=need.id,
        call_id=call.id, country=country, valid_from=valid_from, valid_to=None,
        facts=facts_of(format, answers),
    )])  # fmt: skip


def enter_into_force(version_id: str, at: datetime) -> None:
    """Count a version from this instant on; its predecessor is to be closed at the same instant."""
    table = NeedFact.__table__
    db.session.execute(
        db.update(table).where(table.c.version_id == version_id).values(valid_from=at)
    )


def close(need_id: str, at: datetime) -> None:
    """Count nothing of a need from this instant on."""
    table = NeedFact.__table__
    db.session.execute(
        db.update(table)
        .where(table.c.need_id == need_id, table.c.valid_from.is_not(None),
               table.c.valid_to.is_(None))
        .values(valid_to=at)
    )  # fmt: skip


def rebuild() -> int:
    """Make all facts anew from the certified versions; how many versions there are.

    A version counts from its acceptance until that of the next one or the need's withdrawal; one
    that was never accepted has facts and counts at no time.
    """
    for model in (*_BESIDE, NeedFact):
        db.session.execute(db.delete(model.__table__))
    count = 0
    for needs in _chunks():
        versions = list(_history(needs))
        store(versions)
        count += len(versions)
    return count


def store(counted: Sequence[CountedVersion]) -> None:
    """Keep the facts of many versions, in one statement for each table."""
    for model, rows in (
        (NeedFact, [_fact_row(each) for each in counted]),
        (NeedCode, [row for each in counted for row in _code_rows(each)]),
        (NeedAudience, [row for each in counted for row in _rows(each, each.facts.audience)]),
        (NeedCost, [row for each in counted for row in _rows(each, each.facts.costs)]),
    ):
        if rows:
            db.session.execute(_INSERTS[model], rows)


def _fact_row(each: CountedVersion) -> dict[str, Any]:
    facts = each.facts
    of_facts = ("title", "urgency", "duration_band", "duration_unit", "duration_count", "modality",
                "course_hours", "participant_hours", "level", "window_from", "window_to",
                "group_min", "group_max", "can_host", "joint_course")  # fmt: skip
    of_each = ("version_id", "organisation_id", "need_id", "call_id", "country", "valid_from",
               "valid_to")  # fmt: skip
    people = ("participants", "women", "men", "not_stated")
    return (
        {name: getattr(each, name) for name in of_each}
        | {name: getattr(facts, name) for name in of_facts}
        | {name: facts.people(name) for name in people}
        | {"themes": " ".join(code for name, code in facts.codes if name == "theme")}
    )


def _code_rows(each: CountedVersion) -> Iterable[dict[str, Any]]:
    own = {"version_id": each.version_id, "organisation_id": each.organisation_id}
    return (own | {"dimension": name, "code": code} for name, code in each.facts.codes)


def _rows(each: CountedVersion, parts: Iterable[Audience | Cost]) -> Iterable[dict[str, Any]]:
    own = {"version_id": each.version_id, "organisation_id": each.organisation_id}
    return (own | asdict(part) for part in parts)


def _chunks() -> Iterator[Sequence[Any]]:
    """Needs with their countries, some hundred at a time."""
    last = ""
    while True:
        found = db.session.execute(
            db.select(Dossier.id, Dossier.organisation_id, Dossier.call_id, Dossier.format_name,
                      Dossier.withdrawn_at, Organisation.country)
            .join(Need, Need.id == Dossier.id)
            .join(Organisation, Organisation.id == Dossier.organisation_id)
            .where(Dossier.id > last)
            .order_by(Dossier.id)
            .limit(CHUNK)
        ).all()  # fmt: skip
        if not found:
            return
        yield found
        last = found[-1].id


def _history(needs: Sequence[Any]) -> Iterator[CountedVersion]:
    """Each version of these needs, with the time in which it was in force."""
    certified: dict[str, list[Any]] = {}
    for version in db.session.execute(
        db.select(Version.id, Version.dossier_id, Version.format_version, Version.document,
                  Review.decided_at)
        .outerjoin(Review, and_(Review.version_id == Version.id, Review.verdict == "accepted"))
        .where(Version.dossier_id.in_([need.id for need in needs]))
        .order_by(Version.number)
    ):  # fmt: skip
        certified.setdefault(version.dossier_id, []).append(version)
    for need in needs:
        ended = need.withdrawn_at
        for version in reversed(certified.get(need.id, [])):
            accepted = version.decided_at
            format = published.get(need.format_name, version.format_version)
            yield CountedVersion(
                version_id=version.id, organisation_id=need.organisation_id, need_id=need.id,
                call_id=need.call_id, country=need.country or "",
                valid_from=accepted, valid_to=ended if accepted else None,
                facts=facts_of(format, json.loads(version.document)),
            )  # fmt: skip
            ended = accepted or ended
