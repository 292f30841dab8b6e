"""Do workers that start at once on a new installation share one secret?"""

from __future__ import annotations

from pathlib import Path

import pytest

import config


def test_who_comes_second_takes_the_secret_of_who_came_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = config.local_secret(tmp_path, "secret-key")
    monkeypatch.setattr(Path, "exists", lambda self: False)  # both looked before either wrote
    assert config.local_secret(tmp_path, "secret-key") == first
    monkeypatch.undo()
    assert [each.name for each in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
