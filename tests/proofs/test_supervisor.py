"""Killed at any moment, does the supervisor leave something behind?"""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

from tests.house.running import Running
from tests.support.patience import wait_until


def test_killed_at_any_moment_it_leaves_nothing_behind(proof, tmp_path: Path) -> None:
    run = proof(
        "supervisor-kills",
        what="The supervisor is killed with -9 at a random moment of its first half second, or once"
        " it is ready: its services and their children end.",
        full=300,
        sample=2,
    )
    for number, chance in enumerate(run.cases()):
        folder = tmp_path / str(number)
        folder.mkdir()
        run.count(kill(Running(folder), chance))


def kill(running: Running, chance: random.Random) -> str:
    """Kill it and wait until nothing is left; says when it was."""
    try:
        if is_late := chance.random() < 0.3:
            running.wait_until_ready()
        else:
            time.sleep(chance.uniform(0, 0.5))
        running.process.send_signal(signal.SIGKILL)
        running.ended_with()
        wait_until(running.all_gone, "nothing is left")
        return "killed when ready" if is_late else "killed while starting"
    finally:
        running.clear_away()
