"""How does whoever runs the server publish formats, rebuild facts, and sweep what is left over?"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.attachments import sweeping as orphans
from app.attachments.sealed import sweeping as sealed_files
from app.audit import trail
from app.audit.commit import committed
from app.intake import published
from app.needs import facts as counted
from app.retention import sweeping as expired

formats = AppGroup("formats", help="The documents that forms are made of.")
facts = AppGroup("facts", help="What reports count.")
retention = AppGroup("retention", help="Remove what has outlived its use.")


@formats.command("publish")
def publish() -> None:
    """Publish each format's newest version; refuses to change a published one."""
    try:
        new = publish_formats()
    except published.FormatChanged as fault:
        raise SystemExit(str(fault)) from None
    click.echo("Published: " + ", ".join(new) if new else "Every format was published already.")


def publish_formats() -> list[str]:
    """Publish what is new, on record; its names."""
    with committed():
        new = published.publish_all()
        for name in new:
            trail.record(None, "format-published", subject=("format", name))
    return new


@facts.command("rebuild")
def rebuild() -> None:
    """Count all certified versions anew."""
    with committed():
        count = counted.rebuild()
        trail.record(None, "facts-rebuilt", subject=("facts", "all"), detail={"count": count})
    click.echo(f"{count} versions counted")


@retention.command("idempotency")
def idempotency() -> None:
    """Remove keys of old requests, ended sign-ins and counters gone by."""
    swept = expired.sweep()
    click.echo(
        f"removed: {swept.keys} keys, {swept.sign_ins} sign-ins, {swept.counters} counters, "
        f"{swept.programs} programs"
    )


@retention.command("files")
def files() -> None:
    """Remove files that no record speaks of and that are older than a day."""
    click.echo(f"removed: {orphans.sweep() + sealed_files.sweep()} files")
