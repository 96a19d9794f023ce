"""Database, cache, mail and worker: what the site talks to."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from redis.exceptions import RedisError

from flasky_site.lib.shared_cache import strict_cache
from mail.models import OutgoingMail

from .findings import Finding, good, problem, warning

_OLDEST_POSTGRESQL = 15
# A worker looks every second; what waits for longer waits for a worker.
_WAITS_AT_MOST = timedelta(minutes=5)


def examine_database() -> Iterator[Finding]:
    """Raise DatabaseError when it cannot be reached: nothing else can be said then."""
    if connection.vendor == "postgresql":
        yield _examine_postgresql()
    else:
        yield _examine_sqlite()


def _examine_sqlite() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (found,) = cursor.fetchone()
    if found != "ok":
        return problem("database", found, "Restore the last backup.")
    return good("database", "SQLite, and its file is whole")


def _examine_postgresql() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        cursor.execute("SELECT pg_is_in_recovery()")
        (is_copy,) = cursor.fetchone()
    if is_copy:
        return problem(
            "database",
            "this server is a copy that cannot be written to",
            "Let DATABASE_URL lead to the server that it is a copy of.",
        )
    if int(version.split(".")[0]) < _OLDEST_POSTGRESQL:
        return problem(
            "database",
            f"PostgreSQL {version} is too old",
            f"Upgrade to {_OLDEST_POSTGRESQL} or newer.",
        )
    return good("database", f"PostgreSQL {version}")


def examine_migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{one.app_label}.{one.name}" for one, _ in plan[:3])
        yield problem(
            "migrations",
            f"{len(plan)} are not applied: {names}",
            "Run: deploy/release",
        )
    else:
        yield good("migrations", "all are applied")


def examine_cache() -> Iterator[Finding]:
    key, value = f"doctor-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache = strict_cache()
    try:
        cache.set(key, value, timeout=60)
        found = cache.get(key)
        cache.delete(key)
    except (OSError, RedisError) as error:
        found, why = None, f" ({error})"
    else:
        why = ""
    if found == value:
        yield good("cache", "keeps what it is given")
    else:
        yield problem(
            "cache",
            f"does not answer{why}",
            "Start Redis, and see that CACHE_URL leads to it. Without it the site "
            "serves, and each process counts limits on tries for itself.",
        )


def examine_mail() -> Iterator[Finding]:
    server = get_connection(settings.MAIL_BACKEND)
    try:
        server.open()
        server.close()
    except OSError as error:
        yield problem(
            "mail",
            f"the mail server cannot be used ({error})",
            "See that EMAIL_URL is right. What waits is sent when it answers.",
        )
    else:
        yield good("mail", "the mail server answers")
    late = OutgoingMail.objects.overdue(timezone.now() - _WAITS_AT_MOST).count()
    if late:
        yield problem(
            "mail",
            f"messages that should be on their way: {late}",
            "See that a worker runs: systemctl status flasky-worker",
        )
    if failed := OutgoingMail.objects.failed()[:1000].count():
        yield warning(
            "mail",
            f"messages that were given up: {failed}",
            "Look at /admin/mail/outgoingmail/?state=failed and send them again.",
        )


def examine_worker() -> Iterator[Finding]:
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY,
        enqueued_at__lt=timezone.now() - _WAITS_AT_MOST,
        run_after__lt=timezone.now() - _WAITS_AT_MOST,
    ).count()
    if waiting:
        yield problem(
            "worker",
            f"tasks that wait for more than 5 minutes: {waiting}",
            "See that a worker runs: systemctl status flasky-worker",
        )
    else:
        yield good("worker", "nothing waits")
