"""What do the messages about accounts and roles say, in either language?"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Person
from app.db.transactions import transaction
from app.organisations.models import Membership
from app.outbox import post
from tests.accounts.house import Browser, House
from tests.accounts.posted import letters_of

SAYS = {
    "password-reset": ("contraseña", "password", "/password/"),
    "password-changed": ("contraseña", "password", "/password/forgotten"),
    "factor-added": ("segundo factor", "second factor", "/me/second-factor"),
    "factor-removed": ("segundo factor", "second factor", "/me/second-factor"),
    "factor-reset": ("segundo factor", "second factor", "/me/second-factor"),
    "role-given": ("Honduras", "Honduras", "/"),
    "role-ended": ("punto focal", "focal point", ""),
    "invitation": ("Honduras", "Honduras", "/invitations/"),
    "invitation-accepted": ("colaborador/a", "contributor", "/"),
}


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_message_is_said_in_the_language_of_whom_it_reaches(
    app: Flask, house: House, lang: str
) -> None:
    focal = Browser(app).be(house, "hn.focal")
    fields = {"name": "Nueva", "email": "nueva@example.org", "role": "contributor", "lang": lang}
    assert focal.send("/delegation/invitations/new", **fields).status_code == 303
    with app.app_context(), transaction(writing=True) as session:
        session.execute(update(Person).values(lang=lang))
        person = house.people["hn.focal"]
        membership = session.scalars(
            select(Membership.id).where(Membership.person_id == person)
        ).one()
        invitation = letters_waiting(session)
        post.to_person(person, "password-reset")
        post.to_person(person, "password-changed")
        for kind in ("factor-added", "factor-removed", "factor-reset"):
            post.to_person(person, kind)
        post.to_person(person, "role-given", membership=membership)
        post.to_person(person, "role-ended", membership=membership)
        post.to_person(person, "invitation-accepted", invitation=invitation)
    for kind, (spanish, english, link) in SAYS.items():
        (letter,) = letters_of(app, kind)
        assert letter.lang == lang
        assert (spanish if lang == "es" else english) in letter.subject + letter.body, kind
        assert f"http://localhost{link}" in letter.body
        assert "{{" not in letter.body
        assert "Hn Contributor" not in letter.body


def letters_waiting(session) -> str:
    """The invitation that was promised a message."""
    from app.accounts.models import Invitation

    return session.scalars(select(Invitation.id)).one()
