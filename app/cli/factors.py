"""How does whoever runs the server help somebody who lost their second factor?"""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import or_, select

from app.accounts.factors import actions
from app.accounts.models import Person
from app.audit.commit import committed
from app.web.refusal import Refusal

factors = AppGroup("factors", help="Second factors of people.")


@factors.command("reset")
@click.argument("person")
@click.option("--reason", required=True, help="How the person proved who they are.")
def reset(person: str, reason: str) -> None:
    """Take away every second factor of PERSON (an address, key or id), who is told by mail."""
    try:
        with committed() as session:
            named = or_(
                Person.email == person.casefold(), Person.key == person, Person.id == person
            )
            found = session.scalars(select(Person).where(named)).one_or_none()
            if found is None:
                raise SystemExit("There is no such person.")
            actions.reset(None, found, reason)
    except Refusal as refusal:
        raise SystemExit(refusal.message) from None
    click.echo("Taken away; they add a new one with their password.")
