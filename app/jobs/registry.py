"""Which jobs are there, and which of them come round by themselves?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Act = Callable[..., None]


@dataclass(frozen=True)
class Times:
    """When a job comes round, as cron writes it, in UTC."""

    minute: str = "*"
    hour: str = "*"


@dataclass(frozen=True)
class Job:
    """Work done outside a request. It opens its own transactions, and doing it twice does no harm."""

    name: str
    act: Act
    times: Times | None


_jobs: dict[str, Job] = {}


def job(name: str, *, times: Times | None = None) -> Callable[[Act], Act]:
    """Register a job; with `times` it also comes round by itself."""

    def register(act: Act) -> Act:
        _jobs[name] = Job(name, act, times)
        return act

    return register


def jobs() -> tuple[Job, ...]:
    """Every registered job."""
    return tuple(_jobs.values())
