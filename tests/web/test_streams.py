"""Is a stream that is to look always woken?"""

from __future__ import annotations

from typing import Any

import pytest

from app.web.streams import Stream


def test_a_waking_at_the_moment_the_time_runs_out_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Stream("topic", "reader", None)
    wait = stream._woken.wait

    def wait_until_just_before_it_is_woken(seconds: Any) -> bool:
        woken = wait(seconds)
        stream.wake()
        return woken

    monkeypatch.setattr(stream._woken, "wait", wait_until_just_before_it_is_woken)
    first = stream.wait(0)
    monkeypatch.undo()
    assert first or stream.wait(0)
    assert not stream.wait(0), "and it is woken once"
