"""Where does the page go on once a row was removed, and is the way to bring it back told there?"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.placing import ROW
from tests.intake.returning import Returned

TOLD = re.compile(r'<div class="notice good" id="removed-audience" .*?>(<p>.*?</p>)')


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


def test_removing_a_row_leads_to_its_table_and_offers_its_history(need: Returned) -> None:
    removed = need.post(need.ana, need.page(need.ana), _remove=ROW)
    assert removed.location == f"{need.path}#removed-audience"
    shown = need.ana.get(need.path).text
    [told] = TOLD.findall(shown)
    assert "Se quitó la fila." in told
    assert f'href="/needs/{need.need}/history?question=audience"' in told
    assert shown.count("Se quitó la fila.") == 1, "and nowhere else"
    assert shown.index('id="removed-audience"') < shown.index('id="audience"')
    assert not TOLD.findall(need.ana.get(need.path).text), "told once"


def test_a_row_that_a_colleague_removed_before_is_not_told_as_removed(need: Returned) -> None:
    page = need.page(need.ana)
    need.post(need.beto, need.page(need.beto), _remove=ROW)
    answer = need.post(need.ana, page, _remove=ROW)
    assert not TOLD.findall(answer.text + need.ana.get(need.path).text)
