"""How what must not be shown any more is gone from kept pages too."""

import time

from django.conf import settings
from django.db import transaction

from .store import LEASE, store


def forget_pages() -> None:
    """Make every kept page void once the transaction is committed.

    All at once, since a text is on more pages than anybody could name, and what calls
    this is rare: decisions of moderators, and what people take away.
    """
    transaction.on_commit(_forget)


def _forget() -> None:
    if not settings.VISITOR_PAGES_CACHED_SECONDS:
        return
    store.raise_generation()
    # Once this is over, no process sends anybody a page of before.
    time.sleep(LEASE)
