"""What do the tests of offers stand on? The settled world of calls: a sponsor, delegations, the Secretariat."""

from __future__ import annotations

from tests.calls.conftest import morning, reader, settled, stored

__all__ = ["morning", "reader", "settled", "stored"]
