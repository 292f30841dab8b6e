"""What does whoever gives a command read when the settings do not let Enlace start?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import config

ROOT = Path(__file__).resolve().parents[2]


def flask(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ENLACE_")}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env={**bare, "ENLACE_INSTANCE": str(folder), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_doctor_tells_unsafe_settings_as_its_findings(tmp_path: Path) -> None:
    told = flask(tmp_path, "doctor", ENLACE_UPLOAD_MEGABYTES="ten")
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert all(line.startswith("✗ settings: ENLACE_") or "FLASK_DEBUG" in line for line in lines)
    for name in ("ENLACE_ENV is not set", "ENLACE_SECRET_KEY", "ENLACE_BASE_URL",
                 "ENLACE_UPLOAD_MEGABYTES must be a whole number"):  # fmt: skip
        assert name in told.stdout
    assert f"{len(lines)} of these need attention" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("command", [["audit", "verify"], ["routes"]])
def test_another_command_ends_with_the_sentences(tmp_path: Path, command: list[str]) -> None:
    told = flask(tmp_path, *command)
    assert told.returncode == 1
    assert told.stderr.startswith("Enlace does not start:\n- ENLACE_ENV is not set")
    assert "Traceback" not in told.stderr + told.stdout


def test_a_server_that_names_its_environment_is_not_told_of_the_demonstration() -> None:
    with pytest.raises(config.UnsafeSettings) as fault:
        config.from_environment({"ENLACE_ENV": "production"})
    assert "demonstration" not in str(fault.value)
    assert len(fault.value.problems) > 3


def test_the_second_factor_is_asked_for_unless_a_demonstration_or_a_test_switches_it_off(
    tmp_path: Path,
) -> None:
    def asks(**given: str) -> bool:
        return config.from_environment(
            {"ENLACE_INSTANCE": str(tmp_path), **given}
        ).asks_second_factor

    assert not asks(ENLACE_ENV="demonstration")
    assert asks(ENLACE_ENV="demonstration", ENLACE_SECOND_FACTOR="on")
    assert asks(ENLACE_ENV="test")
    for wrong in ("no", "OFF", "1"):
        with pytest.raises(config.UnsafeSettings) as fault:
            asks(ENLACE_ENV="demonstration", ENLACE_SECOND_FACTOR=wrong)
        assert fault.value.problems == ("ENLACE_SECOND_FACTOR must be on or off",)


def test_no_server_for_real_people_starts_without_the_second_factor() -> None:
    with pytest.raises(config.UnsafeSettings) as fault:
        config.from_environment({"ENLACE_ENV": "production", "ENLACE_SECOND_FACTOR": "off"})
    assert "ENLACE_SECOND_FACTOR cannot be off in production" in fault.value.problems
