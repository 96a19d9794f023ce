"""What the demo says: its files, read and checked."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import attrgetter
from typing import Any

from accounts.roles import ROLE_PERMISSIONS
from accounts.validators import is_username
from blog.models import COMMENT_MAX_LENGTH, POST_MAX_LENGTH

FILES = files("social.demo")
FRONT_MATTER = re.compile(r"---\n(?P<header>.*?)\n---\n(?P<body>.*)", re.DOTALL)
HOURS_A_DAY = 24


@dataclass(frozen=True)
class DemoMember:
    username: str
    name: str
    email: str
    role: str
    location: str
    about_me: str
    member_since: float  # days ago, as every time here


@dataclass(frozen=True)
class DemoPost:
    slug: str
    author: str
    days_ago: float
    body: str


@dataclass(frozen=True)
class DemoComment:
    post: str
    author: str
    days_ago: float
    body: str


@dataclass(frozen=True)
class DemoFollow:
    follower: str
    followed: str
    days_ago: float


@dataclass(frozen=True)
class Demo:
    """Everything the demo holds, each kind oldest first."""

    members: tuple[DemoMember, ...]
    posts: tuple[DemoPost, ...]
    comments: tuple[DemoComment, ...]
    follows: tuple[DemoFollow, ...]


def read_demo(folder: Traversable = FILES) -> Demo:
    """Raise ValueError with the file's name when a file contradicts any of them."""
    members = read_members(folder)
    since = {member.username: member.member_since for member in members}
    posts = tuple(read_posts(folder, since))
    posted = {post.slug: post.days_ago for post in posts}
    return Demo(
        members=oldest_first(members, "member_since"),
        posts=posts,
        comments=oldest_first(read_comments(folder, since, posted), "days_ago"),
        follows=oldest_first(read_follows(folder, since), "days_ago"),
    )


def read_members(folder: Traversable) -> list[DemoMember]:
    file_name = "members.toml"
    keys = DemoMember.__dataclass_fields__.keys()
    members = []
    for table in read_toml(folder, file_name)["member"]:
        require_keys(file_name, table, keys)
        member = DemoMember(**table)
        is_named = is_username(member.username)
        require(file_name, is_named, f"{member.username} is no name")
        require(file_name, member.role in ROLE_PERMISSIONS, f"{member.role} is no role")
        require(file_name, member.member_since > 0, f"{member.username} is yet to join")
        members.append(member)
    require_different(file_name, [member.username.lower() for member in members])
    require_different(file_name, [member.email for member in members])
    return members


def read_posts(folder: Traversable, since: Mapping[str, float]) -> Iterator[DemoPost]:
    """Yield the posts in the order of their file names, which must be oldest first."""
    previous = float("inf")
    paths = [path for path in (folder / "posts").iterdir() if path.name.endswith(".md")]
    for path in sorted(paths, key=attrgetter("name")):
        post = read_post(path)
        check_author(path.name, post.author, post.days_ago, since)
        check_body(path.name, post.body, POST_MAX_LENGTH)
        require(path.name, post.days_ago < previous, "is older than the one before it")
        previous = post.days_ago
        yield post


def read_post(path: Traversable) -> DemoPost:
    match = FRONT_MATTER.fullmatch(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path.name}: there is no header between --- and ---")
    lines = (line.partition(":") for line in match["header"].splitlines())
    header = {key.strip(): value.strip() for key, _, value in lines}
    require_keys(path.name, header, ["author", "days_ago"])
    return DemoPost(
        slug=path.name.removesuffix(".md").partition("-")[2],
        author=header["author"],
        days_ago=float(header["days_ago"]),
        body=match["body"].strip(),
    )


def read_comments(
    folder: Traversable, since: Mapping[str, float], posted: Mapping[str, float]
) -> Iterator[DemoComment]:
    file_name = "comments.toml"
    for table in read_toml(folder, file_name)["comment"]:
        require_keys(file_name, table, ["post", "author", "hours", "body"])
        slug, author, body = table["post"], table["author"], table["body"].strip()
        require_known(file_name, slug, posted)
        require(file_name, table["hours"] > 0, f"{author} comments before {slug}")
        days_ago = posted[slug] - table["hours"] / HOURS_A_DAY
        check_author(file_name, author, days_ago, since)
        check_body(file_name, body, COMMENT_MAX_LENGTH)
        yield DemoComment(slug, author, days_ago, body)


def read_follows(
    folder: Traversable, since: Mapping[str, float]
) -> Iterator[DemoFollow]:
    """Spread each member's follows, in order, over the time since they joined."""
    file_name = "follows.toml"
    for follower, people in read_toml(folder, file_name).items():
        require_known(file_name, follower, since)
        require_different(file_name, [follower, *people])
        days_ago = since[follower]
        for number, followed in enumerate(people):
            require_known(file_name, followed, since)
            left = len(people) - number
            days_ago = min(days_ago, since[followed]) * left / (left + 1)
            yield DemoFollow(follower, followed, days_ago)


def check_author(
    file_name: str, author: str, days_ago: float, since: Mapping[str, float]
) -> None:
    require_known(file_name, author, since)
    require(file_name, days_ago > 0, f"{author} writes in the future")
    require(file_name, days_ago < since[author], f"{author} writes before joining")


def check_body(file_name: str, body: str, longest: int) -> None:
    require(file_name, body, "a body is empty")
    is_short = len(body) <= longest
    require(file_name, is_short, f"a body is longer than {longest} characters")


def require_known(file_name: str, value: str, known: Collection[str]) -> None:
    require(file_name, value in known, f"nothing is called {value}")


def require_different(file_name: str, values: list[str]) -> None:
    for value in values:
        require(file_name, values.count(value) == 1, f"{value} is there twice")


def require_keys(
    file_name: str, table: Mapping[str, Any], keys: Collection[str]
) -> None:
    wrong = ", ".join(sorted(table.keys() ^ set(keys)))
    require(file_name, not wrong, f"missing or unknown: {wrong}")


def require(file_name: str, condition: object, complaint: str) -> None:
    if not condition:
        raise ValueError(f"{file_name}: {complaint}")


def read_toml(folder: Traversable, file_name: str) -> dict[str, Any]:
    text = (folder / file_name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file_name}: {error}") from error


def oldest_first(things: Iterable[Any], age: str) -> tuple[Any, ...]:
    return tuple(sorted(things, key=attrgetter(age), reverse=True))
