"""Does anything that a reader may not see of a case change a byte of anything this reader can fetch?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.access.asking import Somebody
from tests.cases.exchanges import letters
from tests.cases.exchanges.eleven import Stage, on_stage
from tests.cases.exchanges.letters import Letter, Place
from tests.cases.exchanges.worlds import Played, addresses, play, questions
from tests.support.proof import Run

Proof = Callable[..., Run]
OUTSIDERS = ("st.officer", "st.coordinator", "ca.pledger", "us.reader", "iom.pledger", "ar.observer",
             "operator", "anonymous", "ppt.reader")  # fmt: skip


@pytest.fixture(scope="module")
def stage(database: Any, instance: Path) -> Iterator[Stage]:
    with on_stage(database, instance) as made:
        yield made


def sees(sent: Letter, stage: Stage, who: Somebody, place: Place) -> str:
    """How much of a place somebody may see."""
    for country, officer in stage.officers.items():
        if officer is who:
            return letters.sight(sent, country, place)
    if who.kind == "secretariat":
        return letters.seen_by_secretariat(sent, place)
    return letters.NONE


def readers_of(chance: random.Random, sent: Letter, stage: Stage) -> list[Somebody]:
    """Whoever it reached, and some whom it did not."""
    reached = [stage.officers[country] for country in sent.readers]
    others = [officer for country, officer in sorted(stage.officers.items())
              if country not in (sent.sender, *sent.readers)]  # fmt: skip
    colleagues = [who for who in stage.cast.everybody if who.is_signed_in and who not in reached
                  and who.organisation_id == stage.organisations[sent.sender]
                  and who is not stage.officers[sent.sender]]  # fmt: skip
    outside = [stage.cast.of[key] for key in chance.sample(OUTSIDERS, 2)]
    return [*reached, chance.choice(others), *colleagues[:1], *outside]


def test_what_a_reader_may_not_see_changes_no_byte(stage: Stage, proof: Proof) -> None:
    run = proof(
        f"non-interference-{stage.database.kind}",
        what="A communication of chance goes from one of eleven countries to others, by rules of chance, and is"
        " passed on, opened and answered. It is played twice on the same database, with the same chance and"
        " clock; the second time answers that a reader may not see (by the design, written down once more) are"
        " others or none. Each such reader gets the same bytes at every address asked: status, headers, body",
        full=120, sample=6,
    )  # fmt: skip
    known = addresses(stage)
    for chance in run.cases():
        sent = letters.letter(chance, stage)
        readers = readers_of(chance, sent, stage)
        change = other_answers(chance, sent, stage, chance.choice(readers))
        others = letters.with_case(sent, change.case)
        asked = questions(chance, known, _words(change.changed))
        before, after = (play(stage, each, readers, asked) for each in (sent, others))
        for who in readers:
            hidden = [
                letters.is_as_before(sees(sent, stage, who, place), place, one, other)
                for place, one, other in change.changed
            ]
            if all(hidden):
                assert differing(before, after, who) == [], (
                    who,
                    [p.name for p, _, _ in change.changed],
                )
                run.count("values changed before a reader", len(hidden))
                run.count("answers compared", len(before.seen[str(who)]))
        run.count("values changed", len(change.changed))


def other_answers(
    chance: random.Random, sent: Letter, stage: Stage, target: Somebody
) -> letters.Change:
    """The case with other answers at most places of which the target sees no more than before."""

    def is_allowed(place: Place, before: Any, after: Any) -> bool:
        return letters.is_as_before(sees(sent, stage, target, place), place, before, after)

    return letters.changed(chance, sent, is_allowed)


def differing(before: Played, after: Played, who: Somebody) -> list[Any]:
    """The addresses whose bytes are not the same, and where."""
    one, other = before.seen[str(who)], after.seen[str(who)]
    found: list[Any] = list(one.keys() ^ other.keys())
    for key in one.keys() & other.keys():
        if one[key] != other[key]:
            at = next(
                (n for n, (x, y) in enumerate(zip(one[key], other[key], strict=False)) if x != y),
                -1,
            )
            found.append(
                (key, one[key][max(at - 150, 0) : at + 80], other[key][max(at - 50, 0) : at + 80])
            )
    return found


def _words(changed: list[Any]) -> list[str]:
    return [each for _place, *both in changed for each in both if isinstance(each, str)]


def test_a_further_reservation_never_shows_more(stage: Stage, proof: Proof) -> None:
    run = proof(
        f"reservations-only-take-{stage.database.kind}",
        what="A communication of chance is played under rules of chance, and again with some more: each can"
        " be certified, and no reader finds a word in it that was not there before",
        full=60, sample=2,
    )  # fmt: skip
    known = addresses(stage)
    for chance in run.cases():
        sent = letters.letter(chance, stage)
        readers = readers_of(chance, sent, stage)
        near = (sent.sender, *sent.readers)
        more = tuple(letters.a_rule(chance, near) for _ in range(chance.choice((1, 2))))
        asked = questions(chance, known, [])
        fewer_rules = play(stage, sent, readers, asked)
        more_rules = play(stage, replace(sent, rules=sent.rules + more), readers, asked)
        for who in readers:
            assert more_rules.words(str(who)) <= fewer_rules.words(str(who)), (who, more)
            run.count("words seen", len(fewer_rules.words(str(who))))
            run.count("words taken", len(fewer_rules.words(str(who)) - more_rules.words(str(who))))
