"""Loads a data set into an empty database: ``python -m bench.loading [FILE]``.

Prints as JSON what a measurement from outside needs: the pages with the headers of who
asks for them, and on what it runs.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.services import assign_role  # noqa: E402
from bench import dataset, machine, readers  # noqa: E402
from bench.dataset import Dataset, Row  # noqa: E402
from bench.environment import SCRATCH  # noqa: E402
from bench.progress import log_to_file  # noqa: E402
from bench.readers import NOBODY, Headers  # noqa: E402
from blog.models import Comment, Post  # noqa: E402
from social.models import Follow  # noqa: E402

BATCH = 1000
# Whose pages are opened, and who opens them.
SHOWN, READER = 10, 20


def moment(row: Row, key: str = "timestamp") -> datetime:
    at = datetime.fromisoformat(row[key])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@transaction.atomic
def fill(data: Dataset) -> None:
    """Write all rows; triggers count them, and the renderer makes their HTML."""
    for row in data.users:
        _write_member(row)
    _write(Post, (_post(row) for row in data.posts))
    _write(Comment, (_comment(row) for row in data.comments))
    _write(Follow, (_follow(row) for row in sorted(data.follows, key=moment)))


def _write(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)


def _picked(row: Row, *keys: str) -> Row:
    return {key: row[key] for key in keys}


def _write_member(row: Row) -> None:
    joined = moment(row, "member_since")
    copied = ("id", "username", "email", "name", "location", "about_me")
    member = User(
        **_picked(row, *copied),
        password="!",  # noqa: S106  Nobody logs in by password.
        date_joined=joined,
        confirmed_at=joined,
    )
    member.save(force_insert=True)
    assign_role(user=member, role=row["role"])


def _post(row: Row) -> Post:
    return Post(**_picked(row, "id", "author_id", "body"), created_at=moment(row))


def _comment(row: Row) -> Comment:
    return Comment(
        **_picked(row, "id", "post_id", "author_id", "body"),
        is_disabled=row["disabled"],
        created_at=moment(row),
    )


def _follow(row: Row) -> Follow:
    return Follow(**_picked(row, "follower_id", "followed_id"), created_at=moment(row))


def reset_ids() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), (User, Post, Comment, Follow)
        ):
            cursor.execute(statement)


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)"
        )


def pages(data: Dataset) -> list[tuple[str, str, Headers]]:
    """Return the name, the address and the reader's headers of each page."""
    member = User.objects.get(pk=READER)
    person = User.objects.get(pk=SHOWN)
    [(hot, _count)] = Counter(row["post_id"] for row in data.comments).most_common(1)
    profile, post = person.get_absolute_url(), f"/post/{hot}/"
    signed_in = readers.signed_in(member)
    chose_followed = {"Cookie": f"{signed_in['Cookie']}; {readers.FOLLOWED_TAB}"}
    token = readers.with_token(member)
    return [
        ("home", "/", NOBODY),
        ("profile", profile, NOBODY),
        ("post", post, NOBODY),
        ("home, signed in", "/", signed_in),
        ("home, signed in, Followed", "/", chose_followed),
        ("profile, signed in", profile, signed_in),
        ("post, signed in", post, signed_in),
        ("API, list of posts", "/api/v1/posts/", token),
        ("API, one post", f"/api/v1/posts/{hot}", token),
    ]


def main() -> None:
    log_to_file()
    data = dataset.get(sys.argv[1] if sys.argv[1:] else "", SCRATCH)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
    fill(data)
    reset_ids()
    analyze()
    told: dict[str, Any] = {
        "data": str(data),
        "pages": pages(data),
        "measured_on": machine.describe(),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
