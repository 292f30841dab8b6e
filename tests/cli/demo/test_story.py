"""Does the story of the demonstration hold together, and does it say what in it is invented?"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
import yaml

from app.cli.demo import seed, story
from app.cli.demo.drafts import raw_of
from app.cli.demo.people import SEATS
from app.cli.demo.story import BadStory, acts, instant
from app.formats.projection import releasable, withholdable
from app.needs.format import NEED

MARK = re.compile(r"demostraci[oó]n|demonstration", re.IGNORECASE)
FUNCTIONS = [act for act in acts() if act.file != "story.yaml"]
BY_DO = {do: [act for act in acts() if act.do == do] for do in {act.do for act in acts()}}


def test_acts_follow_each_other_and_end_before_the_demonstration_begins():
    assert all(before.at <= after.at for before, after in pairwise(acts()))
    assert acts()[0].at > seed.FOUNDED_AT
    assert acts()[-1].at < instant("2004-05-24 09:00")


def test_everybody_who_acts_has_a_seat_and_every_act_is_known():
    seated = {seat.key for seat in SEATS} | {"st.coordinator", ""}
    assert {act.by for act in acts()} <= seated
    assert {act.do for act in acts()} == {*seed.VERBS, *seed.BY_ITSELF}


def test_nobody_writes_outside_the_hours_of_an_office():
    drafted = [act.at for act in FUNCTIONS]
    assert {at.weekday() for at in drafted} <= {0, 1, 2, 3, 4}
    assert all(8 <= at.hour < 18 for at in drafted)


def test_each_delegation_writes_only_its_own_needs():
    for act in FUNCTIONS:
        of = act.by.split(".")[0]
        assert of == "st" or act.of.startswith(f"{of}-"), act


def test_a_country_gives_each_place_in_its_ranking_once():
    ranks = Counter()
    for act in BY_DO["write"]:
        if act.given["call"] == "2004" and (rank := act.given["answers"].get("urgency_rank")):
            ranks[act.of.split("-")[0], str(rank)] += 1
    assert ranks
    assert max(ranks.values()) == 1


def test_what_is_released_or_withheld_can_be():
    may_release, may_withhold = releasable(NEED), withholdable(NEED, "sponsors")
    for act in BY_DO["certify"]:
        assert set(act.given.get("released", ())) <= set(may_release), act
        assert set(act.given.get("withheld", ())) <= set(may_withhold), act


def test_every_kind_of_consent_is_given():
    given = {(act.given["members"], act.given["sponsors"]) for act in BY_DO["certify"]}
    assert given >= {("named", "named"), ("named", "unnamed"), ("named", "none"),
                     ("unnamed", "unnamed"), ("unnamed", "none"), ("none", "none")}  # fmt: skip
    assert any(act.given.get("withheld") for act in BY_DO["certify"])


def test_each_grid_of_amounts_says_that_they_are_invented():
    grids = [act.given["answers"]["costs"] for act in BY_DO["write"]
             if "costs" in act.given["answers"]]  # fmt: skip
    assert len(grids) >= 5
    for grid in grids:
        assert any(MARK.search(cells.get("note", "")) for cells in grid.values()), grid


@pytest.mark.parametrize("do", ["send-summary", "ask", "respond", "note-contact"])
def test_what_secretariat_and_sponsors_say_to_each_other_is_marked_as_invented(do):
    said = {"send-summary": "why", "ask": "text", "respond": "reason", "note-contact": "note"}[do]
    assert all(MARK.search(act.given[said]) for act in BY_DO[do])


def test_texts_of_calls_and_editions_are_marked_in_both_languages():
    for act in BY_DO["create-call"]:
        assert MARK.search(act.given["guidance_es"]), act
        assert MARK.search(act.given["guidance_en"]), act
    for act in BY_DO["write-edition"]:
        assert MARK.search(act.given["introduction_es"]), act
        assert MARK.search(act.given["introduction_en"]), act


def test_needs_name_functions_and_no_persons():
    surnames = {word for seat in SEATS for word in seat.name.split()[1:]}
    for path in (story.HERE / "needs").glob("*.yaml"):
        found = surnames & set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        assert not found, (path.name, found)


@pytest.mark.parametrize(
    ("said", "raw"),
    [
        ("12", ["12"]),
        (12, ["12"]),
        (["T1", "T2"], ["T1", "T2"]),
        ({"hours": 6, "unit": "days", "count": 4}, ["4", "days", "6"]),
    ],
)
def test_an_answer_becomes_what_a_browser_would_post(said, raw):
    assert raw_of(said) == raw


@pytest.mark.parametrize(
    "act",
    [{"by": "st.officer", "do": "accept"}, {"at": "19 May", "do": "accept"}, {"at": 3, "do": "a"},
     {"at": "2004-05-19 09:00"}],
)  # fmt: skip
def test_an_act_without_hour_or_verb_is_named_with_its_file(tmp_path, act):
    path = tmp_path / "broken.yaml"
    path.write_text(yaml.safe_dump({"acts": [{"of": "some-need", **act}]}))
    with pytest.raises(BadStory, match=r"broken\.yaml: some-need"):
        list(story._of_the_secretariat(path))
