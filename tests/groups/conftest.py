"""What do the tests of groups stand on?"""

from __future__ import annotations

from tests.calls.conftest import count_queries, morning, reader, settled, stored

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]
