"""A small site that is the same everywhere, on which implementations are compared.

200 members with 5,000 posts, 20,000 comments and 4,000 follows, of which one post has
100 comments. It is read from a JSON file of that shape, written by a script of that
kind, or made here.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.texts import Writer

SEED = 8
MEMBERS, POSTS, COMMENTS, FOLLOWS_EACH = 200, 5000, 20_000, 20
HOT_POST, HOT_COMMENTS = 4990, 100
START, DAYS = datetime(2024, 1, 1, tzinfo=UTC), 365
KEYS = ("users", "posts", "comments", "follows")
Row = dict[str, Any]


@dataclass(frozen=True)
class Dataset:
    """Rows as the JSON file has them, oldest first; moments are ISO 8601."""

    source: str
    users: list[Row]
    posts: list[Row]
    comments: list[Row]
    follows: list[Row]

    def __str__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, key)):,} {key}" for key in KEYS)
        return f"{counts} ({self.source})"


def get(path: str, scratch: Path) -> Dataset:
    """Return the data set in a JSON file, or that a script writes; "" makes one here.

    ``scratch`` is a folder for what a script writes.
    """
    if not path:
        return make()
    source = Path(path)
    if source.suffix == ".py":
        written = scratch / "dataset.json"
        subprocess.run(  # noqa: S603  What the caller named.
            [sys.executable, str(source), str(written)], check=True, stdout=sys.stderr
        )
    else:
        written = source
    found = json.loads(written.read_text())
    return Dataset(f"as {source.name} has it", **{key: found[key] for key in KEYS})


def make() -> Dataset:
    random, writer = Random(SEED), Writer(SEED)  # noqa: S311
    return Dataset(
        "made here",
        users=[*_users(random, writer)],
        posts=[
            {
                "id": number,
                "author_id": random.randint(1, MEMBERS),
                "timestamp": moment,
                "body": writer.post(),
            }
            for number, moment in enumerate(_moments(random, POSTS), start=1)
        ],
        comments=[*_comments(random, writer)],
        follows=[
            {"follower_id": follower, "followed_id": followed, "timestamp": moment}
            for follower, followed, moment in _follows(random)
        ],
    )


def _moments(random: Random, count: int) -> list[str]:
    seconds = sorted(random.sample(range(DAYS * 24 * 3600), count))
    return [(START + timedelta(seconds=second)).isoformat() for second in seconds]


def _users(random: Random, writer: Writer) -> Iterator[Row]:
    for number in range(1, MEMBERS + 1):
        joined = START - timedelta(days=random.randint(1, 400))
        yield {
            "id": number,
            "username": f"user{number:03}",
            "email": f"user{number:03}@example.com",
            "name": " ".join(writer.words(2)).title(),
            "location": writer.words(1)[0].title(),
            "about_me": writer.sentence(20),
            "member_since": joined.isoformat(),
            "role": {1: "Administrator", 2: "Moderator"}.get(number, "User"),
        }


def _comments(random: Random, writer: Writer) -> Iterator[Row]:
    others = [number for number in range(1, POSTS + 1) if number != HOT_POST]
    posts = random.choices(others, k=COMMENTS - HOT_COMMENTS)
    posts += [HOT_POST] * HOT_COMMENTS
    random.shuffle(posts)
    moments = _moments(random, COMMENTS)
    for number, (post, moment) in enumerate(zip(posts, moments, strict=True), start=1):
        yield {
            "id": number,
            "post_id": post,
            "author_id": random.randint(1, MEMBERS),
            "timestamp": moment,
            "body": writer.comment(),
            "disabled": random.random() < 0.01,
        }


def _follows(random: Random) -> Iterator[tuple[int, int, str]]:
    for follower in range(1, MEMBERS + 1):
        others = [member for member in range(1, MEMBERS + 1) if member != follower]
        moments = _moments(random, FOLLOWS_EACH)
        for followed, moment in zip(
            random.sample(others, FOLLOWS_EACH), moments, strict=True
        ):
            yield follower, followed, moment
