"""Are courses proposed from what is asked and offered, adopted with these very numbers, and never beyond a condition?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.bundling import record
from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.funding.bundles import actions, basis, computing, inputs, queries
from app.funding.bundles.inputs import Asked
from app.funding.bundles.models import Bundle, BundleAdoption
from app.funding.courses import queries as courses
from app.funding.courses.models import Course
from app.policy.actor import Actor, Role
from app.policy.engine import Forbidden
from app.workflow.machine import NotNow
from tests.bundles.conftest import Region
from tests.calls.browsing import Reader
from tests.calls.settled import Settled, in_role

Stored = Callable[[Callable[[], Any]], Any]
ASKED = Asked(first=date(2004, 8, 1), last=date(2004, 12, 31))


def gathered(st: Actor, region: Region, said: Asked = ASKED) -> inputs.Inputs:
    return inputs.gather(st, db.session.get_one(Call, region.call_id), said)


@pytest.fixture
def made(app: Flask, region: Region, st: Actor, stored: Stored) -> str:
    """A proposal that its job has computed."""
    key = str(stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id))
    with app.app_context():
        computing.compute(key)
    return key


def the(stored: Stored, key: str) -> Any:
    """The row of a proposal."""
    table = Bundle.__table__
    return stored(lambda: db.session.execute(db.select(table).where(table.c.id == key)).one())


class TestWhatGoesIn:
    def test_groups_and_single_needs_of_countries_that_want_sponsors(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        found = stored(lambda: gathered(st, region))
        groups = {group.key: group for group in found.world.groups}
        assert set(groups) == {region.group, region.needs["court"]}
        group = groups[region.group]
        assert {need.key: (need.country, need.seats) for need in group.needs} == {
            region.needs["border"]: ("HN", 20), region.needs["port"]: ("SV", 20),
        }  # fmt: skip
        assert (group.days, group.themes) == (4, frozenset({"T2"}))
        assert all(need.languages == {"es"} for need in group.needs)
        assert group.needs[0].window.first == date(2004, 8, 2)
        [why] = [each["es"] for each in found.kept["left_out"] if "consintió" in each["es"]]
        assert why.startswith("NI, ")

    def test_hosts_and_sponsors_of_open_offers_in_cents(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        found = stored(lambda: gathered(st, region))
        [host] = found.world.hosts
        assert (host.key, host.lines, host.seats_max, host.courses) == (
            region.host, ("venue_logistics",), 30, 1,
        )  # fmt: skip
        [sponsor] = found.world.sponsors
        assert {share.line: (share.in_kind, share.amount) for share in sponsor.shares} == {
            "trainers_travel": (True, None),
            "trainers_lodging": (True, None),  # "as needed" with no sum behind it covers the line
            "materials": (True, None),
            "participants_food": (False, 75_000),  # 1,000 Canadian dollars at 0.75
        }
        told = " ".join(each["es"] for each in found.kept["left_out"])
        assert "«Vago»: no nombra ningún rubro" in told
        assert "«Sin tipo»: no hay tipo de cambio para HNL" in told

    def test_costs_by_the_day_follow_the_length_of_the_course(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        found = stored(lambda: gathered(st, region))
        group = next(each for each in found.world.groups if each.key == region.group)
        costs = {cost.line: (cost.fixed, cost.each) for cost in group.costs}
        assert costs["trainers_travel"] == (240_000, 0)
        assert costs["materials"] == (0, 4_000)
        assert costs["participants_food"] == (0, 4 * 3_000)

    def test_figures_of_the_secretariat_take_the_place_of_proposed_ones(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        stored(lambda: basis.write(st, {"materials": basis.Basis(Decimal("12.50"), "participant")}))
        found = stored(lambda: gathered(st, region))
        assert found.kept["basis"]["materials"] == {
            "amount": "12.50", "per": "participant", "is_proposal": False,
        }  # fmt: skip
        assert found.kept["basis"]["participants_food"]["is_proposal"]

    def test_the_same_inputs_have_the_same_digest_and_others_another(
        self, region: Region, st: Actor, stored: Stored
    ) -> None:
        one, other = (stored(lambda: gathered(st, region)) for _ in range(2))
        assert one.digest == other.digest
        assert stored(lambda: gathered(st, region, replace(ASKED, smallest=7))).digest != one.digest


class TestTheJob:
    def test_it_proposes_and_keeps_what_it_found(self, made: str, stored: Stored) -> None:
        bundle = the(stored, made)
        assert bundle.state == "ready"
        plan = record.plan_of(bundle.result)
        [course] = plan.courses
        assert course.places == 30
        assert bundle.gist == {"courses": 1, "needs": 2, "countries": 2, "places": 30, "asked": 60,
                               "gap": plan.gap, "money": 75_000}  # fmt: skip

    def test_once_computed_it_is_not_computed_again(
        self, app: Flask, made: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(computing, "propose", lambda *_: pytest.fail("computed again"))
        with app.app_context():
            computing.compute(made)
            computing.continue_all()

    def test_what_was_lost_on_the_way_is_taken_up(
        self, app: Flask, region: Region, st: Actor, stored: Stored
    ) -> None:
        key = stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id)
        with app.app_context():
            computing.continue_all()
        assert the(stored, key).state == "ready"

    def test_one_that_cannot_be_computed_says_so(
        self, app: Flask, region: Region, st: Actor, stored: Stored, reader: Reader,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def fail(*_: Any) -> None:
            raise ValueError("secret words")

        monkeypatch.setattr(computing, "propose", fail)
        key = stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id)
        page = reader.as_(st).get(f"/bundles/{key}")
        assert "Puede salir de esta página y volver" in page.words
        with app.app_context():
            computing.compute(key)
        page = reader.get(f"/bundles/{key}")
        assert "El cálculo no llegó a su fin" in page.words
        assert "secret words" not in page.html

    def test_a_job_that_lost_its_proposal_to_another_writes_nothing(
        self, region: Region, st: Actor, app: Flask, stored: Stored
    ) -> None:
        key = stored(lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id)
        with app.app_context():
            first = computing._claim(key)
            assert first is not None
            table = Bundle.__table__
            stored(lambda: db.session.execute(db.update(table).values(claimed_at=None)))
            second = computing._claim(key)
            first.said = float("-inf")
            with pytest.raises(computing.Lost):
                first(1, 2)
            first.end("failed")
            assert the(stored, key).state == "running"
            assert second is not None
            second.end("failed")
        assert the(stored, key).state == "failed"


class TestAdopting:
    def test_the_course_has_the_very_numbers_of_the_proposal(
        self, made: str, region: Region, st: Actor, stored: Stored
    ) -> None:
        plan = record.plan_of(the(stored, made).result)
        [proposed] = plan.courses

        def adopt() -> Any:
            course = actions.adopt(st, queries.get(st, made), 1)
            costs = {
                line: (cost.amount * (course.seats if cost.per_participant else 1))
                for line, cost in courses.costs(course.id).items()
            }
            seats = {row.need_id: row.seats for row in courses.seats(st, course.id)}
            row = db.session.execute(
                db.select(Course.__table__).where(Course.id == course.id)
            ).one()
            return row, seats, costs, courses.split(course.id)

        course, seats, costs, split = stored(adopt)
        assert (course.state, course.bundle_id) == ("planned", made)
        assert (course.title_es, course.title_en) == ("Detección", "Detection")
        assert (course.host_id, course.lang) == (region.host_owner, "es")
        assert (course.starts_on, course.ends_on, course.days) == (proposed.first, proposed.last, 4)
        assert seats == dict(proposed.seats)
        assert {line: int(amount * 100) for line, amount in costs.items()} == dict(proposed.costs)
        assert split["venue_logistics"] == ["host"]
        assert split["trainers_travel"] == ["sponsor"]
        assert sorted(split["participants_food"]) == ["sponsor", "unfunded"]
        assert split["participants_travel"] == ["unfunded"]
        pledges = db.select(db.func.count()).select_from(db.metadata.tables["pledge"])
        assert stored(lambda: db.session.scalar(pledges)) == 0

    def test_it_is_adopted_once(self, made: str, st: Actor, stored: Stored) -> None:
        stored(lambda: actions.adopt(st, queries.get(st, made), 1))
        with pytest.raises(NotNow):
            stored(lambda: actions.adopt(st, queries.get(st, made), 1))
        assert (
            stored(lambda: db.session.scalar(db.select(db.func.count()).select_from(Course))) == 1
        )

    def test_what_has_its_seats_is_not_proposed_again(
        self, made: str, region: Region, st: Actor, stored: Stored
    ) -> None:
        stored(lambda: actions.adopt(st, queries.get(st, made), 1))
        found = stored(lambda: gathered(st, region))
        left = sum(need.seats for group in found.world.groups for need in group.needs)
        assert left == 60 - 30

    def test_nothing_is_adopted_of_what_was_put_aside_or_still_runs(
        self, made: str, region: Region, st: Actor, stored: Stored, reader: Reader
    ) -> None:
        running = stored(
            lambda: actions.make(st, db.session.get_one(Call, region.call_id), ASKED).id
        )
        reader.as_(st).get(f"/bundles/{running}/courses/1", status=303)
        with pytest.raises(NotNow):
            stored(lambda: actions.discard(st, queries.get(st, running)))
        stored(lambda: actions.discard(st, queries.get(st, made)))
        reader.get(f"/bundles/{made}/courses/1", status=303)
        with pytest.raises(NotNow):
            stored(lambda: actions.adopt(st, queries.get(st, made), 1))
        assert "se apartó" in reader.get(f"/bundles/{made}").words


class TestThePages:
    def test_a_proposal_is_asked_for_looked_at_edited_and_adopted(
        self, app: Flask, region: Region, st: Actor, reader: Reader, stored: Stored
    ) -> None:
        sent = reader.as_(st).submit("/bundles/new", "/bundles/new", call=region.call_id)
        assert sent.status == 303
        key = str(sent.location).rsplit("/", 1)[1]
        with app.app_context():
            computing.compute(key)
        page = reader.get(f"/bundles/{key}")
        assert "1 curso para 2 necesidades de 2 países, 30 de 60 cupos." in page.words
        assert "Está demostrado" in page.words
        assert "El curso está completo" in page.words
        assert f"/bundles/{key}/courses/1" in page.links()
        assert "Huella" in reader.get(f"/bundles/{key}/inputs").words

        path = f"/bundles/{key}/courses/1"
        fields = {
            f"seats-{region.needs[name]}": count
            for name, count in (("border", "25"), ("port", "10"))
        }
        refused = reader.submit(path, path, **fields)
        assert refused.status == 422
        assert "tendría más de lo que pide: 20 cupos." in refused.words
        assert "El curso tendría más cupos de los que admiten la sede o el grupo." in refused.words
        assert 'value="25"' in refused.html
        fields = {
            f"seats-{region.needs[name]}": count
            for name, count in (("border", "12"), ("port", "0"))
        }
        lone = reader.submit(path, path, **fields)
        assert lone.status == 422
        assert "El curso sería para menos de 2 países." in lone.words
        fields[f"seats-{region.needs['port']}"] = "1"
        sent = reader.submit(path, path, **fields)
        assert sent.status == 303
        course = reader.get(sent.location)
        assert "13 cupos · 2 países" in course.words
        assert f"/bundles/{key}" in course.links()
        reader.get(path, status=303)
        assert sent.location in reader.get(f"/bundles/{key}").links()
        assert stored(lambda: db.session.scalars(db.select(BundleAdoption.seats)).one()) == {
            region.needs["border"]: 12,
            region.needs["port"]: 1,
        }

    def test_a_course_too_small_is_refused_in_english_too(
        self, made: str, region: Region, st: Actor, reader: Reader
    ) -> None:
        path = f"/bundles/{made}/courses/1"
        fields = {
            f"seats-{region.needs[name]}": count for name, count in (("border", "2"), ("port", "x"))
        }
        told = reader.as_(replace(st, lang="en")).submit(path, path, **fields)
        assert (told.status, "Write a whole number." in told.words) == (422, True)
        fields[f"seats-{region.needs['port']}"] = "1"
        told = reader.submit(path, path, **fields)
        assert "fewer places than the smallest course allowed" in told.words

    def test_a_form_that_is_none_of_ours_and_a_course_that_there_is_not(
        self, made: str, st: Actor, reader: Reader
    ) -> None:
        path = f"/bundles/{made}/courses/1"
        assert reader.as_(st).send(path, {}).status == 400
        for number in ("0", "2", "x"):
            reader.get(f"/bundles/{made}/courses/{number}", status=404)

    def test_settings_that_cannot_be_are_refused_and_kept(
        self, region: Region, st: Actor, reader: Reader
    ) -> None:
        told = reader.as_(st).submit(
            "/bundles/new", "/bundles/new", smallest="0", last="1 de enero de 2004"
        )
        assert told.status == 422
        assert "Escriba un número de 1 o más." in told.words
        assert "El último día no puede" in told.words
        assert "1 de enero de 2004" in told.html

    def test_a_day_that_passed_and_numbers_out_of_range_are_told_at_their_field(
        self, region: Region, st: Actor, reader: Reader
    ) -> None:
        told = reader.as_(st).submit(
            "/bundles/new", "/bundles/new", first="1 de enero de 1990", smallest="1000000"
        )
        assert told.status == 422
        assert "Ese día ya pasó" in told.words
        assert "Escriba un número entero de 0 a 10,000." in told.words

    def test_one_course_has_one_table_and_is_put_aside_after_a_question(
        self, made: str, region: Region, st: Actor, reader: Reader
    ) -> None:
        page = reader.as_(st).get(f"/bundles/{made}")
        captions = [
            one for one in page.tree().iter("caption") if "Quién podría" in "".join(one.itertext())
        ]
        assert len(captions) == 1
        aside = [one for one in page.tree().iter("details")
                 if any(form.get("action") == f"/bundles/{made}/discard" for form in one.iter("form"))]  # fmt: skip
        assert "ya no se puede adoptar nada de ella" in " ".join(aside[0].itertext())

    def test_what_an_offer_pays_in_cash_as_needed_is_not_called_in_kind(
        self, made: str, st: Actor, reader: Reader
    ) -> None:
        page = reader.as_(st).get(f"/bundles/{made}")
        said = [" ".join("".join(row.itertext()).split()) for row in page.tree().iter("tr")]
        kinds = [each for each in said if "(en especie)" in each]
        assert len(kinds) == 2  # what the host covers, and the trainers' travel as it was offered
        assert not any(
            "alojamiento" in each.lower() or "material" in each.lower() for each in kinds
        )
        inputs = reader.get(f"/bundles/{made}/inputs").words
        assert inputs.count("(en especie)") == 1

    def test_a_course_for_one_country_is_proposed_if_asked_for_and_marked(
        self, app: Flask, region: Region, st: Actor, stored: Stored, reader: Reader
    ) -> None:
        from app.groups.models import NeedGroupMember

        stored(lambda: db.session.execute(db.delete(NeedGroupMember.__table__)))

        def propose(countries: str) -> Any:
            sent = reader.submit(
                "/bundles/new", "/bundles/new", call=region.call_id, countries=countries
            )
            with app.app_context():
                computing.compute(str(sent.location).rsplit("/", 1)[1])
            return reader.get(str(sent.location))

        reader.as_(st)
        page = propose("2")
        assert (
            "se reúne 1 país como máximo; un curso regional reúne al menos 2 países" in page.words
        )
        assert "para un solo país" in propose("1").words

    def test_planned_costs_are_written_and_only_what_was_changed_is_no_longer_called_proposed(
        self, region: Region, st: Actor, reader: Reader
    ) -> None:
        before = reader.as_(st).get("/bundles/costs")
        assert "cifra propuesta" in before.words
        assert (
            reader.submit("/bundles/costs", "/bundles/costs", **{"amount-materials": "1,5x"}).status
            == 422
        )
        sent = reader.submit("/bundles/costs", "/bundles/costs", **{"amount-materials": "15.50"})
        assert sent.status == 303
        after = reader.get("/bundles/costs")
        assert 'value="15.50"' in after.html
        assert len(re.findall("cifra propuesta", after.words)) == 6

    def test_figures_that_a_colleague_wrote_meanwhile_are_not_overwritten(
        self, region: Region, st: Actor, reader: Reader, stored: Stored
    ) -> None:
        path = "/bundles/costs"
        mine = reader.as_(st).get(path).fields(path)
        assert reader.submit(path, path, **{"amount-trainers_travel": "3,000.00"}).status == 303
        late = reader.send(path, mine, **{"amount-materials": "15.50"})
        assert late.status == 409
        assert "Lo que hay ahora: 3,000.00" in late.words
        assert stored(basis.standing)["materials"].is_proposal
        again = late.fields(path)
        again["amount-trainers_travel"] = ["3,000.00"]
        assert reader.send(path, again).status == 303
        found = stored(basis.standing)
        assert (found["trainers_travel"].amount, found["materials"].amount) == (
            3000,
            Decimal("15.50"),
        )
        assert reader.send(path, {k: v for k, v in mine.items() if k != "revision"}).status == 400

    def test_one_proposal_of_a_call_is_computed_at_a_time(
        self, region: Region, st: Actor, reader: Reader
    ) -> None:
        one = reader.as_(st).submit("/bundles/new", "/bundles/new", call=region.call_id)
        other = reader.submit("/bundles/new", "/bundles/new", call=region.call_id)
        assert one.location == other.location


def test_a_proposal_is_the_secretariats_alone(
    made: str, settled: Settled, stored: Stored, reader: Reader
) -> None:
    focal = in_role(settled["hn"], Role.FOCAL_POINT)
    with pytest.raises(Missing):
        stored(lambda: queries.get(focal, made))
    with pytest.raises(Forbidden):
        stored(lambda: actions.discard(focal, db.session.get_one(Bundle, made)))
    reader.as_(focal).get("/bundles", status=403)
