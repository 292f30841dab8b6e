"""A colleague removed the row in which somebody is writing: is anything that was typed lost, or stored unseen?"""

from __future__ import annotations

import html
from typing import Any

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.calls.browsing import Seen
from tests.intake.placing import ROW
from tests.intake.returning import Returned

GAP, TEXT = "Lo que Ana escribió mientras tanto.", "Occidente & «fronteras»"
REGION, WOMEN = f"audience.{ROW}.region", f"audience.{ROW}.women"
SHOWN = f'id="vanished-{ROW}"'


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


@pytest.fixture
def old(need: Returned) -> dict[str, Any]:
    """Ana's page, with a row that Beto removed since."""
    page = need.page(need.ana)
    assert need.post(need.beto, need.page(need.beto), _remove=ROW).status_code == 303
    return page


def again(need: Returned, answer: Any, **changes: str) -> Any:
    """The page as it was shown, sent with changes."""
    return need.post(need.ana, Seen(200, answer.text, None).fields(need.path), **changes)


def shows_text(answer: Any) -> bool:
    said = html.unescape(answer.text.partition(SHOWN)[2])
    return TEXT in said and "fiscal" in said.lower()


def test_the_page_comes_back_with_everything_typed_and_the_text_of_the_row(
    need: Returned, old: dict[str, Any]
) -> None:
    refused = need.post(need.ana, old, gap=GAP, **{REGION: TEXT})
    assert refused.status_code == 409
    assert shows_text(refused)
    assert GAP in html.unescape(refused.text)
    assert need.now().value("gap") != GAP, "nothing is stored unseen"
    assert again(need, refused).status_code == 303
    assert need.now().value("gap") == GAP
    assert ROW not in need.now().rows.get("audience", ()), (
        "what a colleague removed is not brought back"
    )


@pytest.mark.parametrize("change", [{"_lang": "es", "_stay": ""}, {"_add": "audience"},
                                    {"duration.count": "cuatro"}])  # fmt: skip
def test_the_text_stays_on_the_page_whatever_else_is_done_before_it_was_taken(
    need: Returned, old: dict[str, Any], change: dict[str, str]
) -> None:
    refused = need.post(need.ana, old, gap=GAP, **{REGION: TEXT})
    next_one = again(need, refused, **change)
    assert next_one.status_code in (200, 422)
    assert shows_text(next_one)
    assert shows_text(again(need, next_one, **{"duration.count": "cinco"}))


def test_an_answer_that_is_wrong_elsewhere_does_not_hide_it(
    need: Returned, old: dict[str, Any]
) -> None:
    refused = need.post(need.ana, old, **{REGION: TEXT, "duration.count": "cuatro"})
    assert refused.status_code == 422
    assert shows_text(refused)
    assert again(need, refused, **{"duration.count": "5"}).status_code == 303


def test_a_mistake_in_the_row_that_is_gone_holds_nothing_up(
    need: Returned, old: dict[str, Any]
) -> None:
    refused = need.post(need.ana, old, **{WOMEN: "muchas", REGION: TEXT})
    assert refused.status_code == 409
    assert "muchas" in refused.text.partition(SHOWN)[2]
    assert again(need, refused, gap=GAP).status_code == 303


def test_a_row_in_which_nothing_was_typed_goes_without_a_word(
    need: Returned, old: dict[str, Any]
) -> None:
    assert need.post(need.ana, old, gap=GAP).status_code == 303
    assert need.now().value("gap") == GAP


def test_removing_it_too_is_no_reason_to_ask(need: Returned, old: dict[str, Any]) -> None:
    assert need.post(need.ana, old, **{REGION: TEXT}, _remove=ROW).status_code == 303


def test_both_texts_of_another_question_are_asked_about_on_the_same_page(
    need: Returned, old: dict[str, Any]
) -> None:
    need.says(need.beto, "gap", "Lo de Beto.")
    refused = need.post(need.ana, old, gap=GAP, **{REGION: TEXT})
    assert shows_text(refused)
    assert "data-conflict=" in refused.text
    assert again(need, refused, _resolve="gap:mine").status_code == 303
    assert need.now().value("gap") == GAP
