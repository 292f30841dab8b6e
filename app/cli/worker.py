"""Where does the program that works off jobs find their queue?

`huey_consumer app.cli.worker.huey`; one application for the whole of its life.
"""

from __future__ import annotations

from app import create_app
from app.jobs.binding import EXTENSION
from app.jobs.queue import make_ready

application = create_app()
huey = application.extensions[EXTENSION].huey
make_ready(huey)
