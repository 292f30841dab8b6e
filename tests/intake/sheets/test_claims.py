"""Is an upload worked on by one job at a time, and given up in words when it cannot be worked on?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.db.transactions import transaction
from app.intake.sheets import jobs, reading, working
from app.intake.sheets.models import SheetUpload
from tests.access.matrix import Matrix
from tests.access.world import demonstration as demonstration
from tests.intake.sheets.filling import Sender
from tests.intake.sheets.test_round_trip import one_need, page_of


@pytest.fixture
def sender(demonstration: Matrix) -> Sender:
    return Sender(demonstration)


def sent(sender: Sender, title: str) -> str:
    return sender.send(one_need(sender, title).body()).location.rpartition("/")[2]


def claim(upload_id: str, **later: Any) -> datetime | None:
    """When the claim was made or renewed last; `by` moves it."""
    with transaction(writing=True) as session:
        upload = session.get_one(SheetUpload, upload_id)
        if later and upload.claimed_at:
            upload.claimed_at += later["by"]
        return upload.claimed_at


def test_the_claim_is_renewed_with_the_progress(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id, read, claims = sent(sender, "Larga"), reading.read, []

    def slowly(file: Any, form_of: Any, locale: str, progress: Any) -> Any:
        claims.append(claim(upload_id))
        progress(working.EVERY, 1000)
        claims.append(claim(upload_id))
        return read(file, form_of, locale, lambda *_: None)

    monkeypatch.setattr(reading, "read", slowly)
    assert sender.worked(upload_id).state == "checked"
    first, second = claims
    assert second > first


def test_a_job_whose_claim_was_taken_over_stops_and_writes_nothing(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = sent(sender, "De otro")

    def overtaken(_file: Any, _form_of: Any, _locale: str, progress: Any) -> Any:
        claim(upload_id, by=timedelta(seconds=1))
        progress(working.EVERY, 1000)

    monkeypatch.setattr(reading, "read", overtaken)
    upload = sender.worked(upload_id)
    assert (upload.state, upload.findings, upload.done) == ("waiting", None, 0)
    assert upload.claimed_at is not None


def test_a_fault_that_nobody_foresaw_ends_it_at_once_and_tells_nothing_of_the_content(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = sent(sender, "Falla")

    def fail(*_: Any) -> None:
        raise ValueError("what somebody wrote")

    monkeypatch.setattr(working, "_read", fail)
    with capture_logs() as logs:
        upload = sender.worked(upload_id)
    assert (upload.state, upload.tries) == ("failed", 1)
    assert [log["fault"] for log in logs if log["event"] == "sheet_failed"] == ["ValueError"]
    assert "somebody wrote" not in repr(logs)
    assert "No se incorporó nada" in page_of(sender, upload)


def test_a_job_that_is_killed_again_and_again_is_given_up_in_words(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = sent(sender, "Muere")

    def die(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(working, "_read", die)
    for _ in range(jobs.TRIES):
        with sender.matrix.app.app_context():
            with pytest.raises(SystemExit):
                jobs.work_on(upload_id)
            jobs.work_on(upload_id)  # no second one while the claim stands
            claim(upload_id, by=-2 * jobs.CLAIM)
    upload = sender.worked(upload_id)
    assert upload.state == "failed"
    page_of(sender, upload)
