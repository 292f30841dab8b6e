"""What do the tests of funding stand on? The settled world of calls, and a course planned in it."""

from __future__ import annotations

import pytest

from tests.calls.conftest import count_queries, morning, reader, settled, stored
from tests.calls.settled import Settled
from tests.funding.planned import Planned, planned

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]


@pytest.fixture
def plan(settled: Settled, stored: object) -> Planned:
    """The course, committed; everything is done through `plan`."""
    return planned(settled, stored)  # type: ignore[arg-type]
