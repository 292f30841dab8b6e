"""What do the tests of summaries stand on? The settled world of calls, and an accepted need in it."""

from __future__ import annotations

import pytest

from tests.calls.conftest import morning, reader, settled, stored
from tests.calls.settled import Settled
from tests.summaries.accepted import Case, accepted

__all__ = ["morning", "reader", "settled", "stored"]


@pytest.fixture
def case(settled: Settled, stored: object) -> Case:
    """Honduras's accepted need, committed; everything is done through `case`."""
    return accepted(settled, stored)  # type: ignore[arg-type]
