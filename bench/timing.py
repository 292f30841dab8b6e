"""How long does a piece of work take in this process?"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any


def once(work: Callable[[], Any]) -> Callable[[], list[float]]:
    """A round of one run."""

    def run() -> list[float]:
        gc.collect()
        begun = time.perf_counter()
        work()
        return [time.perf_counter() - begun]

    return run


def processor(work: Callable[[], Any]) -> float:
    """Seconds that the processor spends on it: of long work that neither waits nor asks anybody, one run tells enough."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun
