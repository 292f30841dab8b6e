"""Are the settings complete and safe?"""

from __future__ import annotations

from collections.abc import Iterator

import config
from app.cli.speech import Finding, right, wrong


def look(settings: config.Settings) -> Iterator[Finding]:
    """The problems for which a server in production does not start, one by one."""
    problems = settings.problems()
    for problem in problems:
        yield wrong(f"settings: {problem}")
    if not problems:
        yield right(f"settings: complete for {settings.environment}")
    if settings.is_production and not settings.trusted_proxies:
        yield wrong("settings: ENLACE_TRUSTED_PROXIES is 0, but a proxy must stand before Enlace")
