"""What holds for every test: no call to the outside, one shared run folder, chance that repeats."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.support import network, run_home

pytest.register_assert_rewrite("tests.support.accessible", "tests.support.good_html")

pytest_plugins = ["tests.support.browser", "tests.support.proof", "tests.support.together",
                  "tests.support.world"]  # fmt: skip

# `make test` asks the same few questions each time; `make proof` asks many, and others each time.
_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "sample",
    derandomize=True,
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    database=None,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.register_profile(
    "proof",
    max_examples=2000,
    stateful_step_count=50,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile("sample")  # --hypothesis-profile=proof replaces it

_ALIVE = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    network.refuse_outside()
    for name in [name for name in os.environ if name.startswith("ENLACE_")]:
        if not name.startswith("ENLACE_TEST_"):
            del os.environ[name]  # a test says itself how the application is configured
    if not _is_worker(config):
        config.stash[_ALIVE] = run_home.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _ALIVE in config.stash:
        run_home.end(config.stash[_ALIVE])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
