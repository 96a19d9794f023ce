"""The order in which a site is examined, and what goes on when a part fails."""

from collections.abc import Callable, Iterator

from django.db import DatabaseError

from .contents import examine_counters, examine_roles, examine_triggers
from .findings import Finding, problem
from .machine import (
    examine_clock,
    examine_disks,
    examine_media,
    examine_settings,
    examine_static_files,
)
from .services import (
    examine_cache,
    examine_database,
    examine_mail,
    examine_migrations,
    examine_worker,
)

Examination = Callable[[], Iterator[Finding]]

# In the order in which one thing stands on another.
EXAMINATIONS: dict[str, Examination] = {
    "settings": examine_settings,
    "database": examine_database,
    "migrations": examine_migrations,
    "cache": examine_cache,
    "mail": examine_mail,
    "worker": examine_worker,
    "media": examine_media,
    "static files": examine_static_files,
    "disk": examine_disks,
    "clock": examine_clock,
    "roles": examine_roles,
    "triggers": examine_triggers,
    "counters": examine_counters,
}
_NEED_NO_DATABASE = {"settings", "cache", "media", "static files"}


def examine() -> Iterator[Finding]:
    """Yield what is found about each subject; one that fails does not stop the rest."""
    is_reachable = True
    for name, examination in EXAMINATIONS.items():
        if not is_reachable and name not in _NEED_NO_DATABASE:
            continue
        try:
            yield from examination()
        except DatabaseError as error:
            if name == "database":
                is_reachable = False
                advice = "Start PostgreSQL, and see that DATABASE_URL leads to it."
            else:
                advice = "Run: deploy/release"
            yield problem(name, f"the database refuses: {str(error).strip()}", advice)
