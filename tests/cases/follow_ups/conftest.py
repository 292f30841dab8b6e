"""Which fixtures have the tests of follow-ups?"""

from tests.cases.exchanges.conftest import desk

__all__ = ["desk"]
