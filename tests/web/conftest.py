"""Which fixtures have the tests of the way of a request?"""

from tests.accounts.standing import browser_of, cheap_hashes, house

__all__ = ["browser_of", "cheap_hashes", "house"]
