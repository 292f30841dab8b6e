"""`make bench`: measure every work on both databases, print the ratios, write bench/latest.json.

BENCH_QUICK=1 measures little, to see that it runs. The figures are ratios of interleaved rounds: on a
shared machine nothing else means anything.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import bundling, in_process, live, matching, over_http
from tests.support import postgres, run_home

HERE = Path(__file__).resolve().parent
WORK, LATEST = HERE / ".work", HERE / "latest.json"
QUICK = bool(os.environ.get("BENCH_QUICK"))
REACH = {
    "need-form-get": 1.5, "need-form-get-growth": 0.9, "need-submit-post": 0.6, "field-save": 1.0,
    "compile-100k": 0.66, "xlsx-10k": 0.77, "report-docx": 0.77, "report-pdf": 0.77,
    "report-page": 0.8, "live-200-streams": 0.5, "match-1k-offers": 0.8,
    "bundle-300-needs": 0.8,
}  # fmt: skip
"""The ratios to reach; see docs/performance.md."""


def main() -> None:
    alive = run_home.begin()  # the PostgreSQL server of this run ends with it
    try:
        _write_rows(WORK.parent / "quick.json" if QUICK else LATEST)
    finally:
        run_home.end(alive)


def _write_rows(into: Path) -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    rows = []
    for row in measured():
        row["to_reach"] = REACH[str(row["work"])]
        rows.append(row)
        print(f"{row['work']:22} {row['database']:11} {row['ratio_to_floor']:>7}  "
              f"(to reach {row['to_reach']})", flush=True)  # fmt: skip
        into.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    shutil.rmtree(WORK, ignore_errors=True)


def measured() -> Iterator[dict[str, object]]:
    """Every row, work by work."""
    rounds, each = (2, 5) if QUICK else (8, 10)
    for database in ("sqlite", "postgresql"):
        yield from over_http.measure(
            database, urls(database), WORK / database, rounds=rounds, each=each
        )
        yield from live.measure(
            database, urls(database), WORK / database, rounds=2 if QUICK else 8,
            each=5 if QUICK else 100, many=20 if QUICK else live.READERS,
        )  # fmt: skip
        yield from in_process.measure(
            database, urls(database)("facts"), WORK / database / "facts",
            needs=2_000 if QUICK else 100_000, listed=500 if QUICK else 10_000,
            rounds=2 if QUICK else 5,
        )  # fmt: skip
        yield from matching.measure(
            database, urls(database), WORK / database, offers=100 if QUICK else 1_000,
            rounds=2 if QUICK else 5,
        )  # fmt: skip
    yield from in_process.documents(2 if QUICK else 9)
    yield bundling.measure(1, *((20, 6) if QUICK else (300, 40)))


def urls(database: str) -> Callable[[str], str]:
    """Where a fresh database of a name is."""

    def url(name: str) -> str:
        if database == "sqlite":
            folder = WORK / database / name
            folder.mkdir(parents=True, exist_ok=True)
            return f"sqlite:///{folder / 'bench.db'}"
        made = f"enlace_bench_{name}"
        if made not in _made:
            _made.add(postgres.create(made))
        return postgres.server().admin_url(made)

    return url


_made: set[str] = set()

if __name__ == "__main__":
    main()
