"""Roles, triggers and counters: whether the database holds what it should."""

from collections.abc import Callable, Iterator
from functools import partial

from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import User
from accounts.services import repair_roles
from accounts.triggers import TRIGGERS as ACCOUNTS_TRIGGERS
from blog.counters import COUNTERS as BLOG_COUNTERS
from blog.counters import add_blocks, missing_blocks
from blog.triggers import TRIGGERS as BLOG_TRIGGERS
from flasky_site.lib.counters import ROWS_AT_ONCE, Counter
from flasky_site.lib.triggers import TriggerSet
from social.counters import COUNTERS as SOCIAL_COUNTERS
from social.triggers import TRIGGERS as SOCIAL_TRIGGERS

from .findings import Finding, Level, good, warning

COUNTERS = [*BLOG_COUNTERS, *SOCIAL_COUNTERS]
TRIGGERS = [ACCOUNTS_TRIGGERS, BLOG_TRIGGERS, SOCIAL_TRIGGERS]


def examine_roles() -> Iterator[Finding]:
    found = {
        group.name: {
            f"{one.content_type.app_label}.{one.codename}"
            for one in group.permissions.all()
        }
        for group in Group.objects.prefetch_related("permissions__content_type")
    }
    if found != {name: {*allowed} for name, allowed in roles.ROLE_PERMISSIONS.items()}:
        yield _to_mend(
            "roles", "they do not allow what the table of roles says", _repair_roles
        )
    else:
        yield good("roles", "each allows what it should")
    active = User.objects.filter(is_active=True)
    if not active.filter(groups__name=roles.ADMINISTRATOR).exists():
        yield warning(
            "roles",
            "there is no administrator",
            "Put an address into FLASKY_ADMIN, restart, and confirm it on the site.",
        )


def _repair_roles() -> str:
    repair_roles()
    return "Roles allow what the table says again."


def examine_triggers() -> Iterator[Finding]:
    missing = {name: owner for owner in TRIGGERS for name in owner.missing()}
    if missing:
        yield _to_mend(
            "triggers",
            f"missing: {', '.join(sorted(missing))}",
            partial(_install, [*missing.values()]),
        )
    else:
        yield good("triggers", "all are installed")


def _install(owners: list[TriggerSet]) -> str:
    for owner in owners:
        owner.install()
    return "The triggers are installed again."


def examine_counters() -> Iterator[Finding]:
    blocks = missing_blocks()
    if blocks:
        yield _to_mend(
            "counters",
            f"{len(blocks)} blocks of posts have no row",
            partial(_add_blocks, blocks),
        )
    wrong = 0
    for counter in COUNTERS:
        keys = [key for stretch in counter.wrong() for key in stretch]
        wrong += len(keys)
        if keys:
            yield _to_mend(
                "counters",
                f"{counter} is wrong in {len(keys)} rows",
                partial(_mend, counter, keys),
            )
    if not wrong and not blocks:
        yield good("counters", f"all {len(COUNTERS)} are right")


def _add_blocks(blocks: list[int]) -> str:
    add_blocks(blocks)
    return "The rows are there, and are counted below."


def _mend(counter: Counter, wrong: list[int]) -> str:
    starts = range(0, len(wrong), ROWS_AT_ONCE)
    mended = sum(counter.mend(wrong[start : start + ROWS_AT_ONCE]) for start in starts)
    return f"{counter} is right again in {mended} rows."


def _to_mend(subject: str, text: str, mend: Callable[[], str]) -> Finding:
    return Finding(Level.PROBLEM, subject, text, "Run: doctor --fix", mend=mend)
