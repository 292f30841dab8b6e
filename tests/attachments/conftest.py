"""Which fixtures have the tests of files?"""

from tests.accounts.standing import browser_of, cheap_hashes, house

__all__ = ["browser_of", "cheap_hashes", "house"]
