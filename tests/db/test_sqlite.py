"""Is SQLite opened so that nothing acknowledged is lost, and does everybody get a turn to write?"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db import engine as engines
from app.db import sqlite, turn
from app.db.errors import is_passing
from app.db.scoping import SYSTEM, scoped
from tests.support.patience import SECONDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = opened(tmp_path / "some.db")
    with scoped(SYSTEM, writing=True), made.begin() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, n INTEGER)"))
        connection.execute(text("INSERT INTO kept VALUES (1, 0)"))
    yield made
    made.dispose()


def opened(path: Path) -> Engine:
    url = f"sqlite:///{path}"
    made = create_engine(url, **engines.options(url))
    engines.prepare(made)
    return made


def write(engine: Engine) -> None:
    with scoped(SYSTEM, writing=True), engine.begin() as connection:
        connection.execute(text("UPDATE kept SET n = n + 1"))


def count(engine: Engine) -> int:
    with scoped(SYSTEM), engine.connect() as connection:
        return connection.execute(text("SELECT n FROM kept")).scalar_one()


@pytest.mark.parametrize(
    ("version", "is_fixed"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False),
        ((3, 51, 3), True), ((3, 54, 1), True),
    ],
)  # fmt: skip
def test_the_write_ahead_log_is_used_only_where_the_library_has_the_fix(
    version: tuple[int, ...], is_fixed: bool
) -> None:
    assert sqlite.has_wal_fix(version) is is_fixed


def test_every_connection_checks_references_and_waits_for_the_disk(engine: Engine) -> None:
    wanted = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "recursive_triggers": 1}
    with scoped(SYSTEM), engine.connect() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    assert str(journal).upper() == sqlite.journal_mode()


def test_only_the_owner_may_read_the_file(engine: Engine, tmp_path: Path) -> None:
    write(engine)
    for path in tmp_path.iterdir():
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


def test_a_reading_transaction_cannot_write(engine: Engine) -> None:
    with scoped(SYSTEM), engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("UPDATE kept SET n = 9"))
    assert count(engine) == 0


def test_a_commit_that_was_acknowledged_is_seen_by_another_connection(engine: Engine) -> None:
    other = opened(Path(engine.url.database or ""))
    write(engine)
    assert count(other) == 1
    other.dispose()


def test_a_rolled_back_transaction_leaves_nothing_and_gives_its_turn_back(engine: Engine) -> None:
    with scoped(SYSTEM, writing=True), engine.connect() as connection:
        connection.execute(text("UPDATE kept SET n = 9"))
        connection.rollback()
        write(engine)  # would wait for ever if the turn were kept
    assert count(engine) == 1


def test_the_turn_ends_after_the_commit_and_not_before(engine: Engine) -> None:
    taken_in_time: list[bool] = []
    with scoped(SYSTEM, writing=True), engine.connect() as connection:
        connection.execute(text("UPDATE kept SET n = 1"))
        line = turn._lines[os.getpid(), str(engine.url.database)]
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(
            lambda statement: taken_in_time.append(line.enter(0)) if statement == "COMMIT" else None
        )
        connection.commit()
        raw.set_trace_callback(None)
    assert taken_in_time == [False]


def test_whoever_waits_too_long_is_told_to_come_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 60)
    with scoped(SYSTEM, writing=True), engine.connect() as connection:
        connection.execute(text("UPDATE kept SET n = 9"))
        with pytest.raises(OperationalError) as refused:
            write(engine)
        connection.rollback()
    assert is_passing(refused.value)
    write(engine)
    assert count(engine) == 1


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_connection_that_is_given_up_keeps_neither_turn_nor_file(engine: Engine) -> None:
    before = open_files()
    for _ in range(30):
        with scoped(SYSTEM, writing=True), engine.connect() as connection:
            connection.execute(text("UPDATE kept SET n = 9"))
            connection.invalidate()
        write(engine)
        engine.dispose()
    assert open_files() <= before + 2
    assert count(engine) > 0


def test_replacing_a_row_does_not_pass_the_triggers_that_keep_it(engine: Engine) -> None:
    with scoped(SYSTEM, writing=True), engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER keep BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'kept'); END"
        )
    replace = text("INSERT OR REPLACE INTO kept VALUES (1, 99)")
    with scoped(SYSTEM, writing=True), engine.connect() as connection:
        with pytest.raises(DBAPIError, match="kept"):
            connection.execute(replace)
        connection.rollback()
    assert count(engine) == 0


def test_the_message_of_a_fault_holds_nothing_that_was_written(engine: Engine) -> None:
    with scoped(SYSTEM, writing=True), engine.connect() as connection:
        with pytest.raises(DBAPIError) as fault:
            connection.execute(text("INSERT INTO kept VALUES (1, :n)"), {"n": "canary-7731"})
        connection.rollback()
    assert "canary-7731" not in str(fault.value)


WRITER = """
import sys
from pathlib import Path
from app.db import sqlite
from tests.db.test_sqlite import opened, write
sqlite.BUSY_MILLISECONDS = 60_000  # the machine of the tests may be busy with others
engine = opened(Path(sys.argv[1]))
for _ in range(40):
    write(engine)
"""


def test_threads_of_several_processes_lose_no_write(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 60_000)
    others = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(engine.url.database)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    threads = [
        threading.Thread(target=lambda: [write(engine) for _ in range(20)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        assert other.wait(SECONDS) == 0, other.stderr and other.stderr.read().decode()
        assert other.stderr
        other.stderr.close()
    assert count(engine) == 2 * 40 + 4 * 20


def test_a_killed_writer_does_not_keep_the_turn(engine: Engine) -> None:
    script = (
        WRITER
        + "\nfrom app.db.turn import Turn\nTurn(sys.argv[1]).take(5)\nprint('mine', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(engine.url.database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(turn.Busy):
            turn.Turn(str(engine.url.database)).take(0.05)
        other.kill()
        other.wait()
    write(engine)
    assert count(engine) == 41


def test_a_line_is_kept_in_order_and_left_without_a_trace() -> None:
    line, order = turn.Line(), []
    assert line.enter(0)
    assert not line.enter(0.01)  # gave up: nobody may be handed the turn for them
    gates = [threading.Event() for _ in range(3)]

    def wait(number: int) -> None:
        gates[number].set()
        assert line.enter(10)
        order.append(number)
        line.leave()

    threads = []
    for number in range(3):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(line._waiting) <= number:
            gates[number].wait(0.001)
    line.leave()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2]
    assert line.enter(0)
