"""How does a process of its own deliver what is due, so that it can be killed in the middle?

`python -m tests.outbox.draining <seconds>`: says that it is ready, waits for a line, and delivers what
is due so many seconds from now.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from app import create_app
from tests.support.delivering import deliver


def main(seconds: str) -> None:
    application = create_app()
    print("ready", flush=True)
    sys.stdin.readline()
    deliver(application, timedelta(seconds=float(seconds)))


if __name__ == "__main__":
    main(sys.argv[1])
