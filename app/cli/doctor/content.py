"""Is what the program needs to work with there: formats, files, styles, translations?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

import config
from app.attachments.sealed import sweeping as sealed_files
from app.attachments.sweeping import spoken_of
from app.cli.speech import Finding, either, right, wrong
from app.db.transactions import transaction
from app.intake import published
from app.intake.models import FormatVersion
from app.storage import files, sealed_bytes
from app.web.template_globals import manifest

ROOT = Path(__file__).resolve().parents[3]


def look(settings: config.Settings) -> Iterator[Finding]:
    """Published formats, stored files, built assets, compiled translations."""
    yield from _formats()
    yield from _files()
    yield either(
        bool(manifest()), "pages: styles and scripts are built", "pages: run `make assets` first"
    )
    catalogue = ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.mo"
    yield either(
        catalogue.exists(),
        "pages: translations are compiled",
        "pages: run `make translations` first",
    )


def _formats() -> Iterator[Finding]:
    with transaction(writing=False) as session:
        rows = session.execute(
            select(FormatVersion.name, FormatVersion.version, FormatVersion.hash)
        ).all()
    known = {(row.name, row.version): row.hash for row in rows}
    for format in published.repository():
        name = f"{format.name} {format.version}"
        stored = known.get((format.name, format.version))
        if stored is None:
            yield wrong(f"formats: {name} is not published; run `flask --app wsgi formats publish`")
        else:
            yield either(
                stored == format.hash,
                f"formats: {name} is what was published",
                f"formats: {name} says another thing than when it was published",
            )


def _files() -> Iterator[Finding]:
    wanted = spoken_of() | sealed_files.spoken_of()
    there = {*files.hashes(), *sealed_bytes.names()}
    lost = len(wanted - there)
    yield either(not lost, f"files: all {len(wanted)} are there", f"files: {lost} are lost")
    if extra := len(there - wanted):
        yield right(f"files: {extra} belong to no record yet; the sweeper looks after them")
