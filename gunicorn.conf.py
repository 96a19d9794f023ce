"""How gunicorn serves Flasky: ``gunicorn flasky_site.wsgi`` finds this file here.

Settings: https://gunicorn.org/reference/settings/
"""

from pathlib import Path

from flasky_site.monitoring.gunicorn import (
    on_exit,
    post_fork,
    pre_fork,
    share_metrics,
)
from flasky_site.settings import server

# gunicorn finds these by their names here.
__all__ = ["on_exit", "post_fork", "pre_fork"]

# The metrics of all processes add up.
share_metrics()

bind = server.bind
workers = server.workers
# Threads keep connections open, and one that waits for the database leaves the rest.
worker_class = "flasky_site.web_worker.PatientWorker"
threads = server.threads

# Longer than any page may take: the database ends a statement after 10 s.
timeout = 30
# What has begun is finished when a worker is told to go.
graceful_timeout = 30
# Longer than proxies keep theirs, so that none sends into a connection just closed.
keepalive = 75

# A leak, should there be one, ends with its worker; the jitter keeps them apart.
max_requests = 10_000
max_requests_jitter = 1_000

# Where files live in memory: a worker's sign of life must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# Which requests came by HTTPS is Django's to say, from TRUSTED_PROXIES.
forwarded_allow_ips = ""

# Flasky writes a line a request itself; errors of the server go where the rest goes.
accesslog = None
errorlog = "-"
logger_class = "flasky_site.monitoring.gunicorn_logs.JsonLogger"
