"""Does a conversation stand on the desk of whoever is waited for, and nowhere else?"""

from __future__ import annotations

import pytest

from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.test_comments import BOTH, OURS, Talk


@pytest.fixture(scope="module")
def talk(demonstration: Matrix) -> Talk:
    return Talk(demonstration, "submitted")


def waits(talk: Talk, key: str, text: str) -> bool:
    return text in talk.see(key, "/")


def test_whoever_is_addressed_finds_it_until_it_is_settled(talk: Talk) -> None:
    said = talk.say("hn.contributor", "¿La firma usted?", OURS,
                    mentioned=[talk.who("hn.focal").person_id])  # fmt: skip
    assert waits(talk, "hn.focal", "¿La firma usted?")
    assert "dirigido a usted" in talk.see("hn.focal", "/")
    for other in ("hn.contributor", "st.officer", "mx.focal"):
        assert not waits(talk, other, "¿La firma usted?")
    talk.send("hn.focal", f"/needs/comments/{said['id']}/resolution", act="resolve")
    assert not waits(talk, "hn.focal", "¿La firma usted?")


def test_what_the_other_side_began_waits_until_somebody_answers(talk: Talk) -> None:
    said = talk.say("hn.contributor", "¿Cuándo lo revisan?", BOTH)
    assert waits(talk, "st.officer", "¿Cuándo lo revisan?")
    assert waits(talk, "st.coordinator", "¿Cuándo lo revisan?")
    assert not waits(talk, "hn.focal", "¿Cuándo lo revisan?")
    talk.send("st.officer", f"/needs/comments/{said['id']}", text="Mañana")
    assert not waits(talk, "st.coordinator", "¿Cuándo lo revisan?")


def test_what_was_withdrawn_waits_for_nobody(talk: Talk) -> None:
    said = talk.say("hn.contributor", "Ya no importa", BOTH)
    talk.send("hn.contributor", f"/needs/comments/{said['id']}/withdrawal")
    assert not waits(talk, "st.officer", "Ya no importa")
