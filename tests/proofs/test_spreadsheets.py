"""Filled, sent in, drafted, taken away and sent in again: are the answers the same ones?"""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from app.intake.sheets.layout import Mark
from app.intake.sheets.writing import Entry, workbook
from app.needs.format import NEED
from app.storage.archives import BOMB
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.documents.test_read_xlsx import bomb, measured
from tests.intake.sheets.answering import answers, without_ids
from tests.intake.sheets.filling import BASE, Sender
from tests.intake.writing import Writer
from tests.support.proof import SAMPLE_SEED, is_proving, record

FULL, SAMPLE = 500, 10
WHAT = (
    "Needs with chance answers to every question, hostile words among them, written into the form, "
    "sent in, made into drafts, downloaded and sent in again: answers equal to those filled in, and "
    "nothing to change the second time; on SQLite and on PostgreSQL. While they are brought in a "
    "colleague saves a field again and again: how long the longest of those requests took, and how "
    "long before, in milliseconds. And an archive of about 200 kB "
    "that unpacks to 200 MB: milliseconds of work until it is refused, and kB of memory more than before"
)


WAITS: dict[str, int] = {}
"""On each database, since one record is kept of both."""


class Saving:
    """A colleague who saves a field again and again in a draft of her own."""

    def __init__(self, matrix: Matrix) -> None:
        self.writer, self.is_over = Writer(matrix, "hn.focal"), Event()
        [seen] = self.writer.fields("essentials")["_revision.gap"]
        self.draft, _, revision = seen.partition(":")
        self.revision = int(revision)
        self.refused: list[int] = []

    def longest(self, seconds: float | None = None) -> int:
        """The milliseconds of the longest of her requests, until it is over or so many seconds."""
        longest, ends = 0.0, time.monotonic() + seconds if seconds else None
        while time.monotonic() < ends if ends else not self.is_over.is_set():
            begun = time.monotonic()
            self._save()
            longest = max(longest, time.monotonic() - begun)
        return round(longest * 1000)

    def _save(self) -> None:
        path = f"/needs/{self.writer.need}/answers/gap"
        sent = {
            "gap": f"Palabras {self.revision}",
            "_revision.gap": f"{self.draft}:{self.revision}",
        }
        answer = self.writer.send("PUT", path, sent)
        if answer.status == 200:
            self.revision += 1
        else:
            self.refused.append(answer.status)


def filled(sender: Sender, records: list[dict[str, Any]], lang: str) -> bytes:
    """The form filled in with these answers, as new needs."""
    with sender.matrix.app.test_request_context(headers={"Accept-Language": lang}):
        return workbook(NEED, Mark("need", 1, sender.call), lang, title="T", call="C",
                        plural="P", entries=[Entry("", each) for each in records])  # fmt: skip


def test_what_was_filled_in_comes_back_the_same(
    demonstration: Matrix, database: Any, tmp_path: Path
) -> None:
    count = FULL if is_proving() else SAMPLE
    sender = Sender(demonstration)
    records = [
        answers(random.Random(f"{SAMPLE_SEED}:{number}"), NEED, 0.2 + 0.8 * (number % 5) / 4)
        for number in range(count)
    ]
    before, colleague = sender.drafts(), Saving(demonstration)
    upload = sender.checked(filled(sender, records, "es" if database.is_a_file else "en"))
    assert upload.state == "checked", upload.findings
    assert (upload.findings["new"], upload.findings["bad"]) == (count, 0), upload.findings[
        "problems"
    ][:3]
    alone = colleague.longest(1)
    with ThreadPoolExecutor(1) as pool:
        meanwhile = pool.submit(colleague.longest)
        sender.bring_in(upload)
        colleague.is_over.set()
    waits = {
        f"save_{database.kind}_ms": meanwhile.result(),
        f"save_alone_{database.kind}_ms": alone,
    }
    assert len(colleague.refused) == 0

    drafted = sender.drafts()
    made = [drafted[reference] for reference in sorted(drafted.keys() - before.keys())]
    same = [without_ids(NEED, one) == without_ids(NEED, other)
            for one, other in zip(made, records, strict=True)]  # fmt: skip
    assert all(same), f"{same.count(False)} differ, the first is {same.index(False)}"

    again = sender.checked(sender.form("drafts"))
    found = {key: again.findings[key] for key in ("new", "changed", "same", "bad")}
    assert found == {"new": 0, "changed": 0, "same": len(drafted), "bad": 0}
    sender.ask("POST", f"{BASE}/{again.id}")
    assert sender.drafts() == drafted
    WAITS.update(waits)

    if is_proving() and not database.is_a_file:
        _record(count, sum(map(_answers, records)), bomb(tmp_path / "bomb.xlsx", 200_000_000))


def _answers(document: dict[str, Any]) -> int:
    return sum(len(v) if isinstance(v, list) and v and isinstance(v[0], dict) else 1
               for v in document.values())  # fmt: skip


def _record(needs: int, given: int, path: Path) -> None:
    answer, _peak, more, milliseconds = measured(path)
    assert answer == BOMB
    record("spreadsheets", WHAT, {
        "needs": needs, "answers": given, "differences": 0, "databases": 2,
        **WAITS, "bomb_bytes": path.stat().st_size, "bomb_milliseconds": milliseconds, "bomb_more_kB": more,
    }, SAMPLE_SEED)  # fmt: skip
