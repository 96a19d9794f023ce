"""When somebody who was too quick may try again.

The limits are allauth's and are counted in the cache that all processes share.
"""

import math
import time
from collections.abc import Iterator

from allauth.account import app_settings
from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

_APP = "allauth.account"
# When it was a limit that cannot be found again: as long as most of them last.
_USUAL_WAIT = 60


def seconds_to_wait(request: HttpRequest, *, key: str = "") -> int:
    """Return how long until ``request`` stays within every limit again.

    ``key`` is what was counted beside the network and the member: a name or an address.
    """
    now = time.time()
    waits = [
        history[rate.amount - 1] + rate.duration - now
        for rate, cache_key in _limits(request, key)
        if len(history := cache.get(cache_key, [])) >= rate.amount
    ]
    return max(1, math.ceil(max(waits, default=_USUAL_WAIT)))


def say_wait(seconds: int) -> str:
    """Return "40 seconds" or "5 minutes", rounded up."""
    if seconds <= 90:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    minutes = math.ceil(seconds / 60)
    return ngettext("%d minute", "%d minutes", minutes) % minutes


def _limits(request: HttpRequest, key: str) -> Iterator[tuple[Rate, str]]:
    """Yield each limit that concerns ``request``, and where it is counted."""
    countable = {"ip": True, "user": request.user.is_authenticated, "key": bool(key)}
    for action in app_settings.RATE_LIMITS:
        for rate in get_rates(app=_APP, action=action):
            if countable[rate.per]:
                cache_key = get_cache_key(
                    request, app=_APP, action=action, rate=rate, key=key
                )
                yield rate, cache_key
