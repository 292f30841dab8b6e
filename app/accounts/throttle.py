"""Was this tried too often of late?

Counted for the account from one address of the network, for the account from everywhere, and for the
address of the network. Nobody is locked out for good: each count ends by itself, and the first ends
when its person signs in. What was typed as the account is counted whether or not it is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from flask import request
from werkzeug.exceptions import TooManyRequests

from app import clock
from app.accounts import limit_storage, tokens

MINUTE = 60


@dataclass(frozen=True)
class Limit:
    """So many attempts within so many seconds."""

    most: int
    seconds: int


ACCOUNT_HERE = Limit(10, 15 * MINUTE)
ACCOUNT_ANYWHERE = Limit(50, 60 * MINUTE)
FROM_HERE = Limit(100, 15 * MINUTE)
ASKED = Limit(60, 15 * MINUTE)
"""Of one person, of what costs much to answer."""


def count_attempt(what: str, account: str = "") -> None:
    """Count an attempt before it is looked at. Raises TooManyRequests, saying how long to wait."""
    _count(_limits(what, account))


def count_question(what: str, person_id: str) -> None:
    """Count a question of somebody signed in that costs much to answer. Raises TooManyRequests."""
    _count({f"{what}:person:{person_id}": ASKED})


def _count(limits: dict[str, Limit]) -> None:
    counted = limit_storage.count({key: limit.seconds for key, limit in limits.items()})
    ends = [
        counted[key].ends_at for key, limit in limits.items() if counted[key].count > limit.most
    ]
    if ends:
        wait = max(ends) - clock.real_now()
        raise TooManyRequests(retry_after=max(1, int(wait.total_seconds())))


def forget_attempts(what: str, account: str) -> None:
    """The person has proved who they are: their earlier mistakes from here count no more."""
    limit_storage.forget(_here(what, account))


def _limits(what: str, account: str) -> dict[str, Limit]:
    limits = {f"{what}:from:{network()}": FROM_HERE}
    if account:
        limits[_here(what, account)] = ACCOUNT_HERE
        limits[f"{what}:account:{tokens.of_address(account)}"] = ACCOUNT_ANYWHERE
    return limits


def _here(what: str, account: str) -> str:
    return f"{what}:here:{tokens.of_address(account)}:{network()}"


def network() -> str:
    """The asking address of the network; of version 6, the part that one subscriber has."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)
