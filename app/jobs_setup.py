"""Which jobs does the application have, and where is their queue?"""

from __future__ import annotations

from flask import Flask

import config
from app.attachments import sweeping as orphans
from app.attachments.sealed import sweeping as sealed_files
from app.funding.bundles import computing as bundles
from app.groups import searching
from app.intake import sweeping as gone
from app.intake.sheets import jobs as sheets
from app.jobs.binding import Jobs
from app.jobs.queue import open_queue
from app.organisations import addresses
from app.outbox import delivery_job
from app.retention import sweeping as expired

REGISTERED = (
    delivery_job,
    orphans,
    sealed_files,
    expired,
    addresses,
    gone,
    sheets,
    searching,
    bundles,
)
"""Imported so that their jobs, and the ways of finding a recipient, are registered."""


def prepare(app: Flask, settings: config.Settings) -> None:
    """Give the application its queue and its jobs."""
    Jobs(app, open_queue(settings.queue_url, settings.instance))
