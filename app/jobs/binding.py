"""How do the registered jobs come to the queue of one application, and get into it?"""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from huey import Huey, crontab

from app.jobs.registry import Job, jobs
from app.jobs.running import run

EXTENSION = "enlace_jobs"


class Jobs:
    """The jobs of one application, in its queue."""

    def __init__(self, app: Flask, huey: Huey) -> None:
        self.huey = huey
        self._tasks = {job.name: _bind(app, huey, job) for job in jobs()}
        app.extensions[EXTENSION] = self

    def ask_for(self, name: str, **arguments: Any) -> None:
        """Put a job into the queue. Raises what the queue raises when it cannot be reached."""
        self._tasks[name](**arguments)


def _bind(app: Flask, huey: Huey, job: Job) -> Any:
    def act(**arguments: Any) -> None:
        run(app, job, arguments)

    if job.times is None:
        return huey.task(name=job.name)(act)
    when = crontab(minute=job.times.minute, hour=job.times.hour)
    return huey.periodic_task(when, name=job.name)(act)


def jobs_of_app() -> Jobs:
    """The jobs of the present application."""
    return current_app.extensions[EXTENSION]
