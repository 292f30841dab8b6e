"""Can everybody use the pages of the report, wide and narrow, in both languages?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.extensions import db
from app.policy.actor import Role
from app.reports import actions, doubts
from tests.calls.browsing import Reader
from tests.calls.settled import Settled, in_role
from tests.reports.accepted import Accepted
from tests.reports.example import write_example
from tests.support.accessible import assert_accessible


@pytest.mark.browser
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_can_be_used_by_everybody_and_none_is_wider_than_its_window(
    settled: Settled, reader: Reader, stored: Callable[..., Any], open_page: Any, live_url: str,
    lang: str,
) -> None:  # fmt: skip
    st = replace(in_role(settled["st"], Role.COORDINATOR), lang=lang)

    def begin() -> tuple[str, str]:
        call = write_example(Accepted(settled))
        edition = actions.create(st, call)
        db.session.flush()
        return call.id, edition.id

    call_id, edition_id = stored(begin)
    call, edition = f"/reports/calls/{call_id}", f"/reports/editions/{edition_id}"
    before = ("/reports", "/reports/calls", call, f"{call}?on=x", f"{call}?on=2003-01-01",
              f"{call}?at=99:00&since_on=x", f"{call}?since_on=2003-01-01",
              f"{call}/needs?dimension=theme&code=T6", edition, f"{edition}/texts",
              f"{edition}/publication")  # fmt: skip
    windows = [open_page(width=width, lang=lang) for width in (360, 1280)]

    def look(paths: tuple[str, ...]) -> None:
        for page in windows:
            for path in paths:
                page.goto(live_url + path)
                assert_accessible(page)
                assert page.evaluate(
                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                ), path

    look_as = reader.as_(st)
    look(before)
    assert look_as.submit(f"{edition}/publication", confirmed=[*doubts.SENTENCES]).status == 303
    reader.as_(replace(settled["hn"], lang=lang))
    look(("/reports", edition, f"{edition}/needs"))
