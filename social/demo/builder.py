"""Fills an empty development site with the demo."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import services
from accounts.models import User
from blog.models import Comment, Post
from social.filling import PASSWORD, Filler, Report, Row
from social.models import Follow

from .content import Demo, DemoComment, DemoPost, read_demo

# So few that the progress moves.
BATCH_SIZE = 30


@transaction.atomic
def fill_demo(*, report: Report) -> None:
    """Create the demo's members, posts, comments and follows in an empty site.

    Each kind goes in oldest first, because lists take the order of ids for that of
    time. ``report(done, total, what)`` is called as the rows go in.
    """
    builder = _Builder(read_demo(), Filler(report, BATCH_SIZE))
    builder.add_members()
    builder.add_posts()
    builder.add_comments()
    builder.add_follows()


@dataclass
class _Builder:
    demo: Demo
    filler: Filler
    now: datetime = field(default_factory=timezone.now)
    users: dict[str, User] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def add_members(self) -> None:
        # Hashed once and shared: Argon2 is slow on purpose, and a dozen hashes would be
        # most of the time that the whole demo takes.
        password = make_password(PASSWORD)
        last_seen = self._last_seen()
        for done, member in enumerate(self.demo.members, start=1):
            since = self._moment(member.member_since)
            user = User(
                username=member.username,
                email=member.email,
                password=password,
                name=member.name,
                location=member.location,
                about_me=member.about_me,
                confirmed_at=since,
                date_joined=since,
                last_seen_at=last_seen[member.username],
            )
            services.import_users(users=[user], role=member.role)
            self.users[member.username] = user
            self.filler.report(done, len(self.demo.members), "members")

    def add_posts(self) -> None:
        posts = [
            Post(
                author=self.users[post.author],
                body=post.body,
                created_at=self._moment(post.days_ago),
            )
            for post in self.demo.posts
        ]
        slugs = (post.slug for post in self.demo.posts)
        self.posts = dict(zip(slugs, self._insert("posts", posts), strict=True))

    def add_comments(self) -> None:
        comments = [
            Comment(
                post=self.posts[comment.post],
                author=self.users[comment.author],
                body=comment.body,
                created_at=self._moment(comment.days_ago),
            )
            for comment in self.demo.comments
        ]
        self._insert("comments", comments)

    def add_follows(self) -> None:
        follows = [
            Follow(
                follower=self.users[follow.follower],
                followed=self.users[follow.followed],
                created_at=self._moment(follow.days_ago),
            )
            for follow in self.demo.follows
        ]
        self._insert("follows", follows)

    def _insert(self, what: str, rows: list[Row]) -> list[Row]:
        return list(self.filler.insert(what, len(rows), rows))

    def _last_seen(self) -> dict[str, datetime]:
        """Say when each member wrote last."""
        texts: list[DemoPost | DemoComment] = [*self.demo.posts, *self.demo.comments]
        texts.sort(key=attrgetter("days_ago"), reverse=True)
        return {text.author: self._moment(text.days_ago) for text in texts}

    def _moment(self, days_ago: float) -> datetime:
        return self.now - timedelta(days=days_ago)
