"""Can what cases say of persons be sealed and opened, and are the keys where others cannot read them?"""

from __future__ import annotations

from collections.abc import Iterator

import config
from app.cli.doctor.database import is_newest
from app.cli.speech import Finding, either, right, wrong
from app.db.transactions import transaction
from app.sealing import key_file, standing


def look(settings: config.Settings) -> Iterator[Finding]:
    """The master keys, the file they are in, and whether everything wrapped can be opened."""
    path = settings.master_keys_file
    if path is not None and key_file.is_open_to_others(path):
        yield wrong(f"sealing: others may read {path}; chmod 600 it")
    if path is not None and settings.is_production and path.is_relative_to(settings.instance):
        yield wrong(f"sealing: {path} lies beside the data that it opens; keep it elsewhere")
    if not is_newest():
        return
    with transaction(writing=False):
        found = standing.look()
    if not found.has_key:
        yield wrong("sealing: there is no master key, so cases cannot hold what is said of persons;"
                    " `keys new` makes one in ENLACE_MASTER_KEYS_FILE")  # fmt: skip
    elif faults := list(_faults(found)):
        yield from (wrong(f"sealing: {fault}") for fault in faults)
    else:
        yield right(f"sealing: {found.masters[0].id} wraps {found.organisation_keys} keys of"
                    f" organisations; {found.records} records have a key")  # fmt: skip
    yield either(
        not found.away,
        "sealing: no record waits for its key",
        f"sealing: {found.away} records wait for their key since a restore; see `keys restore`",
    )


def _faults(found: standing.Standing) -> Iterator[str]:
    for master in found.masters:
        if master.is_another:
            yield f"{master.id} is not the key that bore this id before; see `keys status`"
    if found.closed:
        yield f"{found.closed} keys of organisations are wrapped by a master key that is not there"
    if found.broken:
        yield f"{found.broken} keys of organisations were changed, and open with no key"
    if not found.is_rotated and not found.closed:
        yield "the first master key does not wrap everything yet; run `keys rotate`"
