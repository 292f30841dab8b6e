"""Do lists call a draft by the title that stands in it?"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.placing import ROW
from tests.intake.returning import Returned

HERS, THEIRS = "El título de Ana", "El título de Beto"


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


def both_titles(need: Returned) -> tuple[str, str]:
    return need.title(), need.now().value("title")


def test_the_title_that_is_saved_is_the_one_in_lists(need: Returned) -> None:
    need.says(need.ana, "title", HERS)
    assert both_titles(need) == (HERS, HERS)
    need.post(need.beto, need.page(need.beto), title=THEIRS)
    assert both_titles(need) == (THEIRS, THEIRS)


def test_an_older_page_on_which_the_title_was_not_touched_leaves_the_newer_one_in_lists(
    need: Returned,
) -> None:
    need.says(need.ana, "title", HERS)
    older = need.page(need.ana)
    need.says(need.beto, "title", THEIRS)
    sent = need.post(need.ana, older, **{f"audience.{ROW}.region": "Occidente"})
    assert sent.status_code == 303
    assert need.now().value("audience.region", ROW) == "Occidente"
    assert both_titles(need) == (THEIRS, THEIRS)


def test_a_title_that_is_refused_is_in_no_list(need: Returned) -> None:
    older = need.page(need.ana)
    need.says(need.beto, "title", THEIRS)
    assert need.put(need.ana, older, "title", HERS).status_code == 409
    assert both_titles(need) == (THEIRS, THEIRS)
