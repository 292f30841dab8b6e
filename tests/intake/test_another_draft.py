"""A page still shows a draft that was certified; the need was returned and opened again. Is anything lost?"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask import Flask

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.intake.answers import Written, written
from app.intake.models import Draft
from tests.accounts.house import Browser, House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.calls.browsing import Seen
from tests.intake.placing import ESSENTIALS, ROW, Stage

ANAS, BETOS = "Lo que Ana escribió en su página vieja.", "Lo que Beto escribió en el nuevo."
BEGUN = "Entrevista"


class Returned:
    """A need whose draft Ana has open in a window; Beto works with it as it stands now."""

    def __init__(self, app: Flask, house: House) -> None:
        self.stage = Stage(app, house)
        self.need = self.stage.place("draft").need
        self.path = f"/needs/{self.need}/sections/{ESSENTIALS}"
        self.ana = Browser(app).be(house, "hn.contributor")
        self.beto = Browser(app).be(house, "hn.focal")

    def page(self, who: Browser) -> dict[str, Any]:
        """What the form of the section would send as it stands now, with a key of its own."""
        shown = who.get(self.path)
        assert shown.status_code == 200
        return Seen(200, shown.text, None).fields(self.path) | who.hidden(shown)

    def put(self, who: Browser, page: dict[str, Any], name: str, words: str) -> Any:
        """Save one answer as the script does, from a page that was opened at some time."""
        kept = {each: page[each] for each in ("csrf_token", "_acting", f"_revision.{name}")}
        path = f"/needs/{self.need}/answers/{name.replace('.', '/')}"
        return who.client.put(path, data=kept | {name: words} | who.hidden(who.get("/me")))

    def post(self, who: Browser, page: dict[str, Any], **changes: str) -> Any:
        """Send a page that was opened at some time."""
        return who.post(self.path, page | {"_stay": "1"} | changes | who.hidden(who.get("/me")))

    def says(self, who: Browser, name: str, words: str) -> None:
        assert self.put(who, self.page(who), name, words).status_code == 200

    def goes_round(self) -> None:
        """It is certified, returned, and opened again: its answers stand in a new draft."""
        for step in (Stage.certify, Stage.return_it, Stage.reopen):
            with self.stage.app.app_context(), committed():
                step(self.stage, self.need)

    def now(self) -> Written:
        with self.stage.app.app_context(), transaction(writing=False) as session:
            return written(session.scalars(self._open()).one())

    def title(self) -> str:
        """What lists call it."""
        with self.stage.app.app_context(), transaction(writing=False) as session:
            return session.scalars(self._open()).one().title

    def _open(self) -> Any:
        return db.select(Draft).where(Draft.dossier_id == self.need, Draft.closed_at.is_(None))


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
