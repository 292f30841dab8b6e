"""How are similar needs of a call looked for outside a request, and how far is it?

A job claims the search, reads and compares without holding anything, and writes what it found in one
transaction. Its claim ends by itself if it is killed, and the next one takes it up again. It also comes
round by itself wherever needs or groups have changed.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_

from app import clock
from app.calls.models import Call
from app.db.changing import changed
from app.db.errors import is_passing
from app.db.transactions import transaction
from app.extensions import db
from app.formats.spec import Text
from app.groups import gathering
from app.groups.models import GroupProposal, GroupProposalNeed, GroupSearch
from app.groups.reasons import Words, but_for, differences, name_of, reasons
from app.groups.similar import Comparable, Proposed, propose
from app.intake import published
from app.jobs.registry import Times, job

CLAIM = timedelta(minutes=5)
TRIES = 3
WORK = "propose-groups"
EACH = 0.5
"""Seconds between two words about how far it is."""
CHUNK = 500
_SEARCH = GroupSearch.__table__
log = structlog.get_logger()


@job(WORK)
def search(call_id: str) -> None:
    """Look for similar needs of a call, if it waits for that and nobody else is at it."""
    claim = _claim(call_id)
    if claim is None:
        return
    try:
        _search(claim)
    except Lost:
        log.warning("group_search_taken_over", call=call_id)
    except Exception as fault:
        if is_passing(fault):
            raise
        log.error("group_search_failed", call=call_id, fault=type(fault).__name__)
        with transaction(writing=True), suppress(Lost):
            claim.end(state="failed")


@job("continue-group-searches", times=Times(minute="*/5"))
def continue_all() -> None:
    """Take up what was lost on the way, and look again wherever something has changed.

    What failed is not tried again before something changes, or somebody asks for it.
    """
    with transaction(writing=False) as session:
        calls = list(session.scalars(db.select(Call.id).where(Call.state != "draft")))
        known = {row.call_id: row for row in session.execute(db.select(_SEARCH))}
        now = gathering.marks(calls)
    for call_id, mark in sorted(now.items()):
        past = known.get(call_id)
        if past is None or past.mark != mark:
            ask(call_id)
        if past is None or past.mark != mark or past.state == "waiting":
            search(call_id)


def ask(call_id: str) -> None:
    """Have similar needs of a call looked for, in a transaction of its own."""
    with transaction(writing=True):
        wait(call_id)


def wait(call_id: str) -> None:
    """Note that a call waits for a search; one that waits already goes on."""
    again = db.update(_SEARCH).where(_SEARCH.c.call_id == call_id, _SEARCH.c.state != "waiting")
    if changed(
        db.session(), again.values(state="waiting", tries=0, claimed_at=None, done=0, total=0)
    ):
        return
    known = db.session.execute(db.select(_SEARCH.c.call_id).where(_SEARCH.c.call_id == call_id))
    if known.one_or_none() is None:
        db.session.add(GroupSearch(call_id=call_id, state="waiting"))
        db.session.flush()


def _search(claim: Claim) -> None:
    with transaction(writing=False) as session:
        call = session.get_one(Call, claim.call_id)
        words = Words(published.get(call.format_name, call.format_version))
        needs = gathering.free_needs(claim.call_id, words)
    write_down(claim, needs, propose(needs, told=claim.go_on), words)


def write_down(
    claim: Claim, needs: list[Comparable], proposals: Iterable[Proposed], words: Words
) -> None:
    """Put what was found in the place of what was proposed before. Raises Lost."""
    call_id = claim.call_id
    rows, beside = [], []
    for place, proposed in enumerate(proposals):
        proposal_id = id_of(call_id, proposed)
        rows.append({"id": proposal_id, "call_id": call_id, "place": place,
                     "content": content_of(proposed, words)})  # fmt: skip
        beside += [{"proposal_id": proposal_id, "need_id": need.need_id,
                    "version_id": need.version_id} for need in proposed.needs]  # fmt: skip
    with transaction(writing=True) as session:
        old = db.select(GroupProposal.id).where(GroupProposal.call_id == call_id)
        hanging = GroupProposalNeed.__table__
        session.execute(db.delete(hanging).where(hanging.c.proposal_id.in_(old)))
        session.execute(db.delete(GroupProposal.__table__).where(GroupProposal.call_id == call_id))
        for table, found in ((GroupProposal.__table__, rows), (hanging, beside)):
            for start in range(0, len(found), CHUNK):
                session.execute(db.insert(table), found[start : start + CHUNK])
        declined = sum(need.joint is False for need in needs)
        claim.end(state="ready", made_at=clock.now(), looked=len(needs), declined=declined)


def content_of(proposed: Proposed, words: Words) -> dict[str, Any]:
    """What a page shows of a proposal beside its needs, in both languages."""
    shared, needs = proposed.shared, proposed.needs
    return {
        "name": _plain(name_of(proposed.theme, shared, words)),
        "countries": sorted(shared.countries),
        "participants": sum(need.participants for need in needs),
        "reasons": [_plain(each) for each in reasons(shared, needs, words)],
        "differences": [_plain(each) for each in differences(shared, needs, words)],
        "near": [
            {"need": near.need.need_id, "why": _plain(but_for(near, shared, words))}
            for near in proposed.near
        ],
    }


def _plain(text: Text) -> dict[str, str]:
    return {"es": text.es, "en": text.en}


def id_of(call_id: str, proposed: Proposed) -> str:
    """The same versions of a call make the same proposal, whenever it is made."""
    versions = sorted(need.version_id for need in proposed.needs)
    return hashlib.sha256(" ".join([call_id, *versions]).encode()).hexdigest()[:20]


class Lost(Exception):
    """The claim had ended, and another job is at the search: this one stops and writes nothing."""


class Claim:
    """A search that this job has for itself as long as it says now and then that it goes on."""

    def __init__(self, call_id: str, since: datetime, mark: str) -> None:
        # The mark was taken first, so that what comes meanwhile is noticed.
        self.call_id, self.since, self.mark = call_id, since, mark
        self.said = time.monotonic()

    def go_on(self, done: int, total: int) -> None:
        """Say how far it is, now and then. Raises Lost."""
        if time.monotonic() - self.said < EACH:
            return
        self.said, now = time.monotonic(), clock.real_now()
        with transaction(writing=True):
            self._write(done=done, total=total, claimed_at=now)
        self.since = now

    def end(self, **values: Any) -> None:
        """Write down how it ended, within a transaction. Raises Lost."""
        self._write(claimed_at=None, mark=self.mark, **values)

    def _write(self, **values: Any) -> None:
        own = db.update(_SEARCH).where(
            _SEARCH.c.call_id == self.call_id, _SEARCH.c.claimed_at == self.since
        )
        if not changed(db.session(), own.values(**values)):
            raise Lost


def _claim(call_id: str) -> Claim | None:
    """The search for this job, if it is free. One that was lost again and again is given up."""
    now = clock.real_now()
    free = or_(_SEARCH.c.claimed_at.is_(None), _SEARCH.c.claimed_at < now - CLAIM)
    ours = (
        db.update(_SEARCH)
        .where(_SEARCH.c.call_id == call_id, _SEARCH.c.state == "waiting", free)
        .values(claimed_at=now, tries=_SEARCH.c.tries + 1)
    )
    with transaction(writing=True) as session:
        if not changed(session, ours):
            return None
        claim = Claim(call_id, now, gathering.mark_of(call_id))
        tries = session.scalar(db.select(_SEARCH.c.tries).where(_SEARCH.c.call_id == call_id))
        if (tries or 0) > TRIES:
            claim.end(state="failed")
            return None
        return claim
