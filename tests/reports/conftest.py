"""What do the tests of the report stand on?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.calls.conftest import count_queries, morning, reader, settled, stored
from tests.calls.settled import Settled
from tests.reports.accepted import Accepted

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]


@pytest.fixture
def accepted(settled: Settled, db_session: Any) -> Accepted:
    """Writes needs within the test's own transaction, which is rolled back."""
    return Accepted(settled)
