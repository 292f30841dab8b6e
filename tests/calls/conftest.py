"""What do the tests of calls stand on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from app import clock
from tests.calls.settled import MORNING, Settled, settle


@pytest.fixture
def morning() -> Iterator[datetime]:
    """The product's clock stands at the beginning of the demonstration."""
    with clock.stopped_at(MORNING):
        yield MORNING


@pytest.fixture
def settled(db_session: Any, morning: datetime) -> Settled:
    return settle()
