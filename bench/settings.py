"""Production's settings, for the processes of a measurement (``bench.environment``)."""

import os

from flasky_site.settings.prod import *

# Who measures asks more often than anybody may.
API_LIMITS = dict.fromkeys(API_LIMITS, (10**9, 60))

if os.environ["BENCH_CACHE"] == "memory":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHES["default"]["KEY_PREFIX"] = "bench-" + os.environ["BENCH_RUN"]

STATIC_ROOT = VAR_DIR / "bench" / "static"
# Compressing what nobody asks for here takes a minute.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
}
