"""What does a job do so many days later? Run beside a demonstration that is not served meanwhile.

python tests/support/let_days_pass.py DAYS JOB
"""

from __future__ import annotations

import sys

from sqlalchemy import update

from app import create_app
from app.db import installation
from app.db.models import Installation
from app.db.transactions import transaction
from app.jobs.registry import jobs

DAY = 24 * 60 * 60


def main(days: int, name: str) -> None:
    """Move the product's clock on, and do the job by it."""
    later = Installation.clock_offset_seconds + days * DAY
    with create_app().app_context():
        with transaction(writing=True) as session:
            session.execute(update(Installation).values(clock_offset_seconds=later))
        installation.know()
        next(job for job in jobs() if job.name == name).act()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
