"""How is all that an installation holds copied away, and is a copy still whole?

A backup is a folder: the database as it was at one moment, every file that it speaks of, and a manifest
with their hashes and the end of the audit trail. It is not encrypted: keep it as the data is kept. The keys
of sealed records are a file beside it, to be kept for days only: without it nothing sealed can be opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import make_url

import config
from app import clock
from app.attachments.sealed import sweeping as sealed_files
from app.attachments.sweeping import spoken_of
from app.audit import anchors
from app.db.postgresql import OWNER
from app.db.transactions import transaction
from app.sealing import carried
from app.storage import files, sealed_bytes

backup = AppGroup("backup", help="Copy everything away, and look whether a copy is whole.")
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
DUMPS = {True: "enlace.db", False: "enlace.dump"}
PATIENCE = 60.0
"""Seconds to wait for somebody who is writing."""


@backup.command("create")
@click.argument("folder", type=click.Path(path_type=Path))
def create(folder: Path) -> None:
    """Copy the database and all files into FOLDER, which must not exist yet."""
    settings: config.Settings = current_app.config["ENLACE"]
    keys = keys_beside(folder)
    for place in (folder, keys):
        if place.exists():
            raise SystemExit(f"{place} is there already; name a new folder.")
    unfinished = folder.with_name(folder.name + ".unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700, parents=True)
    # The database first: what it speaks of was on the disk before it did.
    anchor = anchors.present()
    _copy_database(settings, unfinished / DUMPS[settings.is_sqlite])
    wanted = [files.path_of(sha256) for sha256 in sorted(spoken_of())]
    wanted += [sealed_bytes.path_of(name) for name in sorted(sealed_files.spoken_of())]
    for path in wanted:
        _copy_file(path, unfinished)
    _write_manifest(unfinished, str(anchor))
    with transaction(
        writing=False
    ):  # after the database: all that it needs, and nothing erased since
        count = carried.write(keys)
    unfinished.rename(folder)
    files.sync_folder(folder.parent)
    click.echo(f"✓ {folder}: the database and {len(wanted)} files")
    click.echo(
        f"✓ {keys}: the keys of {count} sealed records; keep it elsewhere, and for days only"
    )


@backup.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(folder: Path) -> None:
    """Look whether the backup in FOLDER is whole; exit 1 and say what is wrong."""
    faults = [*faults_of(folder), *faults_of_keys(keys_beside(folder))]
    for fault in faults:
        click.echo(f"✗ {fault}")
    if faults:
        raise SystemExit("This backup cannot be relied on.")
    manifest = json.loads((folder / MANIFEST).read_text())
    click.echo(f"✓ whole, made {manifest['made_at']}; the audit trail ends at {manifest['anchor']}")


def faults_of(folder: Path) -> Iterator[str]:
    """What is wrong with a backup; nothing if it is whole."""
    try:
        written = (folder / MANIFEST).read_bytes()
        seal = (folder / SEAL).read_text().strip()
    except (OSError, UnicodeDecodeError):
        yield "the manifest is missing"
        return
    if hashlib.sha256(written).hexdigest() != seal:
        yield "the manifest was changed"
        return
    known: dict[str, str] = json.loads(written)["contents"]
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(there - set(known) - {MANIFEST, SEAL}):
        yield f"{name} does not belong to it"
    for name, digest in known.items():
        if name not in there:
            yield f"{name} is missing"
        elif _hash(folder / name) != digest:
            yield f"{name} was changed"
    if DUMPS[True] in known and DUMPS[True] in there:
        yield from _faults_of_sqlite(folder / DUMPS[True])


def keys_beside(folder: Path) -> Path:
    """Where the keys of the sealed records in a backup are."""
    return folder.with_name(folder.name + ".keys")


def faults_of_keys(path: Path) -> Iterator[str]:
    """What is wrong with the keys beside a backup; that they are gone is as it should be after some days."""
    try:
        if path.exists():
            carried.read(path)
    except (carried.Damaged, OSError):
        yield f"{path.name} was changed"


def _faults_of_sqlite(path: Path) -> Iterator[str]:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
            is_whole = opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        yield f"{path.name} is no consistent database"


def _copy_database(settings: config.Settings, to: Path) -> None:
    if settings.is_sqlite:
        source = make_url(settings.database_url).database
        with closing(
            sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=PATIENCE)
        ) as opened:
            opened.execute("VACUUM INTO ?", (str(to),))
        _leave_keys_out(to)
    else:
        _dump(settings, to)
    to.chmod(0o600)
    _sync(to)


def _leave_keys_out(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as opened:
        for statement in ("PRAGMA secure_delete=ON", "DELETE FROM wrapped_key", "VACUUM"):
            opened.execute(statement)


def _dump(settings: config.Settings, to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise SystemExit("pg_dump was not found; install the client programs of PostgreSQL.")
    url = make_url(settings.database_url)
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    # As the role that row-level security lets see everything: a plain dump would be refused.
    command = (
        program, "--format=custom", f"--role={OWNER}", "--enable-row-security", "--schema=public",
        "--exclude-table=enlace_queue_*", "--exclude-table-data=public.wrapped_key", f"--file={to}", f"--dbname={plain}",
    )  # fmt: skip
    password = {"PGPASSWORD": url.password or ""}  # never on the command line
    done = subprocess.run(command, env={**os.environ, **password}, check=False)
    if done.returncode:
        raise SystemExit("pg_dump failed; the lines above say why.")


def _copy_file(path: Path, folder: Path) -> None:
    target = folder / "files" / path.relative_to(files.folder())
    files.make_folder(target.parent)
    shutil.copyfile(path, target)
    target.chmod(0o600)
    _sync(target)


def _write_manifest(folder: Path, anchor: str) -> None:
    contents = {
        str(path.relative_to(folder)): _hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest: dict[str, Any] = {
        "made_at": f"{clock.real_now():%Y-%m-%dT%H:%M:%SZ}",
        "anchor": anchor,
        "contents": contents,
    }
    written = json.dumps(manifest, indent=1).encode()
    (folder / MANIFEST).write_bytes(written)
    (folder / SEAL).write_text(hashlib.sha256(written).hexdigest() + "\n")
    for name in (MANIFEST, SEAL):
        (folder / name).chmod(0o600)
        _sync(folder / name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
