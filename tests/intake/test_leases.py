"""Is a field softly one person's at a time, whatever people do, and is nobody ever shut out?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.intake.leases import HERE, LEASE, Stand, enter, holder

BEGINNING = datetime(2004, 5, 24, 14, 0, tzinfo=UTC)
PEOPLE, PLACES = ("ana", "berta", "carmen"), ("", "title", "gap", "audience.row1.women")


@dataclass(frozen=True)
class Step:
    person: str
    place: str
    takes: bool
    after: int
    """Seconds since the step before."""


STEPS = st.lists(
    st.builds(Step, st.sampled_from(PEOPLE), st.sampled_from(PLACES), st.booleans(),
              st.integers(0, 70)),
    max_size=30,
)  # fmt: skip


@given(STEPS)
def test_whatever_people_do(steps: list[Step]) -> None:
    stands: dict[str, Stand] = {}
    now = BEGINNING
    for step in steps:
        now += timedelta(seconds=step.after)
        others = {p: s for p, s in stands.items() if p != step.person}
        held_by = holder(others, step.place, now) if step.place else None
        stands = enter(stands, step.person, "s", step.place, now, takes=step.takes)
        mine = stands[step.person]

        assert (mine.place, mine.seen_at) == (step.place, now), "nobody is kept out of a field"
        assert mine.holds == (bool(step.place) and (step.takes or held_by is None))
        held = [s.place for s in stands.values() if s.holds]
        assert len(held) == len(set(held)), "a field is one person's at a time"
        assert "" not in held, "being in no field holds nothing"
        for person, stand in others.items():
            lost = stand.holds and not stands[person].holds
            assert not lost or stand.place == step.place, (
                "only the field that was entered changes hands"
            )
            if lost and stand.is_held(now):
                assert step.takes, "what somebody holds is lost to nobody who did not ask for it"


def test_silence_frees_a_field() -> None:
    stands = enter({}, "ana", "s", "gap", BEGINNING)
    assert holder(stands, "gap", BEGINNING + LEASE - timedelta(seconds=1)) == "ana"
    assert holder(stands, "gap", BEGINNING + LEASE) is None

    stands = enter(stands, "berta", "s", "gap", BEGINNING + LEASE)
    stands = enter(stands, "ana", "s", "gap", BEGINNING + LEASE)

    assert stands["berta"].holds
    assert not stands["ana"].holds


def test_a_lease_lasts_between_two_beats_and_not_a_minute() -> None:
    assert timedelta(seconds=45) <= LEASE <= timedelta(seconds=60)
    assert LEASE <= HERE, "nobody holds a field who is not said to be here"


def test_who_stays_keeps_the_time_of_coming() -> None:
    first = enter({}, "ana", "s", "gap", BEGINNING)
    again = enter(first, "ana", "s", "gap", BEGINNING + timedelta(seconds=20))
    moved = enter(again, "ana", "s", "title", BEGINNING + timedelta(seconds=40))

    assert again["ana"].since == BEGINNING
    assert moved["ana"].since == BEGINNING + timedelta(seconds=40)
