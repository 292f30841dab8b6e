"""Is somebody who stays unnamed told, before certifying, whether it can be worked out who it is?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask

from app.db import scoping
from app.db.scoping import Scope, Wall, scoped
from app.extensions import db
from app.needs import naming
from app.needs.models import NeedFact
from tests.calls.browsing import Reader
from tests.calls.conftest import morning, reader, settled, stored
from tests.calls.settled import MORNING, Settled
from tests.desk import lying
from tests.needs.reading import certifying, complete, previewing
from tests.reports.accepted import DAY, Accepted, Written, answers

__all__ = ["complete", "morning", "reader", "settled", "stored"]


class Draft(NamedTuple):
    """A need that is being written, and its call."""

    id: str
    call_id: str


ONLY_ONE = "yours would be the only one"


@pytest.fixture
def draft(settled: Settled, stored: Any) -> Draft:
    """Honduras's draft; nothing is missing in it."""

    def write() -> Draft:
        made = lying.need(lying.open_call(settled), settled["hn"], "draft", "Interviews",
                          is_submitted=False)  # fmt: skip
        return Draft(made.id, made.call_id)

    return stored(write)


def needs_of_others(settled: Settled, draft: Draft, *versions: Written) -> Callable[[], Any]:
    def write() -> None:
        call = db.session.get_one(lying.Call, draft.call_id)
        for version in versions:
            Accepted(settled).need(call, version)

    return write


def delegation(settled: Settled, who: str) -> Scope:
    actor = settled[who]
    return Scope(Wall.ORGANISATION, actor.organisation_id, "delegation", actor.person_id)


def test_only_needs_of_others_that_members_read_unnamed_now_are_company(
    app: Flask, settled: Settled, stored: Any, draft: Draft
) -> None:
    said = answers()
    stored(needs_of_others(
        settled, draft, Written(country="HN", members="unnamed", answers=said),
        Written(country="SV", members="named", answers=said),
        Written(country="SV", members="none", answers=said),
        Written(country="SV", members="unnamed", answers=said, valid_from=None),
        Written(country="SV", members="unnamed", answers=said, valid_to=MORNING - DAY / 2),
    ))  # fmt: skip

    def is_only_one() -> bool:
        with app.app_context(), scoped(delegation(settled, "hn")):
            found = naming.would_be_only_one(draft.call_id, settled.id("hn"))
            assert scoping.current() == delegation(settled, "hn")
            # The wall stands again: on PostgreSQL no fact of another country is there.
            rows = db.session.scalars(db.select(NeedFact.country)).all()
            if db.engine.dialect.name == "postgresql":
                assert set(rows) == {"HN"}
            db.session.remove()
            return found

    assert is_only_one()
    stored(needs_of_others(settled, draft, Written(country="SV", members="unnamed", answers=said)))
    assert not is_only_one()


def test_the_page_of_choices_says_so_and_that_a_name_withheld_can_be_worked_out(
    reader: Reader, settled: Settled, stored: Any, draft: Draft, complete: None
) -> None:
    answered = reader.as_(settled["hn"]).get(f"/needs/{draft.id}/check").html
    page, look = certifying(answered), previewing(answered, "sponsors=none&members=")
    assert "may still work out which country it is" in reader.get(page).words
    assert ONLY_ONE in reader.get(page).words
    assert ONLY_ONE in reader.get(f"{look}unnamed").words
    assert ONLY_ONE not in reader.get(f"{look}named").words
    stored(
        needs_of_others(settled, draft, Written(country="SV", members="unnamed", answers=answers()))
    )
    assert ONLY_ONE not in reader.get(page).words
    shown = reader.get(f"{look}unnamed").words
    assert "does not keep them from working out which it is" in shown
    assert ONLY_ONE not in shown
