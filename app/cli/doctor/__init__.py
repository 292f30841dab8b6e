"""What is right and what is wrong with this installation?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import click
from flask import current_app
from flask.cli import with_appcontext

import config
from app.cli.doctor import (
    background,
    content,
    database,
    instance,
    postgresql,
    sealing,
    settings,
    sqlite_file,
)
from app.cli.speech import Finding, tell, wrong
from app.db import installation

Look = Callable[[config.Settings], Iterator[Finding]]
LOOKS: tuple[Look, ...] = (
    settings.look,
    instance.look,
    sqlite_file.look,
    postgresql.look,
    database.look,
    sealing.look,
    content.look,
    background.look,
)


@click.command("doctor")
@click.option("--production", is_flag=True, help="Judge as if this were a production server.")
@with_appcontext
def doctor(production: bool) -> None:
    """Say what is right (✓) and wrong (✗) with this installation; exit 1 if anything is wrong."""
    chosen: config.Settings = current_app.config["ENLACE"]
    if production:
        chosen = replace(chosen, environment="production")
    if count := tell(_findings(chosen)):
        raise SystemExit(f"{count} of these need attention.")


def _findings(chosen: config.Settings) -> Iterator[Finding]:
    try:
        installation.know()
    except installation.WrongInstallation as fault:
        yield wrong(f"{fault}")
    for look in LOOKS:
        try:
            yield from look(chosen)
        except Exception as fault:  # one thing that cannot be looked at is a finding itself
            subject = look.__module__.rpartition(".")[2].replace("_", " ")
            yield wrong(f"{subject}: could not be looked at ({type(fault).__name__})")
