"""What happens when two do the same thing at once?"""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Invitation, Person
from app.db.transactions import transaction
from app.organisations import actions
from app.organisations.models import Membership, Organisation
from app.policy.actor import Role
from tests.accounts.house import Browser, House
from tests.accounts.posted import letters_of, link_in

NEW = "tres canoas azules bajo la lluvia"


def at_once(*acts: Callable[[], int]) -> list[int]:
    """The statuses of requests that begin together."""
    barrier, statuses = threading.Barrier(len(acts)), []

    def run(act: Callable[[], int]) -> None:
        barrier.wait()
        statuses.append(act())

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_two_coordinators_who_end_each_other_leave_one(app: Flask, house: House) -> None:
    with app.app_context(), transaction(writing=True) as session:
        st = session.get_one(Organisation, house.organisations["st"])
        actions.give_role(None, st, house.people["st.second"], Role.COORDINATOR)
        session.flush()
        role_of = dict(
            session.execute(
                select(Membership.person_id, Membership.id).where(Membership.role == "coordinator")
            ).all()
        )
    one, other = (Browser(app).be(house, key) for key in ("st.coordinator", "st.second"))

    def ending(browser: Browser, victim: str) -> Callable[[], int]:
        hidden = browser.hidden(browser.get("/organisations"))
        path = f"/organisations/roles/{role_of[house.people[victim]]}/end"
        return lambda: browser.post(path, hidden).status_code

    statuses = at_once(ending(one, "st.second"), ending(other, "st.coordinator"))
    assert statuses.count(303) == 1, statuses
    assert not any(status >= 500 for status in statuses)
    with app.app_context(), transaction(writing=False) as session:
        left = session.scalars(
            select(Membership).where(
                Membership.role == "coordinator", Membership.ended_at.is_(None)
            )
        ).all()
    assert len(left) == 1


def test_an_invitation_accepted_in_several_windows_at_once_makes_one_person(
    app: Flask, house: House
) -> None:
    focal = Browser(app).be(house, "hn.focal")
    fields = {"name": "Nueva", "email": "nueva@example.org", "role": "contributor", "lang": "es"}
    assert focal.send("/delegation/invitations/new", **fields).status_code == 303
    link = link_in(letters_of(app, "invitation")[0])

    def accepting() -> Callable[[], int]:
        browser = Browser(app)
        hidden = browser.hidden(browser.get(link))
        answers = {"name": "Nueva", "zone": "America/Panama", "password": NEW}
        return lambda: browser.post(link, hidden | answers).status_code

    statuses = at_once(*(accepting() for _ in range(4)))
    assert statuses.count(303) == 1, statuses
    assert set(statuses) <= {303, 404, 409}
    with app.app_context(), transaction(writing=False) as session:
        people = session.scalars(select(Person).where(Person.email == "nueva@example.org")).all()
        assert len(people) == 1
        assert session.scalars(select(Invitation.used_at)).one() is not None


def test_the_same_address_invited_twice_at_once_is_not_an_error(app: Flask, house: House) -> None:
    fields = {"name": "Nueva", "email": "nueva@example.org", "role": "contributor", "lang": "es"}

    def inviting() -> Callable[[], int]:
        browser = Browser(app).be(house, "hn.focal")
        hidden = browser.hidden(browser.get("/delegation"))
        return lambda: browser.post("/delegation/invitations/new", hidden | fields).status_code

    statuses = at_once(inviting(), inviting())
    assert set(statuses) <= {303, 422}
    assert 303 in statuses
