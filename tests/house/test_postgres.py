"""Do tests get a PostgreSQL of their own, behind whose walls they stand as the product does?"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres, run_home
from tests.support.patience import wait_until

ROOT = Path(__file__).resolve().parents[2]


def make_roles(url: str) -> None:
    """What a first migration does: the roles, and a table that one of them may read."""
    with psycopg.connect(postgres.make_url(url).set(drivername="postgresql").render_as_string(False),
                         autocommit=True) as owner:  # fmt: skip
        for role in postgres.TAKEN_ROLES:
            if not owner.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).rowcount:
                owner.execute(f"CREATE ROLE {role}")
        owner.execute("CREATE TABLE kept (word text); GRANT SELECT ON kept TO enlace_sponsor")
        owner.execute("INSERT INTO kept VALUES ('need')")


@pytest.fixture
def database():
    name = f"house_{os.getpid()}"
    postgres.create(name, template=postgres.template("house_template", make_roles))
    yield name
    postgres.drop(name)


@pytest.fixture
def connection(database: str):
    url = postgres.make_url(postgres.server().web_url(database)).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        yield connection


def test_a_copy_holds_what_the_migrations_made(connection: psycopg.Connection) -> None:
    connection.execute("SET ROLE enlace_sponsor")
    assert connection.execute("SELECT word FROM kept").fetchall() == [("need",)]


def test_the_login_role_may_nothing_until_it_takes_a_role(connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT word FROM kept")


def test_the_login_role_is_no_superuser_in_disguise(connection: psycopg.Connection) -> None:
    powers = connection.execute(
        "SELECT rolsuper, rolinherit, rolbypassrls, rolcreatedb, rolcreaterole"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert powers == (False, False, False, False, False)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SET ROLE postgres")


@pytest.mark.parametrize("role", postgres.TAKEN_ROLES)
def test_the_login_role_may_take_each_of_ours(connection: psycopg.Connection, role: str) -> None:
    connection.execute(f"SET ROLE {role}")
    assert connection.execute("SELECT current_user").fetchone() == (role,)


def test_what_one_copy_changes_the_next_does_not_see(database: str) -> None:
    with postgres.server().connect(database) as admin:
        admin.execute("DELETE FROM kept")
    postgres.create(database, template="house_template")
    with postgres.server().connect(database) as admin:
        assert admin.execute("SELECT count(*) FROM kept").fetchone() == (1,)


RUN = """
    import os, sys
    from tests.support import postgres, run_home
    alive = run_home.begin()
    with postgres.server().connect() as admin:
        (pid,) = admin.execute("SELECT pg_backend_pid()").fetchone()
        parent = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1]
    print(run_home.home(), parent, flush=True)
    os.kill(os.getpid(), 9) if sys.argv[1] == "killed" else run_home.end(alive)
"""


@pytest.mark.skipif(
    bool(os.environ.get("ENLACE_TEST_POSTGRES")), reason="the server is not ours to end"
)
@pytest.mark.parametrize("how", ["ended", "killed"])
def test_nothing_of_a_run_is_left(how: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k != run_home.VARIABLE}
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(RUN), how],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr
    folder, server = run.stdout.split()
    wait_until(
        lambda: not Path(folder).exists() and not _is_running(server),
        f"nothing is left of {folder}, {how}",
    )


def _is_running(pid: str) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()
