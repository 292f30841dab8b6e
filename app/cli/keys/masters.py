"""Which master keys are there, and how does a new one take over?"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError

import config
from app import clock
from app.accounts.factors import kept_keys
from app.audit import trail
from app.audit.commit import committed
from app.db.transactions import transaction
from app.sealing import key_file, rotating, standing
from app.sealing.master import Malformed, MasterKey
from app.sealing.refusals import SealingUnavailable, Unopenable

NO_KEY = "There is no master key: name a file with ENLACE_MASTER_KEYS_FILE, then `keys new`."
TRIES = 3


@click.command("status")
@with_appcontext
def status() -> None:
    """Which master keys are there and what each wraps; exit 1 if something cannot be opened."""
    with transaction(writing=False):
        found = standing.look()
    for number, master in enumerate(found.masters):
        click.echo(f"{master.id:16} {_said_of(master, is_first=number == 0)}")
    if not found.masters:
        click.echo(NO_KEY)
    click.echo(f"{found.organisation_keys} keys of organisations, {found.records} keys of records,"
               f" {found.erased} records erased")  # fmt: skip
    faults = [
        (found.closed, "keys of organisations are closed: their master key is not there"),
        (found.broken, "keys of organisations were changed, and open with no key"),
        (found.away, "records wait for their key: `keys restore` brings it back"),
    ]
    for count, sentence in faults:
        if count:
            click.echo(f"✗ {count} {sentence}")
    if any(count for count, _ in faults):
        raise SystemExit(1)


def _said_of(master: standing.Master, *, is_first: bool) -> str:
    if master.is_another:
        return "is not the key that bore this id before: choose another id"
    if not master.is_there:
        return f"is not there; wraps {master.wraps} keys of organisations"
    said = f"wraps {master.wraps} keys of organisations"
    if not master.is_known:
        return f"{said}; `keys rotate` lets it take over" if is_first else said
    return f"first, {said}" if is_first else said


@click.command("new")
@click.option("--print", "only_print", is_flag=True, help="Write it to the screen and no file.")
@with_appcontext
def new(only_print: bool) -> None:
    """Make a master key and put it first in ENLACE_MASTER_KEYS_FILE; `keys rotate` puts it to use."""
    settings: config.Settings = current_app.config["ENLACE"]
    path = settings.master_keys_file
    try:
        name, line = key_file.new_key(path, clock.real_now().date())
        if only_print or path is None:
            click.echo(line)
            return
        key_file.put_first(path, line)
    except Malformed as fault:
        raise SystemExit(f"{path}: {fault}") from None
    except OSError as fault:
        raise SystemExit(
            f"{path} cannot be written ({type(fault).__name__}): run as its owner,"
            " or put the line of `keys new --print` first in it."
        ) from None
    click.echo(f"{name} stands first in {path}. Keep a copy of the file where no backup is kept,"
               " then `keys rotate`.")  # fmt: skip


@click.command("rotate")
@with_appcontext
def rotate() -> None:
    """Let the first master key wrap everything, while people work; goes on where it was interrupted."""
    try:
        with committed():
            first = rotating.introduce_first()
    except SealingUnavailable:
        raise SystemExit(NO_KEY) from None
    except rotating.IdTaken:
        raise SystemExit("Another key bore the id of the first one: choose another id.") from None
    with committed():  # first: once the rest is wrapped, an older key may be taken away
        programs = kept_keys.seal_anew()
    with transaction(writing=False):
        organisations = rotating.organisations()
    left = sum(not _rotate_one(each, first) for each in organisations)
    with committed():
        trail.record(None, "keys-rotated", subject=("master-key", first.id),
                     detail={"organisations": len(organisations), "left": left})  # fmt: skip
    if left:
        raise SystemExit(f"{left} of {len(organisations)} organisations have keys that cannot be"
                         " opened; they stay as they are. See `keys status`.")  # fmt: skip
    if programs:
        raise SystemExit(f"{programs} second factors cannot be opened; they stay as they are. Their"
                         " people need `factors reset`, or the key that wrapped them.")  # fmt: skip
    click.echo(f"{first.id} wraps the keys of {len(organisations)} organisations. The other master keys"
               " wrap nothing that is here: keep them, apart, as long as backups from before are kept.")  # fmt: skip


def _rotate_one(organisation_id: str, first: MasterKey) -> bool:
    """Whether everything of the organisation is under the first key now."""
    try:
        with committed():
            rotating.renew(organisation_id, first)
    except (SealingUnavailable, Unopenable):
        return False
    for _ in range(TRIES):
        _rewrap_all(organisation_id)
        try:
            with committed():
                return rotating.drop_unused(organisation_id) == 0
        except IntegrityError:  # somebody sealed with the old key meanwhile
            continue
    return False


def _rewrap_all(organisation_id: str) -> None:
    batch = rotating.Batch("", 0, 0)
    while True:
        with committed():
            found = rotating.rewrap(organisation_id, batch.last)
        if found is None:
            return
        batch = found
