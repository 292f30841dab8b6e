"""What do the tests of reservations stand on? The settled world of calls: delegations and the Secretariat."""

from __future__ import annotations

from tests.calls.conftest import morning, reader, settled, stored

__all__ = ["morning", "reader", "settled", "stored"]
