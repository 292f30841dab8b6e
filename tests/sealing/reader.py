"""A process of its own that opens sealed values until its standard input ends, and then says how it went.

    python -m tests.sealing.reader URL INSTANCE KEYS VALUES

VALUES is a file of [[organisation, record, sealed in hexadecimal], …]. Prints {"reads": n, "faults": […]}.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from app import create_app
from tests.sealing.places import opened
from tests.support.world import settings


def main(url: str, instance: str, keys: str, values: str) -> None:
    app = create_app(settings(url, Path(instance), master_keys="", master_keys_file=Path(keys)))
    over, faults, reads = threading.Event(), [], 0
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    made = [
        (mark, record, bytes.fromhex(each))
        for mark, record, each in json.loads(Path(values).read_text())
    ]
    print("ready", flush=True)
    with app.app_context():
        while not over.is_set() or reads <= len(made):  # on a slow machine too, each at least once
            try:
                assert opened(*made[reads % len(made)]) == "Nadie"
            except Exception as fault:
                faults.append(repr(fault))
            reads += 1
    print(json.dumps({"reads": reads, "faults": faults[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
