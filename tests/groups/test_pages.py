"""Do the pages of groups lead from a proposal to a group, and do what they say?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.extensions import db
from app.groups import searching
from app.groups.gathering import FACT
from app.needs import facts as need_facts
from app.policy.actor import Actor
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.reports.accepted import Accepted, Written, answers

Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def st(settled: Settled) -> Actor:
    return settled["st"]


@pytest.fixture
def call_id(settled: Settled, stored: Stored) -> str:
    """A call with two similar needs, a near miss, and one whose country wants its own course."""

    def write() -> str:
        accepted = Accepted(settled)
        call = accepted.call()
        window = {"window_to": "2004-12-31", "joint_course": True}
        accepted.needs(call, [
            [Written(country="HN", answers=answers("Primera", **window))],
            [Written(country="GT", answers=answers("Segunda", **window))],
            [Written(country="SV", answers=answers("Tardía", window_from="2005-02-01"))],
            [Written(country="NI", answers=answers("Propia", joint_course=False))],
        ])  # fmt: skip
        return call.id

    return stored(write)


@pytest.fixture
def looked(app: Flask, call_id: str) -> str:
    """The call, once its similar needs were looked for by the job."""
    with app.app_context():
        searching.continue_all()
    return call_id


@pytest.fixture
def group_url(reader: Reader, st: Actor, looked: str) -> str:
    page = reader.as_(st).get(f"/groups/proposals?call={looked}")
    (take,) = (action for action in page.actions() if action.endswith("/group"))
    sent = reader.send(take, page.fields(take))
    assert sent.status == 303
    return str(sent.location)


def need_ids(stored: Stored) -> dict[str, str]:
    rows = stored(lambda: db.session.execute(db.select(FACT.c.title, FACT.c.need_id)).all())
    return dict(tuple(row) for row in rows)


def test_a_proposal_is_shown_with_its_reasons_and_its_near_misses(
    reader: Reader, st: Actor, looked: str
) -> None:
    words = reader.as_(st).get(f"/groups/proposals?call={looked}").words
    assert "2 needs · Guatemala, Honduras · 40 participants" in words
    assert "Profile in common: Prosecutors." in words
    assert "Dates in common: until 31 December 2004." in words
    assert "The dates: from 1 February 2005 on; the others until 31 December 2004." in words
    assert "Its country prefers a course of its own, without other countries." in words
    assert "1 of them is not proposed" in words


def test_before_anything_was_looked_for_the_page_says_so_and_offers_it(
    reader: Reader, st: Actor, call_id: str, app: Flask
) -> None:
    page = f"/groups/proposals?call={call_id}"
    assert "Nothing was looked for yet." in reader.as_(st).get(page).words
    reader.submit(page, f"/groups/calls/{call_id}/search")
    assert "Similar needs are being looked for." in reader.get(page).words
    with app.app_context():
        searching.search(call_id)
    assert "Similar needs are being looked for." not in reader.get(page).words


def test_a_proposal_becomes_a_group_without_any_typing(
    reader: Reader, st: Actor, group_url: str, looked: str
) -> None:
    page = reader.as_(st).get(group_url)
    assert page.title == "Detection and indicators · Prosecutors"
    assert "Primera" in page.words
    assert "participants 40" in page.words
    assert "No proposal waits for a word." in reader.get(f"/groups/proposals?call={looked}").words
    assert group_url in reader.get("/groups").links()


def test_a_proposal_put_aside_can_be_brought_back(reader: Reader, st: Actor, looked: str) -> None:
    here = f"/groups/proposals?call={looked}"
    page = reader.as_(st).get(here)
    (aside,) = (action for action in page.actions() if action.endswith("/dismissal"))
    reader.send(aside, page.fields(aside))
    assert "1 proposal put aside" in reader.get(here).words
    reader.send(aside, reader.get(f"{here}&aside=yes").fields(aside), back="yes")
    assert aside in reader.get(here).actions()


def test_a_group_is_named_filled_split_merged_and_dissolved(
    reader: Reader, st: Actor, group_url: str, stored: Stored
) -> None:
    ids = need_ids(stored)
    reader.as_(st).submit(f"{group_url}/name", name_es="Entrevista", name_en="Interview")
    assert reader.get(group_url).title == "Interview"
    page = reader.get(f"{group_url}/needs?all=yes")
    assert "Does not fit. The dates:" in page.words
    reader.submit(f"{group_url}/needs?all=yes", needs=[ids["Tardía"]])
    assert "There are no dates on which all can." in reader.get(group_url).words
    sent = reader.submit(f"{group_url}/split", needs=[ids["Tardía"]], becomes="group")
    assert sent.location != group_url
    assert "Tardía" in reader.get(str(sent.location)).words
    assert "Tardía" not in reader.get(group_url).words
    other = str(sent.location).rsplit("/", 1)[1]
    assert reader.submit(f"{group_url}/merge", group=other).status == 303
    assert "Tardía" in reader.get(group_url).words
    assert group_url in reader.get(str(sent.location)).links()
    assert reader.submit(f"{group_url}/dissolution").status == 303
    assert "dissolved it" in reader.get(group_url).words
    assert reader.get(f"{group_url}/name", status=303).location == group_url


@pytest.mark.parametrize(
    ("page", "form", "message"),
    [
        ("name", {"name_es": "", "name_en": "Other"}, "Write the name in both languages."),
        ("split", {}, "Choose at least one need."),
        ("merge", {"group": "nothing"}, "Choose another group."),
        ("needs", {"needs": ["nothing"]}, "This need is not in force"),
    ],
)
def test_what_cannot_be_done_is_said_at_its_place(
    reader: Reader, st: Actor, group_url: str, page: str, form: dict[str, Any], message: str
) -> None:
    keys = reader.as_(st).get(f"{group_url}/name").fields(f"{group_url}/name")
    typed = {"name_es": None, "name_en": None, **form}
    sent = reader.send(f"{group_url}/{page}", keys, **typed)
    assert sent.status in (409, 422)
    assert message in sent.words


def test_a_refused_split_shows_the_group_as_it_stands_with_what_was_chosen(
    reader: Reader, st: Actor, group_url: str, stored: Stored
) -> None:
    primera = need_ids(stored)["Primera"]
    sent = reader.as_(st).submit(f"{group_url}/split", needs=[primera], becomes="group",
                                 name_es="", name_en="Other")  # fmt: skip
    assert sent.status == 422
    assert "Write the name in both languages." in sent.words
    assert sent.fields(f"{group_url}/split")["needs"] == [primera]
    assert "Primera" in reader.get(group_url).words


def test_a_name_typed_on_an_old_page_is_kept_there_and_not_saved(
    reader: Reader, st: Actor, group_url: str
) -> None:
    page = f"{group_url}/name"
    old = reader.as_(st).get(page).fields(page)
    reader.submit(page, name_es="Entrevista", name_en="Interview")
    again = reader.send(page, old, name_es="Otro", name_en="Other")
    assert again.status == 409
    assert "Somebody changed the group after you opened this page." in again.words
    assert again.fields(page)["name_en"] == ["Other"]
    assert reader.get(group_url).title == "Interview"
    assert reader.send(page, again.fields(page)).status == 303
    assert reader.get(group_url).title == "Other"


def test_a_group_is_read_as_it_stood(
    reader: Reader, st: Actor, group_url: str, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = need_ids(stored)
    later = MORNING + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    reader.as_(st).submit(f"{group_url}/split", needs=[ids["Primera"]])
    assert "Primera" not in reader.get(group_url).words
    past = reader.get(f"{group_url}?as_of={MORNING.isoformat().replace('+', '%2B')}")
    assert "As it stood on" in past.words
    assert "Primera" in past.words
    for nonsense in ("yesterday", "2004-05-24T14:00:00", "2090-01-01T00:00:00%2B00:00"):
        reader.get(f"{group_url}?as_of={nonsense}", status=404)


def test_a_need_leads_to_its_group_its_proposal_or_the_reason_for_neither(
    reader: Reader, st: Actor, looked: str, stored: Stored
) -> None:
    ids = need_ids(stored)
    led = reader.as_(st).get(f"/groups/of/{ids['Primera']}", status=303)
    assert "/groups/proposals/" in str(led.location)
    assert "prefers a course of its own" in reader.get(f"/groups/of/{ids['Propia']}").words
    assert "no other country's need was found" in reader.get(f"/groups/of/{ids['Tardía']}").words
    reader.submit(str(led.location), f"{led.location}/group")
    led = reader.get(f"/groups/of/{ids['Primera']}", status=303)
    assert "Primera" in reader.get(str(led.location)).words


def test_a_withdrawn_need_stays_visible_in_its_group_and_counts_no_more(
    reader: Reader, st: Actor, group_url: str, stored: Stored
) -> None:
    stored(lambda: need_facts.close(need_ids(stored)["Primera"], MORNING))
    page = reader.as_(st).get(group_url)
    assert "withdrawn" in page.words
    assert "participants 20" in page.words


def test_what_has_not_changed_is_not_looked_for_again(
    app: Flask, looked: str, monkeypatch: pytest.MonkeyPatch, stored: Stored
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(searching, "search", asked.append)
    with app.app_context():
        searching.continue_all()
    assert asked == []
    stored(lambda: need_facts.close(need_ids(stored)["Primera"], MORNING))
    with app.app_context():
        searching.continue_all()
    assert asked == [looked]


def test_a_search_that_fails_says_so_and_can_be_asked_for_again(
    app: Flask, reader: Reader, st: Actor, call_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError

    with monkeypatch.context() as during, app.app_context():
        during.setattr(searching, "propose", broken)
        searching.continue_all()
    with monkeypatch.context() as after, app.app_context():
        asked: list[str] = []
        after.setattr(searching, "search", asked.append)
        searching.continue_all()
    assert asked == []  # nothing changed since, and nobody asked
    page = f"/groups/proposals?call={call_id}"
    assert "The search did not come to an end." in reader.as_(st).get(page).words
    reader.submit(page, f"/groups/calls/{call_id}/search")
    with app.app_context():
        searching.search(call_id)
    assert "2 needs" in reader.get(page).words


def test_a_search_whose_claim_another_job_has_by_now_writes_nothing(
    app: Flask, reader: Reader, st: Actor, call_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = clock.real_now
    compare = searching.propose

    def overtaken(*needs: Any, **told: Any) -> Any:
        """The job sleeps until its claim has ended, and another one does the work."""
        monkeypatch.setattr(searching, "propose", compare)
        monkeypatch.setattr(clock, "real_now", lambda: really() + searching.CLAIM * 2)
        searching.search(call_id)
        return ()

    page = f"/groups/proposals?call={call_id}"
    reader.as_(st).submit(page, f"/groups/calls/{call_id}/search")
    monkeypatch.setattr(searching, "propose", overtaken)
    with app.app_context():
        searching.search(call_id)
    assert "2 needs" in reader.get(page).words


def test_a_search_that_is_lost_again_and_again_is_given_up(
    app: Flask, reader: Reader, st: Actor, call_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise SystemExit

    really = clock.real_now
    page = f"/groups/proposals?call={call_id}"
    reader.as_(st).submit(page, f"/groups/calls/{call_id}/search")
    monkeypatch.setattr(searching, "propose", killed)
    with app.app_context():
        for later in range(searching.TRIES + 1):
            monkeypatch.setattr(clock, "real_now",
                                lambda n=later: really() + searching.CLAIM * 2 * n)  # fmt: skip
            with suppress(SystemExit):
                searching.continue_all()
        assert "The search did not come to an end." in reader.get(page).words
        searching.continue_all()
    assert "The search did not come to an end." in reader.get(page).words
