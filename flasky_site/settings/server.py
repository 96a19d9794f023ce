"""How gunicorn serves the site, from the environment; ``gunicorn.conf.py`` reads it."""

import os

from django.core.exceptions import ImproperlyConfigured
from environs import EnvValidationError, FileAwareEnv, validate

env = FileAwareEnv(eager=False, strip_whitespace=True)

# What this process may use, which in a container is less than what there is.
cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2

bind = env.str("BIND", "127.0.0.1:8000")
# Two at least, so that one answers while the other begins again.
workers = env.int("WEB_CONCURRENCY", max(2, cores), validate=validate.Range(min=1))
# Each holds a connection to the database.
threads = env.int("WEB_THREADS", 4, validate=validate.Range(min=1))

try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(f"The environment is not right. {error}") from None
