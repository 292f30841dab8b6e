"""Is what is stored in a draft, and what its history says, what its writers were told?"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask

from app.audit.models import AuditEvent
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Answer, Draft

Place = tuple[str, str]
"""(row id or "", key), where a cell's key is `field.cell`."""
SAVED, REFUSED = frozenset({200, 303}), 409
CONFLICT = re.compile(r"data-conflict=")
EMPTY = "(vacío)"
THEIR_REVISION = re.compile(r'name="_revision\.([^"]+)" value="(\d+)"')


@dataclass(frozen=True)
class Told:
    """One save of one place, and what its writer was told of it."""

    person: str
    place: Place
    seen: int
    """The revision over which it was written."""
    value: str
    key: str
    status: int
    text: str
    revision: int
    """The one that the answer says is stored now; what follows `seen` where a page was sent."""
    is_restoration: bool = False
    """Whether an earlier text was to be brought back: that page shows no panel."""

    @property
    def is_acknowledged(self) -> bool:
        return self.status in SAVED

    @classmethod
    def of_save(
        cls, person: str, place: Place, seen: int, value: str, key: str, answer: Any
    ) -> Told:  # fmt: skip
        """What the answer to a save of this place alone says."""
        stored = answer.revisions().values()
        return cls(person, place, seen, value, key, answer.status, answer.text,
                   next(iter(stored), seen + 1))  # fmt: skip


@dataclass
class Ledger:
    """All that the writers of one draft were told."""

    told: list[Told] = field(default_factory=list)
    rows_added: Counter[str] = field(default_factory=Counter)
    """Person -> how many rows she was told are added."""
    rows_removed: set[str] = field(default_factory=set)
    pages_refused: list[dict[Place, int]] = field(default_factory=list)
    """Of each page refused for what became of a row: the revisions it showed."""

    def note(self, told: Told) -> None:
        self.told.append(told)

    def clear(self) -> None:
        self.told.clear()
        self.rows_added.clear()
        self.rows_removed.clear()
        self.pages_refused.clear()

    def count(self) -> Counter[str]:
        """How many saves were answered how."""
        return Counter(
            "saves acknowledged" if each.is_acknowledged else "stale saves refused"
            for each in self.told
        )


@dataclass(frozen=True)
class Stored:
    """What the database holds of a draft: each place's answer, and all that its history says."""

    answers: dict[Place, tuple[int, str]]
    saves: list[AuditEvent]
    rows_added: Counter[str]
    rows_removed: Counter[str]
    names: dict[str, str] = field(default_factory=dict)
    began: dict[Place, tuple[int, str]] = field(default_factory=dict)
    """What each place said before the first of its writers came."""

    def since(self, began: Stored, names: dict[str, str]) -> Stored:
        """What was added to `began`, by people of these names."""
        return replace(
            self, began=began.answers, names=names, saves=self.saves[len(began.saves) :],
            rows_added=self.rows_added - began.rows_added,
        )  # fmt: skip

    def events_at(self, place: Place) -> list[AuditEvent]:
        return [each for each in self.saves if (each.row_id, each.part) == place]

    def said_at(self, place: Place, revision: int) -> tuple[str, str] | None:
        """Who wrote what a place said at a revision, None where nobody did."""
        began = self.began.get(place)
        if began is not None and began[0] == revision:
            return "", began[1]
        for each in self.events_at(place):
            if each.revision == revision:
                return each.person_id or "", said(each.value)
        return None


def said(value: Any) -> str:
    """An answer as these tests type it."""
    return "" if value is None else str(value)


def read(app: Flask, draft_id: str) -> Stored:
    """Everything of a draft that the ledger is held against."""
    with app.app_context(), transaction(writing=False) as session:
        answers = session.scalars(db.select(Answer).where(Answer.draft_id == draft_id))
        stored = {(a.row_id, a.key): (a.revision, said(a.value)) for a in answers}
        events = session.scalars(
            db.select(AuditEvent).where(AuditEvent.subject_id == draft_id).order_by(AuditEvent.seq)
        ).all()
        session.expunge_all()
    by_kind = {kind: [e for e in events if e.kind == kind]
               for kind in ("answer-saved", "row-added", "row-removed")}  # fmt: skip
    return Stored(
        stored, by_kind["answer-saved"], Counter(e.person_id or "" for e in by_kind["row-added"]),
        Counter(e.row_id for e in by_kind["row-removed"]),
    )  # fmt: skip


def hold_against(ledger: Ledger, stored: Stored) -> None:
    """Fail where a save was lost, doubled, silently overwritten, or wrongly refused."""
    _history_is_what_was_acknowledged(ledger, stored)
    for place in stored.answers.keys() | stored.began.keys():
        _one_after_the_other(stored, place)
    for told in ledger.told:
        if told.is_acknowledged:
            _is_in_history(told, stored)
        else:
            _was_stale(told, stored)
    for page in ledger.pages_refused:
        assert any(
            _is_overtaken(place, seen, stored) for place, seen in page.items() if place[0]
        ), page
    assert stored.rows_added == ledger.rows_added
    assert set(stored.rows_removed) == ledger.rows_removed
    assert all(times == 1 for times in stored.rows_removed.values())


def _history_is_what_was_acknowledged(ledger: Ledger, stored: Stored) -> None:
    """Each event is one acknowledged request, and was written over what its writer had seen."""
    events = Counter(
        (e.person_id, (e.row_id, e.part), (e.revision or 0) - 1, said(e.value))
        for e in stored.saves
    )
    told = {
        (each.person, each.place, each.seen, each.value, each.key)
        for each in ledger.told if each.is_acknowledged
    }  # fmt: skip
    acknowledged = Counter(each[:4] for each in told)
    assert not events - acknowledged, f"stored and not acknowledged: {events - acknowledged}"


def _one_after_the_other(stored: Stored, place: Place) -> None:
    first = stored.began.get(place, (0, ""))
    events = stored.events_at(place)
    revisions = [each.revision for each in events]
    assert revisions == list(range(first[0] + 1, first[0] + 1 + len(events))), (place, revisions)
    last = (events[-1].revision, said(events[-1].value)) if events else first
    if events or place in stored.answers:
        assert stored.answers[place] == last, f"{place}: {stored.answers[place]} is not {last}"


def _is_in_history(told: Told, stored: Stored) -> None:
    """What was acknowledged was stored then, by its writer or by somebody who wrote the same."""
    found = stored.said_at(told.place, told.revision)
    if told.is_restoration and (found is None or found[1] != told.value):
        found = _stands_already(told, stored)
    assert found is not None, f"acknowledged and lost: {told}"
    assert found[1] == told.value, f"acknowledged as {told.value}, and history says {found[1]}"


def _stands_already(told: Told, stored: Stored) -> tuple[str, str] | None:
    """What was brought back may be what stands there: then there was nothing to write."""
    revisions = [told.seen, *(e.revision or 0 for e in stored.events_at(told.place))]
    said_since = [stored.said_at(told.place, each) for each in revisions if each >= told.seen]
    return next((each for each in said_since if each and each[1] == told.value), None)


def _was_stale(told: Told, stored: Stored) -> None:
    """A refusal was due, and shows both texts and whose the other is; or says that the row is gone."""
    assert told.status == REFUSED, (told.status, told)
    if told.is_restoration:
        assert _is_overtaken(told.place, told.seen, stored), f"refused without reason: {told}"
        return
    if not CONFLICT.search(told.text):
        assert told.place[0] in stored.rows_removed, f"refused without both texts: {told}"
        return
    shown = {name: int(number) for name, number in THEIR_REVISION.findall(told.text)}
    revision = shown.get(_input(told.place), 0)
    theirs = stored.said_at(told.place, revision)
    assert theirs is not None, f"nobody wrote revision {revision}: {told}"
    assert revision > told.seen, f"refused though nothing was newer: {told}"
    words = html.unescape(told.text)
    for text in (theirs[1] or EMPTY, told.value or EMPTY, stored.names.get(theirs[0], "")):
        assert text in words, f"the conflict does not show {text!r}: {told}"


def _is_overtaken(place: Place, seen: int, stored: Stored) -> bool:
    """Whether a place was written in, or its row removed, after somebody looked."""
    newer = any((each.revision or 0) > seen for each in stored.events_at(place))
    return newer or place[0] in stored.rows_removed


def _input(place: Place) -> str:
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key


def draft_of(app: Flask, need: str) -> str:
    """The open draft of a need."""
    with app.app_context(), transaction(writing=False) as session:
        found = db.select(Draft.id).where(Draft.dossier_id == need, Draft.closed_at.is_(None))
        return session.scalars(found).one()
