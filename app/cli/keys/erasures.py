"""How is a record erased by whoever runs the server, and how does it stay so after a restore?"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.audit import trail
from app.audit.commit import committed
from app.cli.actors import NoSuchActor, organisation_id_of
from app.db.transactions import transaction
from app.sealing import carried, erasing, ledger_file


@click.command("destroy-record")
@click.argument("record")
@click.option("--organisation", required=True, help="The key of the organisation that holds it.")
@click.option("--reason", required=True, help="A code such as retention_over.")
@click.option("--again", "said_again", prompt="The record's id once more; this cannot be undone")
@with_appcontext
def destroy_record(record: str, organisation: str, reason: str, said_again: str) -> None:
    """Erase what is sealed in RECORD (its id): destroy its key and write it into the ledger."""
    if said_again != record:
        raise SystemExit("That is another id; nothing was erased.")
    try:
        with committed():
            owner = organisation_id_of(organisation)
            erasing.destroy(record, owner, None, reason)
            trail.record(None, "record-erased", subject=("record", record), owner=owner,
                         detail={"reason": reason})  # fmt: skip
    except (NoSuchActor, ValueError) as fault:
        raise SystemExit(f"{fault}") from None
    click.echo("Erased: nothing that was sealed in it can be opened again."
               " Write the ledger anew (`keys ledger`), for the day of a restore.")  # fmt: skip


@click.command("ledger")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def ledger(path: Path) -> None:
    """Add to the file PATH every erasure that it does not know yet; keep it away from this machine."""
    known = _read(path) if path.exists() else []
    with transaction(writing=False):
        entries = ledger_file.merged(known, erasing.ledger())
    ledger_file.write(path, entries)
    click.echo(f"{len(entries)} erasures, {len(entries) - len(known)} of them new")


@click.command("restore")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--ledger", "ledgers", multiple=True,
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="What `keys ledger` wrote; may be given several times.")  # fmt: skip
@click.option("--without-ledger", is_flag=True, help="Nothing was erased since the backup.")
@with_appcontext
def restore(path: Path, ledgers: tuple[Path, ...], without_ledger: bool) -> None:
    """Give the records of a restored database their keys again (PATH: the file beside the backup).

    What the ledger names is erased here first, and gets none.
    """
    if bool(ledgers) == without_ledger:
        raise click.UsageError("Name a ledger with --ledger, or say --without-ledger.")
    try:
        parts = carried.read(path)
    except carried.Damaged:
        raise SystemExit(f"{path} was changed: it cannot be relied on.") from None
    entries = ledger_file.merged(*(_read(each) for each in ledgers))
    with committed():
        brought = carried.bring_back(parts, entries)
        trail.record(None, "keys-restored", subject=("master-key", "all"),
                     detail={"keys": brought.keys, "erased": brought.erased})  # fmt: skip
    click.echo(f"✓ {brought.keys} records have their keys again; {brought.erased} stay erased")


def _read(path: Path) -> list[ledger_file.Entry]:
    try:
        return ledger_file.read(path)
    except ledger_file.NotALedger as fault:
        raise SystemExit(f"{path}, line {fault.line}: not an erasure") from None
