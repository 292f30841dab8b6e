"""What does a reader see of a case, and what may be kept for that reader? The one place that decides both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.formats.answers import Answers
from app.formats.completeness import applies, cell_applies
from app.formats.in_part import RECEIVER, SENDER, is_reserved, quietly, reserved_by, says_so
from app.formats.kinds import Value
from app.formats.kinds.table import Row, living_rows
from app.formats.shown import NOT_PROVIDED, VALUE, Shown, ShownSection, telling
from app.formats.spec import Field, Format
from app.reserving import classes, masks, tlp
from app.reserving.decision import CONSENT, NOTHING, Decision, decisions
from app.reserving.envelope import OWN, Envelope, Reader
from app.reserving.rule import Rule

MASKED = "masked"
RESERVED_BY_SENDER, RESERVED_BY_RECEIVER = "reserved_by_sender", "reserved_by_receiver"
_RESERVED = {
    RESERVED_BY_SENDER: reserved_by(SENDER),
    RESERVED_BY_RECEIVER: reserved_by(RECEIVER),
}

CONSENTED = frozenset({"GIVEN", "GIVEN_BY_GUARDIAN"})
DETECTED = "detection_date"
"""The day at which an age is told."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What is shown, section by section, and `document`: all that may be kept by this reader, no more."""

    sections: tuple[ShownSection, ...]
    document: Mapping[str, Any]


def project(
    form: Format,
    document: Answers,
    envelope: Envelope,
    reader: Reader,
    rules: Iterable[Rule],
    approvals: frozenset[str] = NOTHING,
) -> Projection:
    """A certified document (with what follows from its answers in it), or a copy that was kept of one.

    Sealed answers may be there opened or as what stands for them; the same decisions hold.
    """
    decided = decisions(form, envelope, reader, rules, approvals)
    sight = _Sight(form, document, envelope, reader, decided)
    sections = tuple(sight.sections())
    kept = {
        shown.field.key: _without_reserved(shown)
        for section in sections
        for shown in section.fields
        if shown.state in (VALUE, MASKED)
    }
    return Projection(sections, kept)


def _without_reserved(shown: Shown) -> Value:
    """What may be kept: not even the word that a cell of a row is reserved."""
    if not shown.field.is_rows:
        return shown.value
    return [
        {key: value for key, value in row.items() if not is_reserved(value)} for row in shown.value
    ]


@dataclass(frozen=True, slots=True)
class _Sight:
    """One document before one reader."""

    form: Format
    document: Answers
    envelope: Envelope
    reader: Reader
    decided: Mapping[str, Decision]

    def sections(self) -> Iterator[ShownSection]:
        for section in self.form.sections:
            fields = tuple(shown for each in section.fields if (shown := self._field(each)))
            if fields:
                yield ShownSection(section, fields)

    def _field(self, field: Field) -> Shown | None:
        if field.is_rows:
            return self._table(field)
        decision = self.decided[field.key]
        if not decision.exists or not applies(self.form, field, self.document):
            return None
        is_met = not decision.needs_consent or self._all_consent()
        state, value = self._told(field, self.document.get(field.key), decision, is_met=is_met)
        return Shown(field, state, value)

    def _told(
        self, field: Field, value: Value, decision: Decision, *, is_met: bool
    ) -> tuple[str, Value]:
        """In which state an answer is told, and what is told of it."""
        if decision.is_withheld or not is_met:
            return _kept_back(decision), None
        if field.kind.name == "files" and isinstance(value, list):
            value = [each for each in value if self._may_have(each)]
        if not field.kind.is_answered(value):
            return NOT_PROVIDED, None
        if decision.mask:
            value = masks.masked(decision.mask, value, self._on())
        if value is None:  # it was coarsened in another way before, and both together are none
            return _kept_back(decision), None
        if decision.mask and not decision.discloses:
            value = quietly(value)
        return MASKED if says_so(value) else VALUE, value

    def _on(self) -> str | None:
        day = self.document.get(DETECTED)
        if DETECTED not in self.decided or not self.decided[DETECTED].is_open:
            return None
        is_told = applies(self.form, self.form.field(DETECTED), self.document)
        return day if is_told and isinstance(day, str) else None

    def _may_have(self, file_id: str) -> bool:
        """Whether a file's own class and mark let it be told; without them it is as its question."""
        if self.reader.kind == OWN or file_id not in self.envelope.files:
            return True
        klass, mark = self.envelope.files[file_id]
        may_be_read = classes.permits(file_id, klass, self.envelope, self.reader)
        return may_be_read and tlp.permits(mark, self.envelope, self.reader)

    def _table(self, field: Field) -> Shown | None:
        """A table: rows that tell this reader nothing are not there, nor is their number."""
        decided = {cell.key: self.decided[f"{field.key}.{cell.key}"] for cell in field.cells}
        cells = tuple(cell for cell in field.cells if decided[cell.key].exists)
        if not cells or not applies(self.form, field, self.document):
            return None
        rows = living_rows(self.document.get(field.key), field)
        told = telling((self._row(field, row, cells, decided) for row in rows), cells)
        if told:
            return Shown(field, VALUE, told, cells)
        kept_back = [each for each in decided.values() if each.exists]
        if all(each.is_withheld for each in kept_back):
            disclosed = [each for each in kept_back if each.discloses]
            return Shown(field, _kept_back((disclosed or kept_back)[0]), None, cells)
        return Shown(field, NOT_PROVIDED, None, cells)

    def _row(
        self, field: Field, row: Row, cells: tuple[Field, ...], decided: Mapping[str, Decision]
    ) -> dict[str, Value]:
        seen: dict[str, Value] = {"id": row["id"]}
        for cell in cells:
            if cell_applies(field, cell, row):
                decision = decided[cell.key]
                is_met = not decision.needs_consent or self._consents(field, row)
                state, value = self._told(cell, row.get(cell.key), decision, is_met=is_met)
                if state != NOT_PROVIDED:
                    seen[cell.key] = _RESERVED.get(state, value)
        return seen

    def _consents(self, field: Field, row: Row) -> bool:
        table, _, key = CONSENT.partition(".")
        if field.key == table:
            return self._may_know_consent() and _is_consent(row.get(key))
        return self._all_consent()

    def _all_consent(self) -> bool:
        """Whether every person consents; of no person nobody knows it."""
        table, _, key = CONSENT.partition(".")
        if not self._may_know_consent():
            return False
        persons = self.form.field(table)
        if not applies(self.form, persons, self.document):
            return False
        rows = living_rows(self.document.get(table), persons)
        return bool(rows) and all(_is_consent(row.get(key)) for row in rows)

    def _may_know_consent(self) -> bool:
        """What is shown by consent tells it: only to whom it may be told."""
        return CONSENT in self.decided and self.decided[CONSENT].is_open


def _is_consent(value: Value) -> bool:
    return isinstance(value, str) and value in CONSENTED


def _kept_back(decision: Decision) -> str:
    """Where the reservation is not disclosed it looks as if nothing had been answered.

    So does what a class keeps back by itself: if that were told, a line missing beside it would show.
    """
    if not decision.discloses:
        return NOT_PROVIDED
    return RESERVED_BY_RECEIVER if decision.by == RECEIVER else RESERVED_BY_SENDER
