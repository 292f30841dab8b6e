"""How does an empty database become the demonstration, and who can sign in then?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import click
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit.models import AuditHead
from app.cli.demo.seed import seed
from app.db import installation
from app.db.transactions import transaction
from app.extensions import db
from app.funding.matches.models import MatchWeights
from app.intake.models import FormatVersion
from app.organisations.models import Membership, Organisation

BEGINS_AT = datetime(2004, 5, 24, 9, 0, tzinfo=ZoneInfo("America/Panama"))
"""What the clock of the demonstration shows when it has just been prepared."""
HOLDS_SOMETHING_ELSE = (
    "This database holds something else than the demonstration, and is left alone."
    " Name another with ENLACE_INSTANCE or ENLACE_DATABASE_URL."
)
SHIPPED = frozenset(
    {AuditHead.__tablename__, FormatVersion.__tablename__, MatchWeights.__tablename__}
)
"""Tables that hold rows before anybody used Enlace."""


def is_empty(session: Session) -> bool:
    """Whether nobody has used this database yet."""
    tables = (table for table in db.metadata.sorted_tables if table.name not in SHIPPED)
    return not any(
        session.execute(select(exists().select_from(table))).scalar_one() for table in tables
    )


def make() -> None:
    """Fill an empty database with the world of May 2004, and start its clock."""
    with transaction(writing=True) as session:
        installation.describe(session, installation.PREPARING, BEGINS_AT)
    seed()
    with transaction(writing=True) as session:
        installation.describe(session, installation.DEMONSTRATION, BEGINS_AT)


def introduce(base_url: str) -> None:
    """Print whom one can sign in as, and where."""
    columns = (Person.key, Person.name, Organisation.name_es)
    people = (
        select(*columns)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.key.is_not(None), Membership.ended_at.is_(None))
        .order_by(Person.key, Organisation.name_es)
    )
    with transaction(writing=False) as session:
        rows = session.execute(people).all()
    click.echo(f"\n  {base_url}/demo/sign-in\n")
    for key, name, organisation in rows:
        click.echo(f"  {key:16} {name}, {organisation}")
