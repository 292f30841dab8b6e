"""Which fixtures have the tests of organisations?"""

from tests.accounts.standing import browser_of, cheap_hashes, house, later, somebody

__all__ = ["browser_of", "cheap_hashes", "house", "later", "somebody"]
