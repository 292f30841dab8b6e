"""Which fixtures have the tests of cases?"""

from tests.calls.conftest import morning, reader, settled, stored

__all__ = ["morning", "reader", "settled", "stored"]
