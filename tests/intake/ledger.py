"""Is what is stored in a draft, and what its history says, what its writers were told?"""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from flask import Flask

from app.audit.models import AuditEvent
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Answer, AnswerRow, Draft
from app.intake.seen import NOTHING, Seen
from app.intake.seen import read as read_seen

Place = tuple[str, str]
"""(row id or "", key), where a cell's key is `field.cell`."""
Span = tuple[float, float]
"""From when to when, by one clock that never goes back."""
SAVED, REFUSED = frozenset({200, 303}), 409
CONFLICT = re.compile(r"data-conflict=")
EMPTY = "(vacío)"
OTHER_WINDOW = "otra ventana"
REVISION = re.compile(r'name="_revision\.([^"]+)" value="([^"]+)"')


def after(seen: Seen) -> Seen:
    """What stands there once somebody wrote over it: in whichever draft, where nothing stood."""
    return Seen(seen.draft if seen.revision else "", seen.revision + 1)


@dataclass(frozen=True)
class Told:
    """One save of one place, and what its writer was told of it."""

    person: str
    place: Place
    seen: Seen
    """Over which words it was written."""
    value: str
    key: str
    status: int
    text: str
    stored: Seen
    """What the answer says is stored now; what follows `seen` where a page was sent."""
    when: Span
    """From its sending to its answer."""
    is_restoration: bool = False
    """Whether an earlier text was to be brought back: that page shows no panel."""

    @property
    def is_acknowledged(self) -> bool:
        return self.status in SAVED

    @classmethod
    def of_save(
        cls, person: str, place: Place, seen: Seen, value: str, key: str, answer: Any
    ) -> Told:  # fmt: skip
        """What the answer to a save of this place alone says."""
        stored = answer.revisions().values()
        return cls(person, place, seen, value, key, answer.status, answer.text,
                   next(iter(stored), after(seen)), answer.when)  # fmt: skip


@dataclass
class Ledger:
    """All that the writers of one draft were told."""

    told: list[Told] = field(default_factory=list)
    rows_added: Counter[str] = field(default_factory=Counter)
    """Person -> how many rows she was told are added."""
    rows_removed: set[str] = field(default_factory=set)
    pages_refused: list[tuple[dict[Place, Seen], Span]] = field(default_factory=list)
    """Of each page refused for what became of a row or of the draft: what it showed, and when."""
    closings: list[Span] = field(default_factory=list)
    """From before each certification until the need was open again: meanwhile nothing can be saved."""

    def note(self, told: Told) -> None:
        self.told.append(told)

    def clear(self) -> None:
        self.told.clear()
        self.rows_added.clear()
        self.rows_removed.clear()
        self.pages_refused.clear()
        self.closings.clear()

    @contextmanager
    def closing(self) -> Iterator[None]:
        """While this lasts, the draft may be closed."""
        self.closings.append((time.monotonic(), float("inf")))
        at = len(self.closings) - 1
        yield
        self.closings[at] = (self.closings[at][0], time.monotonic())

    def may_be_closed(self, when: Span) -> bool:
        """Whether the draft may have been closed at a moment of these."""
        return any(began <= when[1] and when[0] <= ended for began, ended in self.closings)

    def count(self) -> Counter[str]:
        """How many saves were answered how."""
        return Counter(
            "saves acknowledged" if each.is_acknowledged else "stale saves refused"
            for each in self.told
        )


@dataclass(frozen=True)
class DraftNow:
    """What the database holds of one draft: each place's answer, and all that its history says."""

    id: str
    title: str
    answers: dict[Place, tuple[int, str]]
    rows: dict[str, bool]
    """Row -> whether it is still there."""
    saves: list[AuditEvent]
    rows_added: Counter[str]
    rows_removed: Counter[str]

    def events_at(self, place: Place) -> list[AuditEvent]:
        return [each for each in self.saves if (each.row_id, each.part) == place]

    def carries_over(self) -> dict[Place, tuple[int, str]]:
        """With what the next draft begins once this one was certified: with all that is answered."""
        return {place: (1, text) for place, (_revision, text) in self.answers.items()
                if text and (not place[0] or self.rows.get(place[0]))}  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """What the database holds of a need: one draft after the other."""

    drafts: tuple[DraftNow, ...]
    names: dict[str, str] = field(default_factory=dict)
    began: dict[str, dict[Place, tuple[int, str]]] = field(default_factory=dict)
    """Draft -> what each place said before the first of its writers came."""

    def since(self, began: Stored, names: dict[str, str]) -> Stored:
        """What was added to `began`, by people of these names."""
        first = {each.id: each.answers for each in began.drafts}
        for before, after in pairwise(self.drafts):
            first.setdefault(after.id, before.carries_over())
        known = {event.seq for event in began.saves}
        there = {each.id: each.rows_added for each in began.drafts}
        drafts = tuple(
            replace(
                each, saves=[event for event in each.saves if event.seq not in known],
                rows_added=each.rows_added - there.get(each.id, Counter()),
            )
            for each in self.drafts
        )  # fmt: skip
        return replace(self, drafts=drafts, began=first, names=names)

    @property
    def saves(self) -> list[AuditEvent]:
        return [event for each in self.drafts for event in each.saves]

    def shown(self) -> dict[Place, Seen]:
        """What a page shows that is opened now."""
        last = self.drafts[-1]
        return {place: Seen(last.id, revision) for place, (revision, _) in last.answers.items()}

    def rows(self, which: str) -> Counter[str]:
        """How many rows were `rows_added` by whom, or how often each was `rows_removed`."""
        counts: Iterable[Counter[str]] = (getattr(each, which) for each in self.drafts)
        return sum(counts, Counter())

    def is_gone(self, row: str) -> bool:
        """Whether somebody removed a row, or it was empty when its draft was certified."""
        last = self.drafts[-1].rows
        return bool(row) and (row not in last or row in self.rows("rows_removed"))

    def said_at(self, place: Place, seen: Seen) -> tuple[str, str] | None:
        """Who wrote what a place said there, None where nobody did; any draft where none is named."""
        if not seen.revision:
            return "", ""
        for draft in self.drafts:
            if seen.draft not in ("", draft.id):
                continue
            began = self.began.get(draft.id, {}).get(place)
            if began is not None and began[0] == seen.revision:
                return "", began[1]
            for each in draft.events_at(place):
                if each.revision == seen.revision:
                    return each.person_id or "", said(each.value)
        return None

    def is_overtaken(self, place: Place, seen: Seen) -> bool:
        """Whether a place was written in, or its row or draft closed, after somebody looked."""
        if self.is_gone(place[0]) or (seen.revision and seen.draft != self.drafts[-1].id):
            return True
        here = [each for each in self.drafts if not seen.revision or each.id == seen.draft]
        return any(
            (event.revision or 0) > seen.revision
            for each in here
            for event in each.events_at(place)
        ) or any(self.began.get(each.id, {}).get(place, (0,))[0] > seen.revision for each in here)


def said(value: Any) -> str:
    """An answer as these tests type it."""
    return "" if value is None else str(value)


def over(event: AuditEvent) -> Seen:
    """What stood there when this was written."""
    return seen_as(Seen(event.subject_id, (event.revision or 0) - 1))


def seen_as(seen: Seen) -> Seen:
    """An answer that is empty is the same in each draft."""
    return seen if seen.revision else NOTHING


def read(app: Flask, need: str) -> Stored:
    """Everything of a need that the ledger is held against."""
    with app.app_context(), transaction(writing=False) as session:
        found = session.scalars(
            db.select(Draft).where(Draft.dossier_id == need).order_by(Draft.opened_at, Draft.id)
        )
        drafts = tuple(_read(session, each) for each in found)
        session.expunge_all()
    return Stored(drafts)


def _read(session: Any, draft: Draft) -> DraftNow:
    answers = session.scalars(db.select(Answer).where(Answer.draft_id == draft.id))
    rows = session.scalars(db.select(AnswerRow).where(AnswerRow.draft_id == draft.id))
    events = session.scalars(
        db.select(AuditEvent).where(AuditEvent.subject_id == draft.id).order_by(AuditEvent.seq)
    ).all()
    by_kind = {kind: [e for e in events if e.kind == kind]
               for kind in ("answer-saved", "row-added", "row-removed")}  # fmt: skip
    return DraftNow(
        draft.id, draft.title, {(a.row_id, a.key): (a.revision, said(a.value)) for a in answers},
        {row.id: row.removed_at is None for row in rows}, by_kind["answer-saved"],
        Counter(e.person_id or "" for e in by_kind["row-added"]),
        Counter(e.row_id for e in by_kind["row-removed"]),
    )  # fmt: skip


def hold_against(ledger: Ledger, stored: Stored) -> None:
    """Fail where a save was lost, doubled, silently overwritten, or wrongly refused."""
    _history_is_what_was_acknowledged(ledger, stored)
    for draft in stored.drafts:
        for place in draft.answers.keys() | stored.began[draft.id].keys():
            _one_after_the_other(draft, stored.began[draft.id], place)
        assert draft.title == draft.answers.get(("", "title"), (0, ""))[1], (
            "lists call it otherwise"
        )
    for told in ledger.told:
        if told.is_acknowledged:
            _is_in_history(told, stored)
        else:
            _was_stale(told, stored, ledger)
    for page, when in ledger.pages_refused:
        assert ledger.may_be_closed(when) or any(
            stored.is_overtaken(place, seen) for place, seen in page.items() if place[0]
        ), page
    removed = stored.rows("rows_removed")
    assert stored.rows("rows_added") == ledger.rows_added
    # A row without an answer does not go along into the next draft, so that it is not there to remove.
    not_there = ledger.rows_removed - set(removed)
    assert set(removed) <= ledger.rows_removed, "a row went that nobody removed"
    assert not not_there & stored.drafts[-1].rows.keys(), "a row that was removed is there"
    assert not_there <= {row for draft in stored.drafts[:-1] for row in draft.rows}
    assert all(times == 1 for times in removed.values())


def _history_is_what_was_acknowledged(ledger: Ledger, stored: Stored) -> None:
    """Each event is one acknowledged request, and was written over what its writer had seen."""
    events = Counter(
        (e.person_id, (e.row_id, e.part), over(e), said(e.value)) for e in stored.saves
    )
    told = {
        (each.person, each.place, seen_as(each.seen), each.value, each.key)
        for each in ledger.told if each.is_acknowledged
    }  # fmt: skip
    acknowledged = Counter(each[:4] for each in told)
    assert not events - acknowledged, f"stored and not acknowledged: {events - acknowledged}"


def _one_after_the_other(
    draft: DraftNow, began: dict[Place, tuple[int, str]], place: Place
) -> None:
    first = began.get(place, (0, ""))
    events = draft.events_at(place)
    revisions = [each.revision for each in events]
    assert revisions == list(range(first[0] + 1, first[0] + 1 + len(events))), (place, revisions)
    last = (events[-1].revision, said(events[-1].value)) if events else first
    stands = draft.answers.get(place, (0, ""))
    assert stands == last, f"{place}: {stands} is not {last}"


def _is_in_history(told: Told, stored: Stored) -> None:
    """What was acknowledged was stored then, by its writer or by somebody who wrote the same."""
    found = stored.said_at(told.place, told.stored)
    if told.is_restoration and (found is None or found[1] != told.value):
        found = _stands_already(told, stored)
    assert found is not None, f"acknowledged and lost: {told}"
    assert found[1] == told.value, f"acknowledged as {told.value}, and history says {found[1]}"


def _stands_already(told: Told, stored: Stored) -> tuple[str, str] | None:
    """What was brought back may be what stands there: then there was nothing to write."""
    seen = [told.seen, *(Seen(event.subject_id, event.revision or 0)
                         for draft in stored.drafts for event in draft.events_at(told.place)),
            *(Seen(draft.id, 1) for draft in stored.drafts)]  # fmt: skip
    found = [stored.said_at(told.place, each) for each in seen]
    return next((each for each in found if each and each[1] == told.value), None)


def _was_stale(told: Told, stored: Stored, ledger: Ledger) -> None:
    """A refusal was due, and shows both texts and whose the other is; or the row or draft is closed."""
    assert told.status == REFUSED, (told.status, told)
    is_closed = ledger.may_be_closed(told.when)
    if told.is_restoration:
        is_due = is_closed or stored.is_overtaken(told.place, told.seen)
        assert is_due, f"refused without reason: {told}"
        return
    if not CONFLICT.search(told.text):
        is_due = is_closed or stored.is_gone(told.place[0])
        assert is_due, f"refused without both texts: {told}"
        return
    shown = {name: read_seen(sent) for name, sent in REVISION.findall(told.text)}
    newer = shown.get(_input(told.place))
    assert newer is not None, f"the conflict names no text: {told}"
    theirs = stored.said_at(told.place, newer)
    assert theirs is not None, f"nobody wrote {newer}: {told}"
    is_newer = newer.draft != told.seen.draft or newer.revision > told.seen.revision
    assert is_newer, f"refused though nothing was newer: {told}"
    assert newer.revision or told.seen.revision, f"refused over nothing: {told}"
    words, is_own = html.unescape(told.text), theirs[0] == told.person
    whose = OTHER_WINDOW if is_own else stored.names.get(theirs[0], "")
    for text in (theirs[1] or EMPTY, told.value or EMPTY, whose):
        assert text in words, f"the conflict does not show {text!r}: {told}"


def _input(place: Place) -> str:
    row, key = place
    table, _dot, cell = key.partition(".")
    return f"{table}.{row}.{cell}" if row else key
