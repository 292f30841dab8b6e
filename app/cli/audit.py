"""Is the audit trail whole, what did it record, and how is its end remembered elsewhere?"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.audit import anchors
from app.audit.models import AuditEvent
from app.audit.verify import verify as verify_chain
from app.db.transactions import transaction

audit = AppGroup("audit", help="Look at the audit trail and prove that it is whole.")
SHOWN = 500


@audit.command("verify")
@click.option("--anchor", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file of anchors written earlier.")  # fmt: skip
def verify(path: Path | None) -> None:
    """Check every event; exit 1 and name each that was changed, removed, added or reordered."""
    try:
        remembered = anchors.read(path.read_text().splitlines()) if path else ()
    except anchors.NotAnAnchor as mistake:
        raise SystemExit(f"{path}, line {mistake.args[0]}: not an anchor") from None
    found = verify_chain(remembered)
    for fault in found.faults:
        click.echo(f"✗ event {fault.seq}: {fault.reason}")
    if found.faults:
        raise SystemExit(f"The audit trail does not hold: {len(found.faults)} faults.")
    with_anchors = f", as {len(remembered)} anchors remember them" if remembered else ""
    click.echo(f"✓ {found.count} events, each following from the one before{with_anchors}")
    if not remembered:
        click.echo("  A trail written anew from its beginning is found only with --anchor FILE.")


@audit.command("anchor")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), required=False)
def anchor(path: Path | None) -> None:
    """Write the end of the trail as a line, to be kept away from this machine."""
    try:
        line = str(anchors.present())
    except LookupError as fault:
        raise SystemExit(str(fault)) from None
    click.echo(line)
    if path:
        with path.open("a") as file:
            file.write(line + "\n")


@audit.command("show")
@click.argument("subject")
def show(subject: str) -> None:
    """What happened to the record with this id; who and when, never what was written."""
    columns = (
        AuditEvent.seq, AuditEvent.at, AuditEvent.kind, AuditEvent.person_id,
        AuditEvent.acting_organisation_id, AuditEvent.part, AuditEvent.revision,
    )  # fmt: skip
    of_subject = select(*columns).where(AuditEvent.subject_id == subject)
    with transaction(writing=False) as session:
        events = session.execute(of_subject.order_by(AuditEvent.seq).limit(SHOWN + 1)).all()
    if not events:
        raise SystemExit("Nothing is on record about it.")
    for event in events[:SHOWN]:
        who = f"{event.person_id or '-'} for {event.acting_organisation_id or '-'}"
        place = f" {event.part} ({event.revision})" if event.part else ""
        click.echo(f"{event.seq} {event.at:%Y-%m-%d %H:%M:%S} {event.kind}{place} by {who}")
    if len(events) > SHOWN:
        click.echo(f"… the first {SHOWN} are shown")
