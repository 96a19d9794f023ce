"""Time the API: ``python -m bench.api [ROWS]``.

Makes 2,000 posts in a test database and reads the newest ROWS of them (20 unless told)
in turns: by the API, as a whole request through all middleware, and by the ORM with
``json.dumps`` alone. Prints the ratio of their CPU times, which must be below 2; beside
that, a list and one post with a token, also for who has them already.

Each line has the queries and the median of CPU time of this process: what the database
and Redis do for it is not in there. DATABASE_URL and CACHE_URL choose them.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
)
from django.utils import timezone  # noqa: E402

from accounts import services  # noqa: E402
from accounts.models import User  # noqa: E402
from bench.databases import temporary_database  # noqa: E402
from blog.models import Post, PostBlock  # noqa: E402

MEMBERS, POSTS, ROUNDS = 50, 2000, 200
MAY_COST = 2.0
ONE_POST, LIST = "/api/v1/posts/1000", "/api/v1/posts/"
PROSE = "A sentence with *some* emphasis, [a link](https://example.com) and `code`. "


def make_posts() -> None:
    members = [
        User(
            username=f"member{number}",
            email=f"member{number}@example.com",
            confirmed_at=timezone.now(),
        )
        for number in range(MEMBERS)
    ]
    User.objects.bulk_create(members)
    Post.objects.bulk_create(
        Post(author=members[number % MEMBERS], body=PROSE * (1 + number % 8))
        for number in range(POSTS)
    )


def read_plainly(rows: int) -> bytes:
    """Read what the API reads and write the same keys, with nothing around it."""
    total = sum(count for _block, count in PostBlock.objects.counts())
    posts = Post.objects.public().with_source().newest_first()[:rows]
    results = [
        {
            "id": post.pk,
            "url": f"/api/v1/posts/{post.pk}",
            "html_url": f"/post/{post.pk}/",
            "body": post.body,
            "body_html": post.body_html,
            "created_at": post.created_at.isoformat(),
            "edited_at": post.edited_at and post.edited_at.isoformat(),
            "author_url": f"/api/v1/users/{post.author_id}",
            "author": post.author.username,
            "comments_url": f"/api/v1/posts/{post.pk}/comments/",
            "comment_count": post.comment_count,
            "closed": post.is_closed,
            "hidden": post.is_hidden,
        }
        for post in posts
    ]
    return json.dumps({"count": total, "results": results}).encode()


Read = Callable[[], bytes]


def by_api(address: str, **headers: str) -> Callable[[], Read]:
    """Return what prepares one reading, as a server has parsed a request before."""
    handler, requests = WSGIHandler(), RequestFactory()

    def prepare() -> Read:
        request = requests.get(address, headers=headers)

        def read() -> bytes:
            response: Any = handler.get_response(request)
            if response.status_code not in {200, 304}:
                sys.exit(f"The API answered {response.status_code}.")
            content: bytes = response.content
            return content

        return read

    return prepare


def with_token(address: str, secret: str) -> dict[str, Callable[[], Read]]:
    """Return readings of ``address`` with a token, and by who has it already."""
    bearer = {"Authorization": f"Bearer {secret}"}
    request = RequestFactory().get(address, headers=bearer)
    etag = WSGIHandler().get_response(request)["ETag"]
    return {
        "with a token": by_api(address, **bearer),
        "with a token, 304": by_api(address, **bearer, **{"If-None-Match": etag}),
    }


def readings(rows: int) -> dict[str, Callable[[], Read]]:
    """Return what is compared, by name; each prepares one reading."""
    member = User.objects.get(username="member0")
    in_a_day = timezone.now() + timedelta(days=1)
    _token, secret = services.create_token(
        user=member, name="Benchmark", scopes=["read"], expires_at=in_a_day
    )
    address = f"{LIST}?page_size={rows}"
    lists = {"ORM and json": lambda: lambda: read_plainly(rows), "API": by_api(address)}
    lists.update(with_token(address, secret))
    one = with_token(ONE_POST, secret)
    return {
        **{f"{rows} posts, {name}": prepare for name, prepare in lists.items()},
        **{f"one post, {name}": prepare for name, prepare in one.items()},
    }


def queries_of(read: Read) -> int:
    with CaptureQueriesContext(connection) as queries:
        read()
    return len(queries)


def cost_of(read: Read) -> float:
    """Return milliseconds of CPU."""
    start = time.process_time()
    read()
    return (time.process_time() - start) * 1000


def measure(rows: int) -> list[float]:
    """Print what each reading costs, and return the medians in their order."""
    prepared = readings(rows)
    costs: dict[str, list[float]] = {name: [] for name in prepared}
    for _round in range(ROUNDS):
        for name, prepare in prepared.items():
            costs[name].append(cost_of(prepare()))
    medians = {name: statistics.median(times) for name, times in costs.items()}
    for name, median in medians.items():
        queries = queries_of(prepared[name]())
        print(f"{name:32} {queries} queries {median:6.2f} ms")
    return [*medians.values()]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, (10**9, 60))
    setup_test_environment()
    with temporary_database():
        make_posts()
        print(f"{connection.vendor}, limits in {settings.CACHES['default']['BACKEND']}")
        plainly, by_the_api, *_others = measure(rows)
    ratio = by_the_api / plainly
    print(f"The list costs {ratio:.2f} times what ORM and json do.")
    if ratio >= MAY_COST:
        sys.exit(f"That is not below {MAY_COST}.")


if __name__ == "__main__":
    main()
