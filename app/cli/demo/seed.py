"""With what does the demonstration begin?"""

from __future__ import annotations

from app.audit.commit import committed
from app.cli.demo.people import seed_people


def seed() -> None:
    """Fill an empty, migrated database whose formats are published."""
    with committed():
        seed_people()
