"""What do the tests of delivery stand on? A course that is planned, sent and paid for."""

from __future__ import annotations

import pytest

from tests.calls.conftest import count_queries, morning, reader, settled, stored
from tests.calls.settled import Settled
from tests.funding.delivery.running import Running, running

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]


@pytest.fixture
def run(settled: Settled, stored: object) -> Running:
    """The course, committed; everything is done through `run`."""
    return running(settled, stored)  # type: ignore[arg-type]
