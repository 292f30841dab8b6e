"""Which mail waits, which was given up, and how is it sent after all?"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.audit import trail
from app.audit.commit import committed
from app.db.transactions import transaction
from app.outbox import backlog, deliver, states

outbox = AppGroup("outbox", help="Look after promised mail.")


@outbox.command("status")
def status() -> None:
    """How many messages stand where, and which were given up."""
    with transaction(writing=False) as session:
        counts, oldest = backlog.counts(session), backlog.oldest_due(session)
        parked = [
            f"  {one.id} {one.kind}, {one.tries} tries, last fault {one.fault}"
            for one in backlog.parked(session)
        ]
    for state in states.ALL:
        click.echo(f"{state:8} {counts.get(state, 0)}")
    if oldest:
        click.echo(f"due since {oldest:%Y-%m-%d %H:%M} UTC")
    for line in parked:
        click.echo(line)


@outbox.command("retry")
@click.argument("message", required=False)
@click.option("--all", "every", is_flag=True, help="Every message that was given up.")
def retry(message: str | None, every: bool) -> None:
    """Take up again a message that was given up, or all of them."""
    if bool(message) == every:
        raise click.UsageError("Name one message, or say --all.")
    with committed() as session:
        count = backlog.retry(session, message)
        if count:
            trail.record(None, "outbox-retried", subject=("outbox", message or "all"),
                         detail={"count": count})  # fmt: skip
    if not count:
        raise SystemExit("No such message was given up.")
    click.echo(f"{count} taken up again; they go out within a minute, or with `outbox drain`.")


@outbox.command("drain")
def drain() -> None:
    """Deliver now whatever is due."""
    done = deliver.drain()
    click.echo(f"{done.sent} delivered, {done.failed} refused")
    if not done.is_reachable:
        raise SystemExit("The mail server cannot be used; the rest waits.")
