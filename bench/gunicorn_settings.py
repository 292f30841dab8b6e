"""How does gunicorn serve both sides of the measurement? As pages are served in production."""

workers = 2
worker_class = "sync"
threads = 1
loglevel = "error"
backlog = 64
control_socket_disable = True
