"""Do tests of one file on one database run in one worker, in the order of the file?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WHERE = """
import os, pathlib, pytest

@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("number", range(20))
def test_where(database, number):
    with open(pathlib.Path(__file__).parent / database, "a") as seen:
        print(os.environ["PYTEST_XDIST_WORKER"], number, file=seen)
"""


def test_a_file_stays_on_one_worker_for_each_database(tmp_path: Path) -> None:
    (tmp_path / "test_where.py").write_text(WHERE)
    run = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "tests.support.together",
           "--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)]  # fmt: skip
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    for database in ("sqlite", "postgresql"):
        seen = [line.split() for line in (tmp_path / database).read_text().splitlines()]
        assert len({worker for worker, _number in seen}) == 1
        assert [int(number) for _worker, number in seen] == list(range(20))
