"""What gunicorn.conf.py takes over, so that the metrics of all processes add up.

It runs before the site is loaded, with or without ``preload_app``, and imports nothing
of it.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

# The first is the name that prometheus_client looks for.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SLOT = "FLASKY_METRICS_SLOT"


def share_metrics() -> None:
    """Make an empty folder for the numbers of this gunicorn's processes.

    In memory where the system has such a place. A reload keeps it; a gunicorn that
    takes over from another one (USR2) inherits that one's variable, not its folder.
    """
    mark = f"flasky-metrics-{os.getpid()}-"
    if mark in os.environ.get(FOLDER, ""):
        return
    memory = Path("/dev/shm")  # noqa: S108  A folder with a name of its own in there.
    place = str(memory) if os.access(memory, os.W_OK) else None
    os.environ[FOLDER] = tempfile.mkdtemp(prefix=mark, dir=place)


def pre_fork(server: Any, worker: Any) -> None:
    """Give the next worker the lowest place that no living one has."""
    taken = {getattr(other, "slot", None) for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in range(len(taken) + 1) if slot not in taken)


def post_fork(server: Any, worker: Any) -> None:
    os.environ[SLOT] = str(worker.slot)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    folder = os.environ.get(FOLDER, "")
    if f"flasky-metrics-{os.getpid()}-" in folder:
        shutil.rmtree(folder, ignore_errors=True)
