"""What do the tests of the desk stand on? The settled world of calls, and needs in every state."""

from __future__ import annotations

from tests.calls.conftest import count_queries, morning, reader, settled, stored

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]
