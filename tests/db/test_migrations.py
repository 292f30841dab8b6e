"""Do the migrations go up and down over filled tables, and do they build what the models say?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import DBAPIError

from app import create_app
from app.audit import trail
from app.audit.commit import committed
from app.audit.verify import verify
from app.db.scoping import BARE, SYSTEM, Scope, Wall, scoped
from app.extensions import db
from tests.db.rows import fill, owned_tables
from tests.support import postgres
from tests.support.world import settings


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An application on a database without tables, logged in as its owner."""
    name = f"enlace_migrations_{tmp_path.parent.name.replace('-', '_')}_{tmp_path.name[-6:]}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        url = postgres.server().admin_url(postgres.create(name))
    app = create_app(settings(url, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgresql":
        postgres.drop(name)


def fill_and_count() -> dict[str, int]:
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        fill(connection, hn="delegation", st="secretariat", ca="sponsor")
    with committed():
        trail.record(None, "something", subject=("thing", "1"))
    return counts()


def counts() -> dict[str, int]:
    with scoped(SYSTEM), db.engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in db.metadata.sorted_tables
        }


def tables() -> set[str]:
    with scoped(BARE), db.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_walls_come_and_go_over_filled_tables(bare: Any) -> None:
    flask_migrate.upgrade()
    before = fill_and_count()
    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()
    assert counts() == before
    assert verify().faults == []
    version = db.metadata.tables["version"]
    with (
        scoped(SYSTEM, writing=True),
        db.engine.connect() as connection,
        pytest.raises(DBAPIError, match="written once"),
    ):
        connection.execute(version.update().values(title="another"))


def test_all_of_it_goes_and_comes_again(bare: Any) -> None:
    flask_migrate.upgrade()
    fill_and_count()
    flask_migrate.downgrade(revision="base")
    assert tables() == {"alembic_version"}
    flask_migrate.upgrade()
    shipped = {"audit_head": 1, "match_weights": 1}
    assert {name: count for name, count in counts().items() if count} == shipped


def test_the_tables_are_those_of_the_models(bare: Any) -> None:
    flask_migrate.upgrade()
    with scoped(BARE), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_rows_of_one_owner_hang_together_by_their_owner(bare: Any) -> None:
    """A draft of Honduras cannot hang on a dossier of El Salvador, whatever the code does."""
    owned = {table.name for table in owned_tables()} | {"unit"}
    facts = {
        "need_code",
        "need_audience",
        "need_cost",
    }  # derived rows, keyed by the version of their fact
    for table in db.metadata.tables.values():
        if "organisation_id" not in table.columns or table.name in facts:
            continue
        for reference in table.foreign_key_constraints:
            if (target := reference.referred_table.name) in owned:
                # What stands between two owners names the other one in its place.
                columns = set(reference.column_keys)
                names_owner = {"organisation_id", "sender_id"} & columns
                assert names_owner, f"{table.name} -> {target}: {columns}"


@pytest.fixture
def migrator(tmp_path: Path) -> Iterator[Any]:
    """An application on an empty database of PostgreSQL that a role without other powers owns."""
    name = f"enlace_migrator_{tmp_path.parent.name.replace('-', '_')}_{tmp_path.name[-6:]}"
    url = make_url(postgres.server().admin_url(postgres.create(name)))
    roles = ", ".join(postgres.TAKEN_ROLES)
    with postgres.server().connect() as admin:
        for role in postgres.TAKEN_ROLES:
            admin.execute(f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object"
                          " OR unique_violation THEN NULL; END $$")  # fmt: skip
        admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'own' CREATEROLE NOINHERIT")
        admin.execute(f"GRANT {roles} TO {name}")
        admin.execute(f"ALTER DATABASE {name} OWNER TO {name}")
    own = url.set(username=name, password="own").render_as_string(hide_password=False)
    app = create_app(settings(own, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    postgres.drop(name)
    with postgres.server().connect() as admin:
        admin.execute(f"DROP ROLE {name}")


def test_whoever_migrates_the_lines_are_added_up_from_all_pledges(migrator: Any) -> None:
    flask_migrate.upgrade()
    tables = db.metadata.tables
    pledge, line, standing = tables["pledge"], tables["pledge_line"], tables["course_standing"]
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        sponsor = fill(connection, ca="sponsor")["ca"]
        connection.execute(standing.update().values(cost=Decimal(500)))
        begun = sponsor.rows["pledge"] | {"id": "begun", "state": "interest", "round": 0}
        connection.execute(pledge.insert().values(begun))
        offered = sponsor.rows["pledge_line"] | {
            "id": "offered", "pledge_id": "begun", "round": 1, "line": sponsor.rows["course_standing"]["line"],
            "usd": Decimal(300),
        }  # fmt: skip
        connection.execute(line.insert().values(offered))
    scope = Scope(Wall.SPONSOR, sponsor.organisation_id, "sponsor", sponsor.rows["person"]["id"])
    with scoped(scope, writing=True), db.engine.begin() as connection:
        offer = pledge.update().where(pledge.c.id == "begun").values(state="offered", round=1)
        assert connection.execute(offer).rowcount == 1
        assert connection.execute(select(standing.c.promised)).scalar_one() == 300
    flask_migrate.downgrade(revision="base")
