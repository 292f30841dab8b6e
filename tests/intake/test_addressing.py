"""Can every colleague be addressed in a comment, however many there are, on a page that stays short?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app import clock
from app.accounts.models import Person
from app.db.base import new_id
from app.db.transactions import transaction
from app.extensions import db
from app.intake.comments.addressing import SHOWN
from app.organisations.models import Membership
from tests.access.matrix import Matrix
from tests.access.things import rows_of
from tests.access.world import demonstration as demonstration
from tests.intake.test_comments import OURS, Talk

LAST, SISTER = "Zoila Última Núñez", "Zoila Última Ortega"
NAMESAKE = "Zulema Dos Veces"


@pytest.fixture(scope="module")
def large(demonstration: Matrix) -> Iterator[Talk]:
    """A delegation with more people than the list has room for."""
    talk = Talk(demonstration, "submitted")
    names = [f"Colega {number:03d}" for number in range(SHOWN)]
    with demonstration.app.app_context(), transaction(writing=True) as session:
        for number, name in enumerate((*names, LAST, SISTER, NAMESAKE, NAMESAKE)):
            person = Person(id=f"large{number:015d}", name=name, email=f"large{number}@example.org",
                            fs_uniquifier=new_id(), created_at=clock.now())  # fmt: skip
            session.add(person)
            session.flush()
            session.add(Membership(id=new_id(), person_id=person.id, role="contributor",
                                   organisation_id=talk.who("hn.focal").organisation_id,
                                   created_at=clock.now()))  # fmt: skip
    yield talk
    with demonstration.app.app_context(), transaction(writing=True) as session:
        gone = db.update(Person).where(Person.id.startswith("large"))
        session.execute(gone.values(active=False))


def mentioned(talk: Talk, comment_id: str) -> list[str]:
    with talk.matrix.app.app_context():
        return sorted(row["person_name"] for row in rows_of("comment_mention")
                      if row["comment_id"] == comment_id)  # fmt: skip


def boxes(page: str) -> list[str]:
    return re.findall(r'name="mentioned"[^>]*value="([^"]+)"', page)


def test_the_list_stays_short_and_a_name_may_be_written_beside_it(large: Talk) -> None:
    page = large.see("hn.contributor")
    assert len(boxes(page)) == SHOWN
    assert LAST not in page
    assert 'name="others"' in page


@pytest.mark.parametrize("typed", [LAST, "zoila ultima nunez", f"  {LAST.upper()}\r\n\r\n"])
def test_whoever_is_not_in_the_list_is_addressed_by_name(large: Talk, typed: str) -> None:
    said = large.say("hn.contributor", f"Para usted: {typed!r}", others=typed)
    assert mentioned(large, said["id"]) == [LAST]


def test_the_list_and_names_go_together(large: Talk) -> None:
    first = boxes(large.see("hn.contributor"))[0]
    said = large.say("hn.contributor", "Para dos", mentioned=[first], others=LAST)
    assert len(mentioned(large, said["id"])) == 2


def test_a_name_that_could_be_several_brings_them_into_the_list_to_be_ticked(large: Talk) -> None:
    asked = {"text": "¿Cuál de las dos?", "circle": OURS, "others": "zoila última"}
    refused = large.send("hn.contributor", large.place(), **asked)
    page = refused.body.decode()
    assert refused.status == 422
    assert "no es el nombre completo de un solo colega" in page
    assert "¿Cuál de las dos?</textarea>" in page
    assert LAST in page
    assert SISTER in page
    assert len(boxes(page)) == SHOWN + 2
    (sister,) = [each for each in boxes(page)[:2] if each.endswith(f"{SHOWN + 1}")]

    said = large.say("hn.contributor", asked["text"], mentioned=[sister], others=asked["others"])
    assert mentioned(large, said["id"]) == [SISTER]


def test_a_doubt_is_not_settled_by_another_name_that_was_written(large: Talk) -> None:
    asked = {"text": "A las dos", "circle": OURS, "others": f"{LAST}\nzoila última"}
    refused = large.send("hn.contributor", large.place(), **asked)
    assert refused.status == 422
    assert "no es el nombre completo de un solo colega" in refused.body.decode()


def test_namesakes_are_told_apart_by_their_address(large: Talk) -> None:
    refused = large.send("hn.contributor", large.place(), text="Una", circle=OURS, others=NAMESAKE)
    page = refused.body.decode()
    assert refused.status == 422
    for number in (SHOWN + 2, SHOWN + 3):
        assert f"large{number}@example.org" in page


@pytest.mark.parametrize("typed", ["Nadie De Aquí", "Rosa", "%", "\n".join([LAST] * 11)])
def test_a_name_of_nobody_here_is_refused_at_its_place(large: Talk, typed: str) -> None:
    answer = large.send("hn.contributor", large.place(), text="A nadie", circle=OURS, others=typed)
    assert answer.status == 422
    assert 'id="error-others"' in answer.body.decode()
    with large.matrix.app.app_context():
        assert "A nadie" not in [row["text"] for row in rows_of("comment")]


def test_a_small_delegation_is_asked_for_no_names(demonstration: Matrix) -> None:
    assert 'name="others"' not in Talk(demonstration, "submitted").see("st.officer")
