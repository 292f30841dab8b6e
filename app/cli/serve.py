"""How does one command serve Enlace: the pages and the jobs behind them?

`python -m app.cli.serve` runs gunicorn and one Huey consumer as one: both end when either does,
when the command is asked to stop, and when it is killed. PORT says where to listen (8000).
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli.supervisor import Service, die_with_parent, supervise

HOST = "127.0.0.1"
"""Only this machine: gunicorn is not made to face a network, a buffering proxy is."""
APPLICATION = "wsgi:app"
QUEUE = "app.cli.worker.huey"
CANNOT_START = 2
ROOT = Path(__file__).resolve().parents[2]


def services(port: int) -> tuple[Service, Service]:
    """The two programs that are Enlace.

    Huey is stopped by SIGINT: on SIGTERM it drops the task that it is running.
    """
    web = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"))
    jobs = (
        sys.executable,
        "-m",
        "huey.bin.huey_consumer",
        "--quiet",
        "--workers",
        "1",
        "--max-delay",
        "2",
    )
    return (
        Service(name="web", command=(*web, "--bind", f"{HOST}:{port}", APPLICATION)),
        Service(name="jobs", command=(*jobs, QUEUE), stop_signal=signal.SIGINT, patience=20.0),
    )


def port_of(raw: str) -> int:
    """The port named by PORT. Raises ValueError with a sentence when it is none, or is taken."""
    if not re.fullmatch("[0-9]{1,5}", raw) or not 1 <= int(raw) <= 65535:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {raw!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(raw)))
        except OSError as error:
            raise ValueError(
                f"port {raw} cannot be used ({error.strerror}). Name another: PORT=8001 make run"
            ) from error
    return int(raw)


def answers(port: int) -> bool:
    """Whether a page comes back, whatever it says."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until asked to stop; the exit code says why it ended (see supervisor)."""
    parser = argparse.ArgumentParser(prog="python -m app.cli.serve", description=__doc__)
    parser.add_argument(
        "--end-with-parent",
        action="store_true",
        help="stop when the program that started this dies",
    )
    parser.add_argument(
        "--only-look", action="store_true", help="say whether the port can be used, and end"
    )
    asked = parser.parse_args(arguments)
    if asked.end_with_parent:
        die_with_parent(os.getppid())
    try:
        port = port_of(os.environ.get("PORT") or "8000")
    except ValueError as error:
        print(f"Enlace: {error}", file=sys.stderr)
        return CANNOT_START
    if asked.only_look:
        return 0
    os.chdir(ROOT)
    return supervise(
        services(port),
        is_ready=lambda: answers(port),
        on_ready=lambda: print(
            f"\n  Enlace: http://{HOST}:{port}\n  Ctrl+C para terminar / to stop\n", flush=True
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
