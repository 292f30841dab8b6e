"""What would each unit not get, or not whole, if it were released now? For the sender, before the release.

Told is what the sender may know: its own reservations, what classes and marks keep, and of the other
countries those reservations that they disclose; question by question and cell by cell. What is sealed is
not opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.attachments.sealed import keeping
from app.attachments.sealed.models import SealedFile
from app.cases.exchanges import days, enclosing, naming, queries
from app.cases.exchanges.envelopes import envelope_of_draft
from app.cases.exchanges.opened import OpenedCase
from app.cases.reservations import queries as reservations
from app.extensions import db
from app.formats.answers import with_derived
from app.formats.spec import Klass
from app.intake.actions import document_in, version_of
from app.intake.answers import document_of, written
from app.organisations.models import Organisation, Unit
from app.reserving.classes import CASE_NUMBER, permits
from app.reserving.decision import decisions
from app.reserving.envelope import RECIPIENT, Reader
from app.reserving.left_out import LeftOut, left_out


@dataclass(frozen=True)
class ForUnit:
    """One unit, and how what was answered would reach it."""

    organisation: Organisation
    unit: Unit
    addressee: Any
    """How it stands there already, or None."""
    kept_back: Sequence[LeftOut]
    """What was answered and would not reach it whole, whatever secrets it may know."""
    may_know: frozenset[str]
    """What of class secret it may be told expressly: places, and files by their ids."""
    is_cited: bool
    """Whether it gets the number under which the sender keeps the case, which is secret elsewhere."""

    def name(self, lang: str) -> str:
        """The unit with its country."""
        return naming.unit_words(self.organisation, self.unit, lang)


@dataclass(frozen=True)
class Preview:
    """What a release would do."""

    units: Sequence[ForUnit]
    secrets: Sequence[Any]
    """Secret questions that were answered: each may be released to a unit expressly."""
    files: Sequence[SealedFile]
    """Files of class secret: each may be released to a unit expressly, as a secret answer."""


def document(case: OpenedCase) -> dict[str, Any]:
    """What would be released: the draft's answers, or those of the version in force; sealed ones as marks."""
    if case.draft is not None:
        return document_of(case.format, written(case.draft))
    return document_in(version_of(case.dossier, case.exchange.version_id))


def secret_files(files: Mapping[str, SealedFile]) -> list[SealedFile]:
    """Those of class secret that are there."""
    return [
        each for each in files.values() if each.removed_at is None and each.klass == Klass.SECRET
    ]


def secret_places(case: OpenedCase) -> frozenset[str]:
    """The places of class secret of this form."""
    return frozenset(place for place, klass in case.format.sealed.items() if klass is Klass.SECRET)


def secrets(case: OpenedCase) -> frozenset[str]:
    """What of class secret may be released expressly: places of the form, and files by their ids."""
    files = keeping.files_of(enclosing.holder_of(case.exchange))
    return secret_places(case) | {each.id for each in secret_files(files)}


def preview(case: OpenedCase, said: dict[str, Any]) -> Preview:
    """What each unit would get of these answers."""
    rows = db.session.execute(
        db.select(Organisation, Unit).join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Unit.id.in_(said.get("recipient_units") or []), Unit.ended_at.is_(None))
        .order_by(Organisation.key, Unit.id)
    ).all()  # fmt: skip
    there = {row.Unit.id: row.Addressee for row in queries.addressees_of([case.id])[case.id]}
    countries = frozenset(organisation.country or "" for organisation, _unit in rows)
    today, has_files = days.today(), enclosing.names_any(case.format, said)
    files = keeping.files_of(enclosing.holder_of(case.exchange)) if has_files else {}
    envelope = envelope_of_draft(
        said, case.organisation, countries, at=today, files=keeping.marks_of(files)
    )
    rules = [rule for rule in reservations.rules_of({*countries, envelope.sender}, today)
             if rule.discloses or rule.country == envelope.sender]  # fmt: skip
    derived, units = with_derived(case.format, said), []
    answered = [place for place in sorted(secret_places(case)) if _is_answered(said, place)
                and place != CASE_NUMBER]  # fmt: skip
    offered = secret_files(files)
    for organisation, unit in rows:
        reader = Reader(
            RECIPIENT, organisation.country or "", unit.id, envelope.purpose, is_named=True,
            released=frozenset({*answered, *(each.id for each in offered)}),
        )  # fmt: skip
        decided = decisions(case.format, envelope, reader, rules)
        back = list(left_out(case.format, derived, decided))
        is_cited = bool(said.get(CASE_NUMBER)) and decided[CASE_NUMBER].is_open
        may_know = frozenset({
            *(place for place in answered if not decided[place].is_withheld),
            *(each.id for each in offered if permits(each.id, Klass.SECRET, envelope, reader)),
        })  # fmt: skip
        units.append(ForUnit(organisation, unit, there.get(unit.id), back, may_know, is_cited))
    return Preview(units, answered, offered)


def _is_answered(said: dict[str, Any], place: str) -> bool:
    table, _dot, cell = place.partition(".")
    value = said.get(table)
    return any(row.get(cell) for row in value or ()) if cell else value not in (None, [], "")
