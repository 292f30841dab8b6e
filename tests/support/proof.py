"""What was shown by asking very often, with which chance, at which commit, and how is it resumed?

A test under tests/proofs takes the fixture `proof` and asks as many questions as the profile wants:
a small seeded sample in `make test`, all of them in `make proof`, which goes on where it was
interrupted and writes what it found to docs/proofs/<name>.json.

    def test_no_probe_is_answered_wrongly(proof, probe):
        run = proof("policy-probes", what="Every role asks …", full=20_000, sample=200)
        for chance in run.cases():
            run.count(probe(chance))

A case that fails ends the test, and the message names the seed and the number that repeat it.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "docs" / "proofs"
STATE = ROOT / ".proof"
SAMPLE_SEED = 20040524
SAVE_EVERY = 100
RUNS: pytest.StashKey[list[Run]] = pytest.StashKey()


def is_proving() -> bool:
    """Whether this is `make proof`."""
    return settings.get_current_profile_name() == "proof"


@cache
def commit() -> str:
    """What the proof was run on; "+" at the end says that something was changed after it."""
    changed = _git("status", "--porcelain", "--", ".", ":!docs/proofs")
    return _git("rev-parse", "HEAD") + ("+" if changed else "")


def _git(*arguments: str) -> str:
    found = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def record(name: str, what: str, counts: Mapping[str, int], seed: int | None) -> Path:
    """Write docs/proofs/<name>.json: what was asked, on which commit, by which chance, how often."""
    written = {
        "what": what,
        "commit": commit(),
        "seed": seed,
        "counts": dict(sorted(counts.items())),
    }
    return _write(RECORDS / f"{name}.json", written)


@dataclass
class Run:
    """One proof under way: `cases` asks, `count` keeps score."""

    name: str
    what: str
    seed: int
    total: int
    state: Path | None
    counts: Counter[str] = field(default_factory=Counter)
    _next: int = 0

    def cases(self) -> Iterator[random.Random]:
        """A source of chance for each case still to ask, the same for the same seed and number."""
        self._resume()
        while self._next < self.total:
            try:
                yield random.Random(f"{self.seed}:{self._next}")
            except GeneratorExit:
                self._save()
                raise
            self.counts["cases"] += 1
            self._next += 1
            if self._next % SAVE_EVERY == 0:
                self._save()
        self._finish()

    def count(self, what: str, times: int = 1) -> None:
        """Add to a number that the record will show."""
        self.counts[what] += times

    def __str__(self) -> str:
        return f"proof {self.name}: case {self._next} of {self.total}, seed {self.seed}"

    def _resume(self) -> None:
        if self.state is None:
            return
        commit()  # of the files as they are now, whatever happens to them before the end
        if not self.state.exists():
            return
        found = json.loads(self.state.read_text())
        if (found["commit"], found["seed"], found["total"]) == (commit(), self.seed, self.total):
            self._next, self.counts = found["next"], Counter(found["counts"])

    def _save(self) -> None:
        if self.state is not None:
            kept = {"commit": commit(), "seed": self.seed, "total": self.total}
            _write(self.state, {**kept, "next": self._next, "counts": self.counts})

    def _finish(self) -> None:
        if self.state is not None:
            record(self.name, self.what, self.counts, self.seed)
            self.state.unlink(missing_ok=True)


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Callable[..., Run]:
    """Begins a proof: `proof(name, what=…, full=…, sample=…)`. ENLACE_TEST_SEED chooses the chance."""
    runs = request.node.stash.setdefault(RUNS, [])

    def begin(name: str, *, what: str, full: int, sample: int) -> Run:
        if is_proving():
            seed = int(os.environ.get("ENLACE_TEST_SEED", SAMPLE_SEED))
            runs.append(Run(name, what, seed, full, STATE / f"{name}.json"))
        else:
            runs.append(Run(name, what, SAMPLE_SEED, sample, None))
        return runs[-1]

    return begin


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Say with a failure which case it was."""
    report = yield
    if report.failed and (runs := item.stash.get(RUNS, None)):
        report.sections.append(("proof", "\n".join(map(str, runs))))
    return report


def _write(path: Path, content: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    unfinished.replace(path)
    return path
