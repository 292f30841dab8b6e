"""Who may give and end which role, and what is refused?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Invitation, Person
from app.audit import trail
from app.audit.models import AuditEvent
from app.db.errors import Missing
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.organisations import actions
from app.organisations.actions import Note, Wanted
from app.organisations.actions.roles import roles_to_give
from app.organisations.models import Membership, Organisation
from app.policy.actor import ROLES_OF, Actor, OrganisationKind, Role
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from tests.accounts.house import House, actor

NOTE = Note(number="SRE-104-2004", date=date(2004, 5, 10))


@pytest.fixture(autouse=True)
def session(app: Flask, house: House) -> Iterator[None]:
    with app.app_context(), scoped(SYSTEM, writing=True):
        yield
        db.session.rollback()
        trail.forget_queued(db.session())


@pytest.fixture
def coordinator(house: House) -> Actor:
    return actor(house, "st.coordinator", "st", OrganisationKind.SECRETARIAT, Role.COORDINATOR)


@pytest.fixture
def focal(house: House) -> Actor:
    return actor(house, "hn.focal", "hn", OrganisationKind.DELEGATION, Role.FOCAL_POINT)


@pytest.fixture
def contributor(house: House) -> Actor:
    return actor(house, "hn.contributor", "hn", OrganisationKind.DELEGATION, Role.CONTRIBUTOR)


def organisation(house: House, key: str) -> Organisation:
    return db.session.get_one(Organisation, house.organisations[key])


def held(house: House, key: str, role: Role) -> Membership:
    return db.session.scalars(
        select(Membership).where(Membership.person_id == house.people[key], Membership.role == role)
    ).one()


def wanted(role: Role = Role.CONTRIBUTOR, **more) -> Wanted:
    return Wanted(**{"email": "new@example.org", "name": "New", "role": role, "lang": "es", **more})


def kinds_of_events() -> list[str]:
    trail.append_queued(db.session())
    return list(db.session.scalars(select(AuditEvent.kind).order_by(AuditEvent.seq)))


class TestGivingRoles:
    @pytest.mark.parametrize("kind", list(OrganisationKind))
    def test_an_organisation_has_the_roles_of_its_kind_and_no_others(
        self, house: House, coordinator: Actor, kind: OrganisationKind
    ) -> None:
        of_kind = Organisation(
            key=f"some.{kind}", kind=kind.value, name_es="x", name_en="x", created_at=clock.now(),
            country="GT" if kind is OrganisationKind.DELEGATION else None,
        )  # fmt: skip
        db.session.add(of_kind)
        db.session.flush()
        assert roles_to_give(coordinator, of_kind) == ROLES_OF[kind]
        for role in set(Role) - set(ROLES_OF[kind]):
            with pytest.raises(Refusal) as refused:
                actions.invite(coordinator, of_kind, wanted(role, note=NOTE))
            assert refused.value.field == "role"

    def test_a_focal_point_gives_the_roles_of_drafting_and_reading(
        self, house: House, focal: Actor
    ) -> None:
        assert set(roles_to_give(focal, organisation(house, "hn"))) == {
            Role.CONTRIBUTOR, Role.ALTERNATE, Role.MEMBER_READER, Role.LEGAL_ADVISER,
        }  # fmt: skip

    @pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.CASE_OFFICER])
    def test_a_focal_point_makes_no_focal_point_and_opens_no_unit(
        self, house: House, focal: Actor, role: Role
    ) -> None:
        with pytest.raises(Forbidden):
            actions.invite(focal, organisation(house, "hn"), wanted(role, note=NOTE))

    def test_a_focal_point_gives_nothing_in_another_country(
        self, house: House, focal: Actor
    ) -> None:
        assert roles_to_give(focal, organisation(house, "sv")) == ()
        with pytest.raises(Forbidden):
            actions.invite(focal, organisation(house, "sv"), wanted())

    def test_a_contributor_invites_nobody(self, house: House, contributor: Actor) -> None:
        with pytest.raises(Forbidden):
            actions.invite(contributor, organisation(house, "hn"), wanted())

    def test_a_secretariat_officer_who_is_no_coordinator_invites_nobody(self, house: House) -> None:
        officer = actor(house, "st.second", "st", OrganisationKind.SECRETARIAT, Role.OFFICER)
        with pytest.raises(Forbidden):
            actions.invite(officer, organisation(house, "hn"), wanted())

    def test_whoever_opens_what_is_addressed_to_a_unit_works_in_one_of_that_organisation(
        self, house: House, coordinator: Actor
    ) -> None:
        for key, unit in (("hn", None), ("hn", "x"), ("sv", house.units["hn"])):
            with pytest.raises(Refusal) as refused:
                actions.invite(
                    coordinator, organisation(house, key), wanted(Role.CASE_OFFICER, unit_id=unit)
                )
            assert refused.value.field == "unit"
        made = actions.invite(
            coordinator,
            organisation(house, "hn"),
            wanted(Role.CASE_OFFICER, unit_id=house.units["hn"]),
        )
        assert made.unit_id == house.units["hn"]

    def test_a_designation_rests_on_a_note(self, house: House, coordinator: Actor) -> None:
        for role in (Role.FOCAL_POINT, Role.ALTERNATE):
            with pytest.raises(Refusal) as refused:
                actions.invite(coordinator, organisation(house, "hn"), wanted(role))
            assert refused.value.field == "note_number"

    def test_a_note_of_tomorrow_designates_nobody(self, house: House, coordinator: Actor) -> None:
        tomorrow = Note(number="1", date=clock.now().date() + timedelta(days=2))
        with pytest.raises(Refusal) as refused:
            actions.invite(
                coordinator, organisation(house, "hn"), wanted(Role.FOCAL_POINT, note=tomorrow)
            )
        assert refused.value.field == "note_date"

    def test_the_coordinators_own_entry_is_accepted_at_once_and_a_focal_points_is_not(
        self, house: House, coordinator: Actor, focal: Actor
    ) -> None:
        new = actions.invite(
            coordinator, organisation(house, "hn"), wanted(Role.FOCAL_POINT, note=NOTE)
        )
        alternate = actions.invite(
            focal,
            organisation(house, "hn"),
            wanted(Role.ALTERNATE, note=NOTE, email="b@example.org"),
        )
        assert (new.accepted_by, alternate.accepted_by) == (coordinator.person_id, None)
        assert (new.note_number, new.note_date) == (NOTE.number, NOTE.date)

    def test_nobody_is_invited_to_an_organisation_that_ended(
        self, house: House, coordinator: Actor
    ) -> None:
        actions.end(coordinator, organisation(house, "hn"))
        with pytest.raises(Refusal):
            actions.invite(coordinator, organisation(house, "hn"), wanted())

    def test_a_member_gets_a_further_role_at_once(self, house: House, coordinator: Actor) -> None:
        made = actions.invite(
            coordinator, organisation(house, "hn"),
            wanted(Role.FOCAL_POINT, email="hn.contributor@example.org", note=NOTE),
        )  # fmt: skip
        assert isinstance(made, Membership)
        assert made.person_id == house.people["hn.contributor"]
        assert (made.note_number, made.accepted_by) == (NOTE.number, coordinator.person_id)
        assert "role-given" in kinds_of_events()

    def test_a_role_that_is_held_is_not_given_again(self, house: House, coordinator: Actor) -> None:
        with pytest.raises(Refusal) as refused:
            actions.invite(
                coordinator, organisation(house, "hn"), wanted(email="hn.contributor@example.org")
            )
        assert refused.value.field == "role"

    def test_a_role_that_ended_can_be_given_again(self, house: House, coordinator: Actor) -> None:
        membership = held(house, "hn.contributor", Role.CONTRIBUTOR)
        actions.end_role(coordinator, membership)
        made = actions.give_role(
            coordinator, organisation(house, "hn"), house.people["hn.contributor"], Role.CONTRIBUTOR
        )
        assert made is membership
        assert made.ended_at is None

    def test_somebody_of_another_organisation_is_invited_like_a_stranger(
        self, house: House, focal: Actor
    ) -> None:
        for email in ("sv.focal@example.org", "nobody@example.org"):
            made = actions.invite(focal, organisation(house, "hn"), wanted(email=email))
            assert isinstance(made, Invitation)

    def test_the_same_invitation_is_not_made_twice(self, house: House, focal: Actor) -> None:
        actions.invite(focal, organisation(house, "hn"), wanted())
        db.session.flush()
        with pytest.raises(Refusal) as refused:
            actions.invite(focal, organisation(house, "hn"), wanted())
        assert refused.value.field == "email"
        actions.invite(focal, organisation(house, "hn"), wanted(Role.MEMBER_READER))


class TestEndingRoles:
    def test_a_focal_point_ends_a_colleagues_role(self, house: House, focal: Actor) -> None:
        membership = held(house, "hn.contributor", Role.CONTRIBUTOR)
        actions.end_role(focal, membership)
        assert membership.ended_at is not None
        assert kinds_of_events()[-1] == "role-ended"

    def test_a_focal_point_ends_no_focal_points(self, house: House, focal: Actor) -> None:
        with pytest.raises(Forbidden):
            actions.end_role(focal, held(house, "hn.focal", Role.FOCAL_POINT))

    def test_nor_anything_in_another_country(self, house: House, focal: Actor) -> None:
        with pytest.raises(Forbidden):
            actions.end_role(focal, held(house, "sv.focal", Role.FOCAL_POINT))

    def test_the_last_coordinator_stays(self, house: House, coordinator: Actor) -> None:
        mine = held(house, "st.coordinator", Role.COORDINATOR)
        with pytest.raises(Refusal):
            actions.end_role(coordinator, mine)
        actions.give_role(
            coordinator, organisation(house, "st"), house.people["st.second"], Role.COORDINATOR
        )
        db.session.flush()
        actions.end_role(coordinator, mine)
        assert mine.ended_at is not None

    def test_a_suspended_coordinator_does_not_count(self, house: House, coordinator: Actor) -> None:
        second = db.session.get_one(Person, house.people["st.second"])
        actions.give_role(coordinator, organisation(house, "st"), second.id, Role.COORDINATOR)
        db.session.flush()
        actions.suspend(coordinator, second)
        db.session.flush()
        with pytest.raises(Refusal):
            actions.end_role(coordinator, held(house, "st.coordinator", Role.COORDINATOR))

    def test_nobody_suspends_themselves(self, house: House, coordinator: Actor) -> None:
        with pytest.raises(Refusal):
            actions.suspend(coordinator, db.session.get_one(Person, coordinator.person_id))

    def test_only_the_coordinator_suspends(self, house: House, focal: Actor) -> None:
        with pytest.raises(Forbidden):
            actions.suspend(focal, db.session.get_one(Person, house.people["hn.contributor"]))


class TestAdmitting:
    def test_a_country_has_one_delegation_and_any_number_of_sponsors(
        self, house: House, coordinator: Actor
    ) -> None:
        names = {"name_es": "x", "name_en": "x", "zone": "America/Panama"}
        with pytest.raises(Refusal) as refused:
            actions.admit(coordinator, kind=OrganisationKind.DELEGATION, country="HN", **names)
        assert refused.value.field == "country"
        made = [
            actions.admit(coordinator, kind=OrganisationKind.SPONSOR, country="HN", **names)
            for _ in range(2)
        ]
        assert made[0].key != made[1].key

    def test_a_delegation_is_of_a_country(self, house: House, coordinator: Actor) -> None:
        with pytest.raises(Refusal) as refused:
            actions.admit(
                coordinator, kind=OrganisationKind.DELEGATION, country=None, name_es="x", name_en="x",
                zone="America/Panama",
            )  # fmt: skip
        assert refused.value.field == "country"

    def test_there_is_one_secretariat(self, house: House, coordinator: Actor) -> None:
        with pytest.raises(Refusal):
            actions.found(
                name="x",
                email="x@example.org",
                lang="es",
                name_es="x",
                name_en="x",
                zone="America/Panama",
            )
        with pytest.raises(Refusal):
            actions.end(coordinator, organisation(house, "st"))

    @pytest.mark.parametrize(
        "verb", ["admit", "rename", "end", "readmit", "add_unit", "note", "accept"]
    )
    def test_only_the_coordinator_looks_after_organisations(
        self, house: House, contributor: Actor, verb: str
    ) -> None:
        honduras = organisation(house, "hn")
        membership = held(house, "hn.focal", Role.FOCAL_POINT)
        acts = {
            "admit": lambda: actions.admit(contributor, kind=OrganisationKind.SPONSOR, country=None, name_es="x", name_en="x", zone="America/Panama"),
            "rename": lambda: actions.rename(contributor, honduras, name_es="x", name_en="x", zone="America/Panama"),
            "end": lambda: actions.end(contributor, honduras),
            "readmit": lambda: actions.readmit(contributor, honduras),
            "add_unit": lambda: actions.add_unit(contributor, honduras, kind="police", name_es="x", name_en="x"),
            "note": lambda: actions.note_designation(contributor, membership, NOTE),
            "accept": lambda: actions.accept_designation(contributor, membership),
        }  # fmt: skip
        with pytest.raises(Forbidden):
            acts[verb]()


class TestNotes:
    def test_a_focal_point_writes_the_note_and_the_coordinator_accepts_it(
        self, house: House, coordinator: Actor, focal: Actor
    ) -> None:
        membership = held(house, "hn.focal", Role.FOCAL_POINT)
        with pytest.raises(Refusal):
            actions.accept_designation(coordinator, membership)
        actions.note_designation(focal, membership, NOTE)
        assert (membership.note_number, membership.accepted_by) == (NOTE.number, None)
        actions.accept_designation(coordinator, membership)
        assert membership.accepted_by == coordinator.person_id
        actions.note_designation(focal, membership, NOTE)
        assert membership.accepted_by is None

    def test_a_role_that_needs_no_note_takes_none(self, house: House, coordinator: Actor) -> None:
        with pytest.raises(Refusal):
            actions.note_designation(
                coordinator, held(house, "hn.contributor", Role.CONTRIBUTOR), NOTE
            )


def test_an_invitation_is_accepted_once(house: House, focal: Actor) -> None:
    honduras = organisation(house, "hn")
    invitation = actions.invite(focal, honduras, wanted())
    db.session.flush()
    actions.accept(invitation, honduras, house.people["sv.focal"])
    db.session.flush()
    assert held(house, "sv.focal", Role.CONTRIBUTOR).organisation_id == honduras.id
    with pytest.raises(Missing):
        actions.accept(invitation, honduras, house.people["us.focal"])


def test_every_act_leaves_its_trace_without_names_or_addresses(
    house: House, coordinator: Actor, focal: Actor
) -> None:
    honduras = organisation(house, "hn")
    invitation = actions.invite(focal, honduras, wanted(name="Zacarías Quesada"))
    db.session.flush()
    actions.send_again(focal, invitation)
    actions.withdraw(focal, invitation)
    actions.rename(
        coordinator, honduras, name_es="Honduras", name_en="Honduras", zone="America/Panama"
    )
    actions.end(coordinator, honduras)
    actions.readmit(coordinator, honduras)
    kinds_of_events()
    rows = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    assert [row.kind for row in rows][-6:] == [
        "invited", "invitation-sent-again", "invitation-withdrawn", "organisation-renamed",
        "organisation-ended", "organisation-readmitted",
    ]  # fmt: skip
    assert all(row.owner_organisation_id == honduras.id for row in rows[-6:])
    assert not any("Zacar" in row.detail or "@" in row.detail for row in rows)
