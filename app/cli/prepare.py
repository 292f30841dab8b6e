"""How does an empty folder become an installation that can be served?"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

import config
from app.attachments import sweeping as orphans
from app.attachments.sealed import sweeping as sealed_files
from app.cli.demo import world
from app.cli.doctor.database import is_newest
from app.cli.records import publish_formats
from app.db import installation
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.binding import jobs_of_app
from app.jobs.queue import make_ready
from app.storage import files

ROOT = Path(__file__).resolve().parents[2]


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Make the folder, migrate, publish formats; in the demonstration also its world of May 2004."""
    settings: config.Settings = current_app.config["ENLACE"]
    files.make_folder(settings.instance)
    settings.instance.chmod(0o700)
    with one_at_a_time(settings):
        migrate(settings)
        make_ready(jobs_of_app().huey)
        _fill(settings)
    click.echo(f"Enlace: prepared for {settings.environment} ({_place()})")
    if settings.is_demonstration:
        world.introduce(settings.base_url)


def _fill(settings: config.Settings) -> None:
    with transaction(writing=False) as session:
        mode, is_empty = installation.mode_of(session), world.is_empty(session)
    if settings.is_demonstration:
        if mode == installation.PREPARING:  # an earlier preparation was broken off
            begin_again(settings)
        elif mode is None and is_empty:
            world.make()
        elif mode != installation.DEMONSTRATION:
            raise SystemExit(world.HOLDS_SOMETHING_ELSE)
    elif mode in (installation.DEMONSTRATION, installation.PREPARING):
        raise SystemExit("This database is a demonstration; name another with ENLACE_DATABASE_URL.")
    elif mode is None:
        with transaction(writing=True) as session:
            installation.describe(session, settings.environment)
    publish_formats()


@click.command("demo-reset")
@with_appcontext
def demo_reset() -> None:
    """Begin the demonstration again; refuses any database that is not one."""
    settings: config.Settings = current_app.config["ENLACE"]
    if not settings.is_demonstration:
        raise SystemExit("demo-reset is only for the demonstration (ENLACE_ENV=demonstration).")
    files.make_folder(settings.instance)
    with one_at_a_time(settings):
        migrate(settings)
        with transaction(writing=False) as session:
            mode, is_empty = installation.mode_of(session), world.is_empty(session)
        if mode not in (installation.DEMONSTRATION, installation.PREPARING) and not is_empty:
            raise SystemExit(world.HOLDS_SOMETHING_ELSE)
        begin_again(settings)
        publish_formats()
    click.echo("Enlace: the demonstration begins again; sign in anew.")
    world.introduce(settings.base_url)


def begin_again(settings: config.Settings) -> None:
    """Empty the database of a demonstration by its migrations, and fill it anew."""
    migrate(settings, to="base")
    migrate(settings)
    world.make()
    orphans.sweep(older_than=0)
    sealed_files.sweep(older_than=0)


def migrate(settings: config.Settings, *, to: str = "head") -> None:
    """Bring the tables to a revision, as the owner of the database where one is named."""
    if to == "head" and is_newest():
        return
    verb = "downgrade" if to == "base" else "upgrade"
    db.session.remove()
    if not settings.owner_url:
        getattr(flask_migrate, verb)(revision=to)
        return
    # The program's own role may not change tables, so that a fault in it cannot either.
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", verb, to],
        cwd=ROOT,
        env={**os.environ, "ENLACE_DATABASE_URL": settings.owner_url},
        check=False,
    )
    if done.returncode:
        raise SystemExit("The tables could not be migrated; the lines above say why.")


@contextmanager
def one_at_a_time(settings: config.Settings) -> Iterator[None]:
    """Two preparations of one folder follow each other."""
    lock = os.open(settings.instance / "prepare.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _place() -> str:
    """The database that is really used, without who logs in or how."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    where = f"{url.host or 'this machine'}{f':{url.port}' if url.port else ''}"
    return f"PostgreSQL, {url.database} at {where}"
