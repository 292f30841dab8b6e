"""Two texts stand on a page: is every choice what it says, and is neither text lost on the way?"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.calls.browsing import Seen
from tests.intake.placing import ROW
from tests.intake.returning import Returned

ANAS, BETOS = "Lo que Ana escribió en su página vieja.", "Lo que Beto escribió."
REGION = f"audience.{ROW}.region"
PANEL = "data-conflict="


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


@pytest.fixture
def refused(need: Returned) -> Any:
    """The page that asks Ana which text stays."""
    page = need.page(need.ana)
    need.says(need.beto, "gap", BETOS)
    return need.post(need.ana, page, gap=ANAS)


def again(need: Returned, answer: Any, **changes: str) -> Any:
    """The page as it was shown, sent with changes."""
    return need.post(need.ana, Seen(200, answer.text, None).fields(need.path), **changes)


def holds(answer: Any, name: str = "gap") -> str:
    """What the input of a question holds."""
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n([^<]*)</textarea>', answer.text)
    assert found
    return html.unescape(found[1]).replace("\r", "")


TOO_LONG = f"{ANAS} {'x' * 20_000}"


@pytest.mark.parametrize("button", [{"_add": "audience"}, {"_resolve": "gap:both"}, {}])
def test_a_text_that_is_too_long_stays_on_the_page_whatever_is_pressed(
    need: Returned, refused: Any, button: dict[str, str]
) -> None:
    answer = again(need, refused, gap=TOO_LONG, **button)
    assert holds(answer) == TOO_LONG
    assert PANEL not in answer.text, "what cannot be read is not asked about"
    mended = again(need, answer, gap=ANAS)
    assert mended.status_code == 409
    assert PANEL in mended.text, "and is asked about once it can be"
    assert need.now().value("gap") == BETOS


def test_theirs_is_taken_also_where_mine_cannot_be_read(need: Returned, refused: Any) -> None:
    assert again(need, refused, gap=TOO_LONG, _resolve="gap:theirs").status_code == 303
    assert need.now().value("gap") == BETOS


def test_joining_without_scripts_keeps_both(need: Returned, refused: Any) -> None:
    assert again(need, refused, _resolve="gap:both").status_code == 303
    assert need.now().value("gap") == f"{BETOS}\n\n{ANAS}"


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_choice_without_scripts_comes_back_to_the_section(
    need: Returned, refused: Any, choice: str
) -> None:
    chosen = again(need, refused, _stay="", _resolve=f"gap:{choice}")
    assert chosen.location == need.path
    assert "Guardado." in need.ana.get(need.path).text


def test_emptying_what_is_empty_is_no_conflict(need: Returned) -> None:
    need.says(need.ana, REGION, "Occidente")
    page = need.page(need.ana)
    need.says(need.beto, REGION, "")
    need.goes_round()
    assert need.put(need.ana, page, REGION, "").status_code == 200
    assert need.post(need.ana, page, **{REGION: ""}).status_code == 303


def test_a_panel_over_nothing_accuses_nobody_of_having_saved(need: Returned) -> None:
    need.says(need.ana, REGION, "Occidente")
    page = need.page(need.ana)
    need.says(need.beto, REGION, "")
    need.goes_round()
    for answer in (need.put(need.ana, page, REGION, ANAS),
                   need.post(need.ana, page, **{REGION: ANAS})):  # fmt: skip
        said = html.unescape(answer.text)
        assert answer.status_code == 409
        assert "está vacía desde que se abrió este borrador" in said
        assert "guardó otro texto" not in said
        assert "Combinar" not in said
    assert again(need, answer, **{REGION: ""}).status_code == 303, "now both say the same"


def test_only_a_text_that_is_stored_is_marked_as_saved(need: Returned) -> None:
    need.says(need.ana, "title", "Entrevista a niñas")
    page = need.page(need.ana)
    need.says(need.beto, "gap", BETOS)
    answer = need.post(need.ana, page, gap=ANAS, title="Otro título")
    assert answer.status_code == 409
    marks = dict(re.findall(r'id="saved-([^"]+)">(.*?)</p>', answer.text, re.S))
    assert "Guardado" not in marks["title"], "this title is only typed"
    assert "Guardado" in marks["themes"]
    assert "saved-mark" not in answer.text.partition('id="saved-gap"')[2].partition("</div>")[0]
