"""Is a reviewer led from one need to the next, within the list from which they came?"""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.access.asking import Answer
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.calls.browsing import Seen


class Reviewer:
    """The officer of the Secretariat, with what waits for review in the order of its submission."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.who = next(one for one in matrix.everybody if one.key == "st.officer")

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.matrix.app.app_context():
            return rows_of(table)

    @property
    def waiting(self) -> list[dict[str, Any]]:
        at = {row["id"]: row["certified_at"] for row in self.rows("version")}
        waiting = [row for row in self.rows("dossier")
                   if row["state"] == "submitted" and row["format_name"] == "need"]  # fmt: skip
        return sorted(waiting, key=lambda row: (at[row["latest_version_id"]], row["id"]))

    def ask(self, path: str, **data: str) -> Answer:
        return self.matrix.asker.ask(self.who, "POST" if data else "GET", path, data=data)

    def see(self, path: str) -> Seen:
        answer = self.ask(path)
        assert answer.status == 200, path
        return Seen(200, answer.body.decode(), None)

    def decide(self, need: dict[str, Any], words: str = "", **data: str) -> Seen:
        """Decide on a need, and the page that follows."""
        sent = {"version": need["latest_version_id"], **(data or {"verdict": "accept"})}
        answer = self.ask(f"/needs/{need['id']}/review{words}", **sent)
        assert answer.status == 303
        return self.see(answer.location)


@pytest.fixture(scope="module")
def reviewer(demonstration: Matrix) -> Reviewer:
    return Reviewer(demonstration)


def reviews(page: Seen) -> list[str]:
    """The reviews to which a page leads, in its order."""
    found = re.findall(r'href="(/needs/\w{20}/review[^"]*)"', page.html)
    return [html.unescape(each) for each in found]


def test_a_reason_that_is_too_long_is_told_at_its_place_with_every_text_kept(
    reviewer: Reviewer,
) -> None:
    need = reviewer.waiting[0]
    answer = reviewer.ask(f"/needs/{need['id']}/review", version=need["latest_version_id"], verdict="return",
                          **{"reason.essentials": "x" * 4001, "reason.costs": "Falta el total."})  # fmt: skip
    page = Seen(answer.status, answer.body.decode(), None)
    assert page.status == 422
    assert 'href="#reason.essentials"' in page.html
    assert 'id="error-reason.essentials"' in page.html
    assert 'id="error-reason.costs"' not in page.html
    assert "x" * 4001 in page.html
    assert "Falta el total." in page.html


def test_the_pages_of_two_neighbours_lead_to_each_other_and_say_how_many_wait(
    reviewer: Reviewer,
) -> None:
    first, second, *_ = reviewer.waiting
    page = reviewer.see(f"/needs/{first['id']}/review")
    assert reviews(page) == [f"/needs/{second['id']}/review"]
    assert f"{len(reviewer.waiting)} esperan revisión" in page.html
    assert f"/needs/{first['id']}/review" in reviews(reviewer.see(f"/needs/{second['id']}/review"))


@pytest.mark.parametrize(
    "decision",
    [{"verdict": "accept"},
     {"verdict": "return", "returned": "essentials", "reason.essentials": "Falta el plazo."}],
)  # fmt: skip
def test_after_a_decision_the_next_one_is_offered_with_how_many_wait(
    reviewer: Reviewer, decision: dict[str, str]
) -> None:
    _, second, third, *_ = waiting = reviewer.waiting
    page = reviewer.decide(second, **decision)
    assert reviews(page) == [f"/needs/{third['id']}/review"]
    assert f"{len(waiting) - 1} esperan revisión" in page.words
    later = reviewer.see(f"/needs/{second['id']}")
    assert reviews(later) == []


def test_behind_the_last_one_comes_the_first_again(reviewer: Reviewer) -> None:
    first, *_, last = reviewer.waiting
    assert reviews(reviewer.decide(last)) == [f"/needs/{first['id']}/review"]


def test_the_list_of_one_country_stays_the_list_all_the_way(reviewer: Reviewer) -> None:
    countries = {row["id"]: row["country"] for row in reviewer.rows("organisation")}
    of_country: dict[str, list[dict[str, Any]]] = {}
    for need in reviewer.waiting:
        of_country.setdefault(countries[need["organisation_id"]], []).append(need)
    country, needs = max(of_country.items(), key=lambda each: len(each[1]))
    words = f"?country={country}"
    listed = reviewer.see(f"/needs{words}")
    assert f"/needs/{needs[0]['id']}{words}" in listed.links()
    shown = reviewer.see(f"/needs/{needs[0]['id']}{words}")
    assert reviews(shown) == [f"/needs/{needs[0]['id']}/review{words}"]
    page = reviewer.see(reviews(shown)[0])
    assert f"/needs/{needs[0]['id']}/review{words}" in page.actions()
    following = [f"/needs/{each['id']}/review{words}" for each in needs[1:2]]
    assert reviews(page) == following
    assert "Solo se cuentan" in page.html
    left = needs
    while left:
        need, *left = left
        page = reviewer.decide(need, words)
        assert reviews(page) == [f"/needs/{each['id']}/review{words}" for each in left[:1]]
    assert "Nada más espera en la lista de la que usted vino" in page.words
    assert "/needs?state=submitted" in page.links()


def test_the_last_of_all_says_that_nothing_waits(reviewer: Reviewer) -> None:
    while reviewer.waiting:
        page = reviewer.decide(reviewer.waiting[0])
    assert "Nada más espera revisión." in page.words
    assert reviews(page) == []


def test_a_delegation_is_offered_no_review(reviewer: Reviewer) -> None:
    need = next(
        row
        for row in reviewer.rows("dossier")
        if row["state"] == "accepted" and row["format_name"] == "need"
    )
    who = next(one for one in reviewer.matrix.everybody
               if one.organisation_id == need["organisation_id"] and "focal_point" in one.roles)  # fmt: skip
    answer = reviewer.matrix.asker.ask(who, "GET", f"/needs/{need['id']}?reviewed=yes")
    assert b"/review" not in answer.body
