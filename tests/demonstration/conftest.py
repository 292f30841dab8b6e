"""Which fixtures have the tests of the demonstration?"""

from tests.accounts.standing import browser_of, cheap_hashes, house

__all__ = ["browser_of", "cheap_hashes", "house"]
