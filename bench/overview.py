"""Measure the desk's front page: ``python -m bench.overview [SIZE]``.

Opens the small site of ``make bench``, or the large one, on the PostgreSQL of
DATABASE_URL. Prints what the parts of the page touch and take, beside two other ways to
count by day.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import django

from bench.environment import enter_site

SIZE, SERVER = enter_site(sys.argv[1:])
django.setup()

from django.db.models import Count, Model  # noqa: E402
from django.db.models.functions import TruncDate  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Decision  # noqa: E402
from bench import plans  # noqa: E402
from bench.progress import log_to_file, progress  # noqa: E402
from bench.site import open_site  # noqa: E402
from blog import overview  # noqa: E402
from blog.models import Comment, Post  # noqa: E402

ROUNDS = 15
WINDOW = 100_000
# Queries and buffers.
CHARTS, NEWCOMERS, LATEST = (4, 12_000), (5, 3000), (1, 200)
NO_BUDGET = (9, 10**6)


def show(name: str, read: Callable[[], Any], budget: tuple[int, int]) -> bool:
    """Print what ``read`` costs; say whether that is over its budget."""
    with plans.noted_statements() as statements:
        read()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        read()
        times.append((time.perf_counter() - start) * 1000)
    found = [plan for plan in map(plans.explain, statements) if plan]
    queries, buffers = len(statements), sum(map(plans.buffers, found))
    is_over = queries > budget[0] or buffers > budget[1]
    print(
        f"{name:34} {queries:>2} /{budget[0]:>2} {buffers:>8} /{budget[1]:>8}"
        f" {statistics.median(times):>8.1f} ms {'OVER' if is_over else ''}"
    )
    return is_over


def by_all_rows(model: type[Model]) -> Any:
    """Count by day what is not older, without an index to find it by."""
    start = timezone.now() - timedelta(days=overview.DAYS)
    rows = model._default_manager.filter(created_at__gte=start)
    return list(rows.values(day=TruncDate("created_at")).annotate(n=Count("id")))


def by_newest_rows(model: type[Model]) -> Any:
    """Count by day among the newest rows, which may not reach back far enough."""
    newest = model._default_manager.order_by("-id").values("id")[:WINDOW]
    rows = model._default_manager.filter(id__in=newest)
    return list(rows.values(day=TruncDate("created_at")).annotate(n=Count("id")))


def latest_decisions() -> Any:
    decisions = Decision.objects.exclude(kind__in=Decision.ADMINISTRATIVE)
    return list(decisions.with_pages().newest_first()[: overview.SHOWN])


def main() -> None:
    log_to_file()
    open_site(SIZE, SERVER, progress())
    print(f"{SIZE.posts} posts, {SIZE.comments} comments, {SIZE.members} members")
    over = [
        show("Charts", overview.charts, CHARTS),
        show("Texts of newcomers", overview.texts_of_newcomers, NEWCOMERS),
        show("Latest decisions", latest_decisions, LATEST),
    ]
    for model in (Post, Comment):
        name = model._meta.verbose_name_plural
        show(f"All {name}, by day", partial(by_all_rows, model), NO_BUDGET)
        show(f"Newest {name}", partial(by_newest_rows, model), NO_BUDGET)
    if any(over):
        sys.exit("Over the budget.")


if __name__ == "__main__":
    main()
