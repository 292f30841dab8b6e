"""How is a job run so that it can neither spoil nor stop anything else?"""

from __future__ import annotations

import time
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.db import installation
from app.db.errors import is_passing
from app.extensions import db
from app.jobs.registry import Job

TRIES = 3
PAUSE = 0.5
"""Seconds between two tries while the database is busy or away."""
log = structlog.get_logger()


def run(app: Flask, job: Job, arguments: dict[str, Any]) -> None:
    """Run a job with an application around it; tried again while the database is not to be had.

    Any other fault is logged by its kind and ends the job: it comes round again.
    """
    for left in reversed(range(TRIES)):
        try:
            with app.app_context():
                _run_once(job, arguments)
        except DBAPIError as fault:
            if not is_passing(fault) or not left:
                log.error("job_failed", job=job.name, fault=type(fault).__name__)
                return
            time.sleep(PAUSE)
        except Exception as fault:  # the next job must still run
            log.error("job_failed", job=job.name, fault=type(fault).__name__)
            return
        else:
            return


def _run_once(job: Job, arguments: dict[str, Any]) -> None:
    started = time.monotonic()
    try:
        installation.know()
        job.act(**arguments)
    finally:
        db.session.remove()
    log.info("job", job=job.name, milliseconds=round((time.monotonic() - started) * 1000))
