"""How does somebody who certifies come there: from the page with all answers?"""

from __future__ import annotations

import pytest

from app.intake import views
from app.needs import choosing
from tests.calls.browsing import Seen


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing, whatever was answered."""
    for asking in (choosing, views):
        monkeypatch.setattr(asking, "missing", lambda *_: ())
        monkeypatch.setattr(asking, "problems", lambda *_: ())


def certifying(answers: str) -> str:
    """Where the page with all answers leads on to certify."""
    links = Seen(200, answers, None).links()
    return next(link for link in links if "/certification?" in link)


def previewing(answers: str, chosen: str) -> str:
    """The address of the second page, with what is chosen on the first."""
    path, read = certifying(answers).split("?")
    return f"{path}/preview?{read}&{chosen}"
