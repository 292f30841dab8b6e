"""Do the pages and the jobs live and end as one, whoever dies first?"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.running import Running
from tests.support.patience import wait_until


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start_one(*arguments: str, **options: Any) -> Running:
        started.append(Running(tmp_path, *arguments, **options))
        return started[-1]

    yield start_one
    for one in started:
        one.clear_away()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_stops_each_by_its_own_signal(start, asked) -> None:
    running = start().wait_until_ready()
    running.process.send_signal(asked)
    assert running.ended_with() == 0
    assert running.all_gone()
    assert running.signal_of("web") == "SIGTERM"
    assert running.signal_of("jobs") == "SIGINT"


@pytest.mark.parametrize(("first", "other"), [("web", "jobs"), ("jobs", "web")])
def test_the_death_of_one_ends_the_other(start, first: str, other: str) -> None:
    running = start().wait_until_ready()
    os.kill(running.pid(f"{first}.pid"), signal.SIGKILL)
    assert running.ended_with() == 1
    assert running.all_gone()
    assert running.signal_of(other) in ("SIGINT", "SIGTERM")
    assert f"{first} ended with SIGKILL" in running.said()


def test_killed_it_leaves_nothing_behind(start) -> None:
    running = start().wait_until_ready()
    running.process.kill()
    running.ended_with()
    wait_until(running.all_gone, "nothing is left")
    assert running.signal_of("web") == "SIGTERM"
    assert running.signal_of("jobs") == "SIGINT", "Huey would drop its task on any other signal"


def test_killed_before_it_is_ready_it_leaves_nothing_behind(start) -> None:
    running = start()
    wait_until((running.folder / "web.pid").exists, "one service runs")
    running.process.kill()
    running.ended_with()
    wait_until(running.all_gone, "nothing is left")


@pytest.mark.parametrize("stubborn", ["web", "jobs"])
def test_one_that_does_not_stop_is_ended(start, stubborn: str) -> None:
    running = start(stubborn, PATIENCE="0.5").wait_until_ready()
    running.process.send_signal(signal.SIGTERM)
    assert running.ended_with() == 0
    wait_until(running.all_gone, "the kernel has ended what was killed")
    assert f"{stubborn} did not stop in time" in running.said()


def test_a_second_ctrl_c_of_a_person_ends_everything_at_once(start) -> None:
    running = start("jobs", PATIENCE="3600", HURRY_AFTER="0").wait_until_ready()
    running.process.send_signal(signal.SIGINT)
    wait_until((running.folder / "jobs.signal").exists, "the first has arrived")
    running.process.send_signal(signal.SIGINT)
    assert running.ended_with() == 0
    wait_until(running.all_gone, "the kernel has ended what was killed")
    assert "at once" in running.said()


def test_the_same_request_arriving_twice_does_not_hurry_it(start) -> None:
    running = start("jobs", PATIENCE="2", HURRY_AFTER="3600").wait_until_ready()
    running.process.send_signal(signal.SIGINT)
    wait_until((running.folder / "jobs.signal").exists, "the first has arrived")
    running.process.send_signal(signal.SIGINT)
    assert running.ended_with() == 0
    assert "at once" not in running.said()
    assert "jobs did not stop in time" in running.said()


def test_never_ready_is_said_and_nothing_is_left(start) -> None:
    running = start(READY_WITHIN="0")
    assert running.ended_with() == 3
    assert "not ready" in running.said()
    assert running.all_gone()


def test_it_outlives_its_terminal_when_told_to(start) -> None:
    running = start(nohup=True).wait_until_ready()
    running.process.send_signal(signal.SIGHUP)
    running.process.send_signal(signal.SIGINT)
    assert running.ended_with() == 0
    assert running.signal_of("jobs") == "SIGINT"
