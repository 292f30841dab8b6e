"""How long does a request take, with four clients asking at once?"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode

CLIENTS = 4


@dataclass
class Visitor:
    """A browser without a screen: keeps its cookies and says what went wrong."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: dict[str, str] | None = None,
            headers: dict[str, str] | None = None, *, expect: int) -> str:  # fmt: skip
        """Send a request and return the body. Raises RuntimeError for another status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                "Accept-Language": "es", **(headers or {})}  # fmt: skip
        body = urlencode(data, doseq=True) if data is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if answer.status != expect:
            raise RuntimeError(f"{method} {path}: {answer.status} instead of {expect}")
        return text


Request = Callable[[], None]


def timed(requests: list[Iterator[Request]], count: int) -> list[float]:
    """Seconds of each request: every client makes `count` of them, one after the other."""

    def work(own: Iterator[Request]) -> list[float]:
        spent = []
        for _ in range(count):
            request = next(own)
            begun = time.perf_counter()
            request()
            spent.append(time.perf_counter() - begun)
        return spent

    with ThreadPoolExecutor(len(requests)) as pool:
        return [second for spent in pool.map(work, requests) for second in spent]


@dataclass(frozen=True)
class Measured:
    """The two sides of one work, from interleaved rounds."""

    floor: list[float]
    enlace: list[float]

    def row(self, work: str, database: str, **more: object) -> dict[str, object]:
        """What bench/latest.json says of it; more is better in `ratio_to_floor`."""
        return {
            "work": work,
            "database": database,
            "ratio_to_floor": round(median(self.floor) / median(self.enlace), 3),
            "floor_median_ms": _ms(median(self.floor)),
            "enlace_median_ms": _ms(median(self.enlace)),
            "floor_p95_ms": _ms(p95(self.floor)),
            "enlace_p95_ms": _ms(p95(self.enlace)),
            "measured": len(self.enlace),
            **more,
        }


def interleaved(rounds: int, floor: Callable[[], list[float]],
                enlace: Callable[[], list[float]]) -> Measured:  # fmt: skip
    """Both sides in turn, the first of each round changing, so that noise meets both alike."""
    measured = Measured([], [])
    floor(), enlace()  # the first round warms both up
    for number in range(rounds):
        sides = [(floor, measured.floor), (enlace, measured.enlace)]
        for side, into in sides if number % 2 else reversed(sides):
            into.extend(side())
    return measured


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


def p95(values: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
