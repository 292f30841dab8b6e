"""Is a host, a day or a dollar that a planned course uses offered to no other?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.bundling import record
from app.bundling.world import Host, Share, Span, Sponsor
from app.calls.models import Call
from app.db.base import new_id
from app.extensions import db
from app.funding.bundles import actions, computing, queries, remaining
from app.funding.bundles.actions import Unfit
from app.funding.bundles.inputs import Inputs
from app.funding.bundles.used import Hosted, Used
from app.funding.courses import actions as courses
from app.funding.courses.models import Course
from app.funding.offers.models import Offer, OfferMove
from app.funding.pledges.models import Pledge, PledgeLine
from app.policy.actor import Actor
from app.web.refusal import Refusal
from tests.bundles.conftest import HOSTING, Region, opened
from tests.bundles.test_proposals import ASKED, Stored, gathered, made
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled

__all__ = ["made"]


def another(app: Flask, region: Region, st: Actor, stored: Stored) -> str:
    key = str(stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id))
    with app.app_context():
        computing.compute(key)
    return key


def adopt(st: Actor, key: str, stored: Stored) -> str:
    return str(stored(lambda: actions.adopt(st, queries.get(st, key), 1).id))


def cancel(course_id: str) -> None:
    db.session.execute(
        db.update(Course.__table__).where(Course.id == course_id).values(state="cancelled")
    )


def told(found: Inputs) -> str:
    return " ".join(each["es"] for each in found.kept["left_out"])


class TestWhatAdoptedCoursesUse:
    def test_a_host_for_one_time_and_the_money_are_used_by_the_course_that_was_adopted(
        self, made: str, region: Region, st: Actor, stored: Stored
    ) -> None:
        course = adopt(st, made, stored)
        found = stored(lambda: gathered(st, region))
        assert found.world.hosts == ()
        [sponsor] = found.world.sponsors
        assert "participants_food" not in {share.line for share in sponsor.shares}
        assert "ya es la sede de" in told(found)
        assert "se cuenta lo que queda" in told(found)
        stored(lambda: cancel(course))
        found = stored(lambda: gathered(st, region))
        assert [host.key for host in found.world.hosts] == [region.host]
        assert "ya es la sede" not in told(found)

    def test_a_standing_host_holds_one_course_fewer_and_not_on_the_same_days(
        self, made: str, region: Region, st: Actor, stored: Stored, settled: Settled
    ) -> None:
        standing = replace(HOSTING, title="Cada año", kind="standing")
        stored(lambda: opened(region.host_owner, standing, settled["st"].person_id))
        adopt(st, made, stored)
        found = stored(lambda: gathered(st, region, replace(ASKED, courses_of_host=2)))
        [host] = found.world.hosts
        assert host.key != region.host
        assert host.windows == (Span(date(2004, 9, 7), date(2004, 9, 30)),)

    def test_two_proposals_of_one_host_become_one_course(
        self, app: Flask, made: str, region: Region, st: Actor, stored: Stored, reader: Reader
    ) -> None:
        other = another(app, region, st, stored)
        adopt(st, made, stored)
        with pytest.raises(Refusal):
            adopt(st, other, stored)
        path = f"/bundles/{other}/courses/1"
        refused = reader.as_(st).submit(path, path)
        assert refused.status == 422
        assert "Pida que los cursos se calculen de nuevo" in refused.words
        assert (
            stored(lambda: db.session.scalar(db.select(db.func.count()).select_from(Course))) == 1
        )

    def test_the_same_money_is_not_adopted_twice(
        self, app: Flask, made: str, region: Region, st: Actor, stored: Stored
    ) -> None:
        other = another(app, region, st, stored)

        def spend() -> None:
            plan = record.plan_of(queries.get(st, made).result)
            course = courses.create(st, title_es="C", title_en="C", as_in_2004=False)
            db.session.add(actions.BundleAdoption(
                bundle_id=made, place=1, course_id=course.id, host_offer_id=region.host, seats={},
                payments=actions._of_sponsors(plan.courses[0]), adopted_by=st.person_id,
                adopted_at=MORNING,
            ))  # fmt: skip

        stored(spend)
        with pytest.raises(Unfit) as fault:
            adopt(st, other, stored)
        assert "de nuevo" in fault.value.faults[-1][1].es


class TestWhatOtherCoursesUse:
    def test_a_course_made_by_hand_uses_the_one_time_offer_of_its_host(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        stored(lambda: plan(st, region, host_id=region.host_owner))
        found = stored(lambda: gathered(st, region))
        assert found.world.hosts == ()
        assert "ya es la sede de" in told(found)

    def test_what_was_pledged_is_taken_off_what_was_offered(
        self, region: Region, st: Actor, stored: Stored, settled: Settled
    ) -> None:
        def pledge() -> None:
            key = new_id()
            db.session.add(Pledge(
                id=key, course_id=plan(st, region), organisation_id=settled.id("ca-sponsor"),
                role="sponsor", state="offered", round=1, created_by=st.person_id, created_at=MORNING,
            ))  # fmt: skip
            db.session.flush()
            db.session.add(PledgeLine(
                id=new_id(), pledge_id=key, round=1, line="participants_food", form="cash",
                amount=Decimal(400), currency="USD", rate="1", rate_day=None, usd=Decimal(400),
            ))  # fmt: skip

        stored(pledge)
        found = stored(lambda: gathered(st, region))
        [sponsor] = found.world.sponsors
        food = {share.line: share.amount for share in sponsor.shares}["participants_food"]
        assert food == 75_000 - 40_000


def plan(st: Actor, region: Region, **terms: Any) -> str:
    course = courses.create(st, title_es="C", title_en="C", as_in_2004=False)
    said = courses.Terms(title_es="C", title_en="C", **terms)
    courses.edit(st, course, terms=said, revision=course.revision)
    return course.id


class TestWhenItIsAdopted:
    def test_a_host_that_withdrew_its_offer_is_not_planned_with(
        self, made: str, region: Region, st: Actor, stored: Stored
    ) -> None:
        stored(lambda: withdraw(region.host))
        with pytest.raises(Refusal):
            adopt(st, made, stored)
        assert (
            stored(lambda: db.session.scalar(db.select(db.func.count()).select_from(Course))) == 0
        )

    def test_the_page_says_that_what_is_offered_has_changed(
        self, made: str, region: Region, st: Actor, stored: Stored, reader: Reader
    ) -> None:
        words = "cambió desde que se calculó"
        assert words not in reader.as_(st).get(f"/bundles/{made}").words
        adopt(st, made, stored)
        assert words not in reader.get(f"/bundles/{made}").words
        stored(lambda: withdraw(region.host))
        assert words in reader.get(f"/bundles/{made}").words


def withdraw(offer_id: str) -> None:
    offer = Offer.__table__
    db.session.execute(db.update(offer).where(offer.c.id == offer_id).values(state="withdrawn"))
    move = db.session.scalars(db.select(OfferMove).where(OfferMove.offer_id == offer_id)).one()
    db.session.add(OfferMove(
        organisation_id=move.organisation_id, offer_id=offer_id, number=2, verb="withdraw",
        state="withdrawn", edition=1, valid_until=move.valid_until, content=move.content, reason="…",
        by=move.by, by_name="…", at=MORNING,
    ))  # fmt: skip


SEPTEMBER = Span(date(2004, 9, 1), date(2004, 9, 30))


def hosted(offer: str | None = None, **more: Any) -> Hosted:
    usual: dict[str, Any] = {"reference": "C1", "host_id": "mx", "is_ahead": True, "lang": "es",
                             "first": date(2004, 9, 6), "last": date(2004, 9, 10)}  # fmt: skip
    return Hosted(offer_id=offer, **(usual | more))


def host(key: str, courses: int = 1, **more: Any) -> Host:
    return Host(key, "MX", windows=(SEPTEMBER,), courses=courses, **more)


class TestWhatRemains:
    @pytest.mark.parametrize(
        ("first", "last", "left"),
        [
            (6, 10, [(1, 5), (11, 30)]), (1, 10, [(11, 30)]), (20, 30, [(1, 19)]), (1, 30, []),
        ],
    )  # fmt: skip
    def test_days_are_cut_out_of_a_window(
        self, first: int, last: int, left: list[tuple[int, int]]
    ) -> None:
        found = remaining.without([SEPTEMBER], date(2004, 9, first), date(2004, 9, last))
        assert list(found) == [Span(date(2004, 9, a), date(2004, 9, b)) for a, b in left]
        open_end = remaining.without([Span()], date(2004, 9, 6), date(2004, 9, 7))
        assert list(open_end) == [Span(None, date(2004, 9, 5)), Span(date(2004, 9, 8), None)]
        outside = remaining.without([SEPTEMBER], date(2004, 10, 1), date(2004, 10, 2))
        assert list(outside) == [SEPTEMBER]

    @pytest.mark.parametrize(
        "course",
        [
            hosted(lang="en"), hosted(host_id="gt"),
            hosted(first=date(2004, 10, 4), last=date(2004, 10, 8)),
            hosted(is_ahead=False),
        ],
    )  # fmt: skip
    def test_a_course_in_another_language_place_or_time_uses_no_offer(self, course: Hosted) -> None:
        offers = [(host("h1", languages=frozenset({"es"})), date(2004, 9, 20), True)]
        assert remaining.of_hosts("mx", offers, Used((course,)))["h1"][1] == []

    def test_an_offer_for_one_time_is_used_before_a_standing_one(self) -> None:
        offers = [(host("a", 2), date(2004, 1, 1), False), (host("b"), date(2004, 1, 1), True)]
        found = remaining.of_hosts("mx", offers, Used((hosted(),)))
        assert found["b"] == (None, ["C1"])
        left, by = found["a"]
        assert (left and left.courses, by) == (2, [])
        said = remaining.of_hosts("mx", offers, Used((hosted("a"),)))
        assert said["a"][1] == ["C1"]

    def test_a_pledge_beyond_the_adopted_plan_is_taken_off_one_offer_after_another(self) -> None:
        once = Sponsor("s1", (Share("food", amount=500),), 800, courses=1)
        fund = Sponsor("s2", (Share("food"),), 1000)
        plan = {"s1": {"C1": {"food": 300}}}
        use = Used(paid=_lines(plan), pledged=_lines({"ca": {"C1": {"food": 900}}}))
        found = remaining.of_sponsors("ca", [once, fund], use)
        assert found["s1"] == (None, ["C1"])
        assert found["s2"] == (replace(fund, amount=600), ["C1"])

    def test_what_has_no_end_stays_as_it_is(self) -> None:
        fund = Sponsor("s1", (Share("food", True), Share("travel", amount=100)))
        use = Used(pledged=_lines({"ca": {"C1": {"food": 900, "travel": 100}}}))
        left, _by = remaining.of_sponsors("ca", [fund], use)["s1"]
        assert left == replace(fund, shares=(Share("food", True),))


def _lines(said: dict[str, dict[str, dict[str, int]]]) -> Any:
    from collections import Counter

    return {
        whose: {course: Counter(lines) for course, lines in by.items()}
        for whose, by in said.items()
    }
