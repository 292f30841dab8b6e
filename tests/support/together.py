"""Which tests go to one worker? Those of one file on one database: they share what its fixtures made.

What a test leaves in a database that its file shares is there for the next one, so that their order
must be the file's own. xdist 3.8 reads no groups under pytest 9, therefore the scheduler is ours.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_DATABASE = re.compile(r"[\[-](sqlite|postgresql)[-\]]")
"""The database among a test's parameters, as its id names them."""


class Together(LoadScopeScheduling):
    """Gives out the tests of one file on one database as one piece, and every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """The name of the piece that a test goes with."""
    file, _sep, test = nodeid.partition("::")
    on = _DATABASE.search(test)
    return f"{file} on {on[1]}" if on else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Asked once by the process that gives the tests out."""
    return Together(config, log)
