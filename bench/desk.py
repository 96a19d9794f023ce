"""Measure the desk: ``python -m bench.desk [SIZE]``.

Opens the small site of ``make bench``, or the large one, on the PostgreSQL of
DATABASE_URL. Prints for each list of the desk, each of its filters and searches, and an
act on 500 comments, the queries of the whole request and its median time. What the act
changes is undone.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from bench.environment import enter_site

SIZE, SERVER = enter_site(sys.argv[1:])
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import roles  # noqa: E402
from accounts.models import User  # noqa: E402
from accounts.services import assign_role  # noqa: E402
from bench.progress import log_to_file, progress  # noqa: E402
from bench.readers import browser  # noqa: E402
from bench.site import open_site  # noqa: E402
from blog.models import Comment  # noqa: E402

ROUNDS = 5
QUERIES, MILLISECONDS = 10, 300
CHOSEN, ACT_MILLISECONDS = 500, 5000

TODAY = timezone.localdate()

LISTS = {
    "blog/post": [
        "",
        "p=100",
        "state=public",
        "state=hidden",
        "state=deleted",
        "author=new",
        "links=other",
        "written=day",
        "written=month",
        f"on={TODAY:%Y}",
        f"on={TODAY:%Y-%m}",
        f"on={TODAY:%Y-%m-%d}",
        "q=4711",
        "q=member4",
        "q=nobody",
        "q=%22wheat%22",
        "q=%22no+such%22",
        "state=hidden&author=new&links=other&written=month",
    ],
    "accounts/user": [
        "",
        "p=100",
        "state=suspended",
        "state=unconfirmed",
        "role=moderator",
        "role=administrator",
        "joined=new",
        "joined=month",
        f"on={TODAY:%Y-%m}",
        "q=member4",
        "q=4711",
    ],
}
LISTS["blog/comment"] = [
    query.replace("hidden", "disabled") for query in LISTS["blog/post"]
]


def moderator() -> Any:
    marta = User.objects.get(pk=SIZE.moderator)
    assign_role(user=marta, role=roles.MODERATOR)
    return browser(marta)


def show(name: str, ask: Callable[[], Any], queries: int, limit: int) -> bool:
    """Print what ``ask`` costs; say whether that is too much."""
    times = []
    for _round in range(ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            response = ask()
            times.append((time.perf_counter() - start) * 1000)
        if response.status_code >= 400:
            sys.exit(f"{name}: {response.status_code}")
    median, count = statistics.median(times), len(captured)
    is_over = count > queries or median > limit
    print(f"{name:66} {count:4} {median:7.0f} {'over' if is_over else ''}")
    return is_over


def measure_all(client: Any) -> bool:
    """Print a line for each address; say whether one is over its budget."""
    print(f"{'':66} queries ms")
    over = [
        show(
            f"/admin/{name}/?{query}",
            lambda name=name, query=query: client.get(f"/admin/{name}/?{query}"),  # type: ignore[misc]
            QUERIES,
            MILLISECONDS,
        )
        for name, queries in LISTS.items()
        for query in queries
    ]
    ids = iter(Comment.objects.order_by("-id").values_list("id", flat=True))

    def disable() -> Any:
        form = {"id": [next(ids) for _number in range(CHOSEN)], "reason": "Spam."}
        with transaction.atomic():
            response = client.post("/admin/blog/comment/act/disable/", form)
            transaction.set_rollback(True)
        return response

    # With those for who asks and for the transaction.
    budget = QUERIES + CHOSEN // 100 + 10
    over.append(show(f"{CHOSEN} comments disabled", disable, budget, ACT_MILLISECONDS))
    return any(over)


def main() -> None:
    log_to_file()
    open_site(SIZE, SERVER, progress())
    print(f"{SIZE.posts} posts, {SIZE.comments} comments, {SIZE.members} members")
    if measure_all(moderator()):
        sys.exit("Over the budget.")


if __name__ == "__main__":
    main()
