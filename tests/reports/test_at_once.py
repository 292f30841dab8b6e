"""Does an edition wait for what is being accepted, so that it says the same when it is counted again?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.calls.models import Call
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.needs import actions as needs
from app.needs import queries as needs_queries
from app.needs.models import NeedFact
from app.policy.actor import Role
from app.reports import actions, doubts, tallying
from app.reports.actions import Stale
from app.reports.models import Edition
from tests.calls.settled import Settled, in_role
from tests.desk import lying

Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture(autouse=True)
def postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")


@pytest.fixture
def submitted(settled: Settled, stored: Stored) -> tuple[str, str]:
    """An edition in preparation, and a need of its call that waits for the Secretariat."""

    def act() -> tuple[str, str]:
        call = lying.open_call(settled)
        made = lying.need(call, settled["hn"], "submitted", "Interviews")
        db.session.add(NeedFact(
            version_id=made.latest_version_id, organisation_id=made.organisation_id,
            need_id=made.id, call_id=call.id, country="HN", title="Interviews", themes="T2",
            duration_band="short", modality="in_person", participants=9, women=0, men=0,
            not_stated=9, course_hours=Decimal(24), participant_hours=Decimal(216)))  # fmt: skip
        return actions.create(settled["st"], call).id, made.id

    return stored(act)


@pytest.mark.parametrize("verdict", ["accept", "withdraw"])
def test_nothing_is_published_while_a_need_comes_into_force_or_goes_out_of_it(
    app: Flask, settled: Settled, stored: Stored, submitted: tuple[str, str], verdict: str
) -> None:
    edition_id, need_id = submitted
    if verdict == "withdraw":
        stored(lambda: needs.accept(settled["st"], needs_queries.get(settled["st"], need_id)))
    decided, told = threading.Event(), threading.Event()

    def decide() -> None:
        with app.app_context(), scoped(SYSTEM, writing=True):
            actor = settled["st"] if verdict == "accept" else settled["hn"]
            opened = needs_queries.get(actor, need_id)
            if verdict == "accept":
                needs.accept(actor, opened)
            else:
                needs.withdraw(actor, opened, reason="Asked elsewhere")
            decided.set()
            told.wait(0.7)  # as long as a slow commit; nobody tells before it is over
            still_waits.append(not told.is_set())
            db.session.commit()
            db.session.remove()

    still_waits: list[bool] = []
    thread = threading.Thread(target=copy_context().run, args=(decide,))
    with app.app_context(), scoped(SYSTEM, writing=True):
        edition = db.session.get_one(Edition, edition_id)
        call = db.session.get_one(Call, edition.call_id)
        thread.start()
        assert decided.wait(20)
        counted = tallying.tally(edition, call)
        with pytest.raises(Stale):
            actions.publish(in_role(settled["st"], Role.COORDINATOR), edition, call, counted,
                            revision=1, digest=counted.digest, confirmed=doubts.SENTENCES)  # fmt: skip
        told.set()
        db.session.rollback()
        db.session.remove()
    thread.join(20)
    assert still_waits == [True]
