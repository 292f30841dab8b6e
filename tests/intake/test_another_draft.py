"""A page still shows a draft that was certified; the need was returned and opened again. Is anything lost?"""

from __future__ import annotations

import html
import json
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

ANAS, BETOS = "Lo que Ana escribió en su página vieja.", "Lo que Beto escribió en el nuevo."


@pytest.fixture
def need(app: Flask, house: House) -> Returned:
    return Returned(app, house)


@pytest.fixture
def old(need: Returned) -> dict[str, Any]:
    """Ana's page: of a draft that is closed, at the revision at which Beto's text stands in the new."""
    need.says(need.ana, "gap", "Nadie sabe lo bastante.")
    page = need.page(need.ana)
    need.goes_round()
    need.says(need.beto, "gap", BETOS)
    return page


def shows_both(answer: Any) -> bool:
    said = html.unescape(answer.text)
    return answer.status_code == 409 and "data-conflict" in said and ANAS in said and BETOS in said


def test_an_answer_saved_from_the_old_page_meets_the_new_one_and_both_are_shown(
    need: Returned, old: dict[str, Any]
) -> None:
    assert shows_both(need.put(need.ana, old, "gap", ANAS))
    assert need.now().value("gap") == BETOS


def test_a_choice_made_in_the_panel_is_over_the_text_that_it_showed(
    need: Returned, old: dict[str, Any]
) -> None:
    refused = need.put(need.ana, old, "gap", ANAS)
    seen = re.findall(r'name="_revision.gap" value="([^"]+)"', refused.text)
    chosen = need.put(need.ana, old | {"_revision.gap": seen}, "gap", ANAS)
    assert chosen.status_code == 200
    assert need.now().value("gap") == ANAS


def test_a_cell_saved_from_the_old_page_meets_the_new_one(need: Returned) -> None:
    name = f"audience.{ROW}.women"
    page = need.page(need.ana)
    need.goes_round()
    assert need.put(need.ana, page, name, "77").status_code == 409
    assert need.now().value("audience.women", ROW) == 12


def test_the_old_page_sent_whole_is_answered_with_both_texts(
    need: Returned, old: dict[str, Any]
) -> None:
    assert shows_both(need.post(need.ana, old, gap=ANAS))
    assert need.now().value("gap") == BETOS


def test_what_was_never_touched_on_the_old_page_gives_way(
    need: Returned, old: dict[str, Any]
) -> None:
    assert need.post(need.ana, old, **{f"audience.{ROW}.region": ANAS}).status_code == 303
    now = need.now()
    assert (now.value("gap"), now.value("audience.region", ROW)) == (BETOS, ANAS)


def test_the_old_page_in_another_language_still_says_over_which_text_was_typed(
    need: Returned, old: dict[str, Any]
) -> None:
    drawn = need.post(need.ana, old, gap=ANAS, _lang="en", _stay="")
    assert drawn.status_code == 200
    again = Seen(200, drawn.text, None).fields(need.path)
    assert shows_both(need.post(need.ana, again))
    assert need.now().value("gap") == BETOS


def test_a_row_is_not_removed_by_a_page_of_the_draft_before(
    need: Returned, old: dict[str, Any]
) -> None:
    assert need.post(need.ana, old, _remove=ROW).status_code == 409
    assert need.now().rows["audience"] == [ROW]


def test_an_earlier_text_is_not_brought_back_by_a_page_of_the_draft_before(
    need: Returned,
) -> None:
    need.says(need.ana, "gap", ANAS)
    need.says(need.ana, "gap", "Otra vez otra cosa.")
    need.goes_round()
    need.says(need.beto, "gap", "Lo primero de Beto.")
    need.says(need.ana, "gap", "Lo segundo de Ana.")
    shown = need.ana.get(f"/needs/{need.need}/history?question=gap").text
    form = dict(re.findall(r'name="(event|revision)" value="([^"]+)"', shown))
    need.goes_round()
    need.says(need.beto, "gap", "Lo segundo de Beto.")
    need.says(need.beto, "gap", BETOS)
    sent = need.ana.post(
        f"/needs/{need.need}/restoration", form | need.ana.hidden(need.ana.get("/me"))
    )
    assert sent.status_code == 409
    assert need.now().value("gap") == BETOS


def test_an_answer_that_was_empty_then_and_is_now_is_simply_saved(need: Returned) -> None:
    page = need.page(need.ana)
    need.goes_round()
    assert need.put(need.ana, page, f"audience.{ROW}.region", ANAS).status_code == 200
    assert need.now().value("audience.region", ROW) == ANAS


@pytest.mark.parametrize("draft", ["", "zzzzzzzzzzzzzzzzzzzz:", "x y:", ":"])
def test_a_revision_without_its_draft_or_with_a_foreign_one_overwrites_nothing(
    need: Returned, draft: str
) -> None:
    page = need.page(need.ana)
    forged = page | {"_revision.gap": [f"{draft}1"]}
    assert need.put(need.ana, forged, "gap", ANAS).status_code in (409, 428)
    assert need.post(need.ana, forged, gap=ANAS).status_code == 409
    assert need.now().value("gap") != ANAS


def test_the_old_page_hears_that_its_draft_is_closed_and_nothing_of_the_new_one(
    need: Returned, old: dict[str, Any]
) -> None:
    shown = old["_revision.gap"][0].partition(":")[0]
    told = need.ana.get(f"/needs/{need.need}/changes?draft={shown}")
    assert (told.status_code, told.location) == (303, f"/needs/{need.need}")
    stands = need.page(need.ana)["_revision.gap"][0].partition(":")[0]
    fresh = need.ana.get(f"/needs/{need.need}/changes?draft={stands}")
    assert "gap" in [each["name"] for each in json.loads(fresh.text)["changes"]]


def test_a_page_names_its_draft_where_it_listens(need: Returned) -> None:
    stands = need.page(need.ana)["_revision.gap"][0].partition(":")[0]
    assert f'data-draft="{stands}"' in need.ana.get(need.path).text


@pytest.fixture
def emptied(need: Returned) -> dict[str, Any]:
    """Ana's page over a text that was emptied afterwards, and so stands in no later draft."""
    need.says(need.ana, f"audience.{ROW}.region", "Occidente")
    page = need.page(need.ana)
    need.says(need.beto, f"audience.{ROW}.region", "")
    need.goes_round()
    return page


REGION = f"audience.{ROW}.region"


def asks_over_nothing(answer: Any) -> bool:
    said = html.unescape(answer.text)
    return (
        answer.status_code == 409 and "data-conflict" in said and ANAS in said and "(vacío)" in said
    )


def test_a_text_over_one_that_is_empty_now_is_not_dropped_with_the_word_saved(
    need: Returned, emptied: dict[str, Any]
) -> None:
    refused = need.post(need.ana, emptied, **{REGION: ANAS})
    assert asks_over_nothing(refused)
    again = Seen(200, refused.text, None).fields(need.path)
    assert asks_over_nothing(need.post(need.ana, again)), "nothing was chosen"
    assert need.post(need.ana, again, _resolve=f"{REGION}:mine").status_code == 303
    assert need.now().value("audience.region", ROW) == ANAS


def test_the_emptiness_can_be_chosen_too(need: Returned, emptied: dict[str, Any]) -> None:
    refused = need.post(need.ana, emptied, **{REGION: ANAS})
    again = Seen(200, refused.text, None).fields(need.path)
    assert need.post(need.ana, again, _resolve=f"{REGION}:theirs").status_code == 303
    assert need.now().value("audience.region", ROW) is None


def test_a_field_saved_by_itself_asks_too_where_its_text_is_empty_now(
    need: Returned, emptied: dict[str, Any]
) -> None:
    assert asks_over_nothing(need.put(need.ana, emptied, REGION, ANAS))


def test_what_was_never_touched_is_not_brought_back_where_it_is_empty_now(
    need: Returned, emptied: dict[str, Any]
) -> None:
    assert need.post(need.ana, emptied).status_code == 303
    drawn = need.post(need.ana, emptied, _lang="en", _stay="")
    assert "Occidente" not in drawn.text
    assert need.now().value("audience.region", ROW) is None
