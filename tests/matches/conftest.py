"""What do the tests of matches stand on? The settled world, accepted needs, a group and offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.policy.actor import Actor, Role
from tests.calls.conftest import count_queries, morning, reader, settled, stored
from tests.calls.settled import Settled, in_role
from tests.matches.offering import Market

__all__ = ["count_queries", "morning", "reader", "settled", "stored"]


@pytest.fixture
def st(settled: Settled) -> Actor:
    return replace(in_role(settled["st"], Role.COORDINATOR), lang="es")


@pytest.fixture
def market(settled: Settled, stored: Callable[[Callable[[], Any]], Any]) -> Market:
    """Two needs in a group, one alone, and four offers, committed."""
    return stored(lambda: Market.of(settled))
