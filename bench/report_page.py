"""How does the cost of the report's page grow with what is stored?

The same page, for a call with a tenth of the needs and for one with all of them, in one database. The
floor is the smaller one's time scaled by ten: a ratio of one means that ten times the needs cost ten
times the time, and more is better.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bench.clients import Measured, interleaved
from bench.timing import once
from bench.world import CALL, another_call, call_id, store_needs

TIMES = 10
SMALL = "2003"


def measure(app: Any, rounds: int, needs: int) -> Measured:
    """The page of a call in which so many needs stand; a tenth of them is stored beside it."""
    large_id, small_id = call_id(CALL), another_call(SMALL)
    store_needs(needs // TIMES, "P", answered=False, code=SMALL)
    client = _officer(app)

    def page(of: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(f"/reports/calls/{of}")
            if answer.status_code != 200 or b"two_way_needs" not in answer.data:
                raise RuntimeError(f"the page of {of}: {answer.status_code}")

        return ask

    small, large = once(page(small_id)), once(page(large_id))
    return interleaved(rounds, lambda: [TIMES * second for second in small()], large)


def _officer(app: Any) -> Any:
    client = app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/demo/sign-in").text)
    if found is None:
        raise RuntimeError("nobody can sign in")
    sent = client.post("/demo/sign-in", data={"person": "st.officer", "csrf_token": found[1]})
    if sent.status_code != 303:
        raise RuntimeError(f"signing in: {sent.status_code}")
    return client
