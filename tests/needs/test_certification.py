"""Is what is wrong on the pages of certification refused at its place and by its name?"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from tests.calls.browsing import Reader
from tests.calls.conftest import morning, reader, settled, stored
from tests.calls.settled import Settled
from tests.needs.reading import complete, previewing
from tests.needs.test_naming import Draft, draft

__all__ = ["complete", "draft", "morning", "reader", "settled", "stored"]


@pytest.mark.parametrize(("ahead", "is_refused"), [(1, True), (0, False), (-1, False)])
def test_a_clearance_of_a_day_to_come_is_refused_at_its_place(
    reader: Reader, settled: Settled, draft: Draft, complete: None, ahead: int, is_refused: bool
) -> None:
    page = f"/needs/{draft.id}/certification"
    today = clock.now().astimezone(ZoneInfo("America/Panama")).date()
    answers = reader.as_(settled["hn"]).get(f"/needs/{draft.id}/check").html
    look = previewing(answers, "members=named&sponsors=unnamed&lang=es")
    fields = reader.get(look).fields(page)
    day = today + timedelta(days=ahead)
    seen = reader.send(page, fields, clearance_date=day.isoformat(), clearance_office="Despacho")
    assert seen.status != 303  # what was written is not complete
    assert ('id="error-clearance_date"' in seen.html) == is_refused
    assert ("This day is still to come." in seen.words) == is_refused
    if is_refused:
        assert f'value="{day.isoformat()}"' in seen.html


def test_choices_that_were_not_made_are_told_by_their_questions(
    reader: Reader, settled: Settled, draft: Draft, complete: None
) -> None:
    answers = reader.as_(settled["hn"]).get(f"/needs/{draft.id}/check").html
    seen = reader.get(previewing(answers, "lang=es"), status=422)
    assert "In the edition for members, this need may stand: Choose one." in seen.words
    assert "Sponsors may be sent a summary: Choose one." in seen.words
