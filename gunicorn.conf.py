"""How does gunicorn serve Enlace's pages? The address comes from the command line."""

from __future__ import annotations

from typing import Any

worker_class = "app.cli.web_worker.Worker"  # gthread, with pages of our own
workers = 2
threads = 64  # up to ENLACE_LIVE_STREAMS of them are held by readers of live changes
timeout = 60
graceful_timeout = 10
keepalive = 5
loglevel = "warning"
control_socket_disable = True  # nothing may steer it but its parent
forwarded_allow_ips = ""  # X-Forwarded-* is read by the application, and only from trusted hops
limit_request_line = 4094
limit_request_fields = 60


def post_worker_init(worker: Any) -> None:
    """Let open streams end as soon as the worker is asked to stop; it would wait for them."""
    worker.wsgi.extensions["streams"].end_when(lambda: not worker.alive)
