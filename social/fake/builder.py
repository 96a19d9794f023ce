"""Puts made-up members, and what they do, into a development site."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import roles, services
from blog.models import Comment, Post
from social.filling import PASSWORD, Filler, Report
from social.models import Follow

from .factories import CommentFactory, MemberFactory, PostFactory
from .plan import DAYS, Plan, Size, make_plan
from .usernames import free_usernames
from .voices import LANGUAGES, Voice

BATCH_SIZE = 500
# Only the names of so many, the oldest members, are kept in mind to be mentioned.
MENTIONED = 1000


@transaction.atomic
def fill_fake(*, size: Size, seed: int, until: datetime, report: Report) -> list[str]:
    """Add that many rows of each kind, which happen in the two years before ``until``.

    Return the usernames of the oldest new members. On an empty site the same seed and
    moment give the same rows, but for the salt of the password; elsewhere names that
    are taken get a number. Each kind goes in oldest first, because lists take the order
    of ids for that of time.
    """
    random = Random(seed)  # noqa: S311
    plan = make_plan(size, random)
    builder = _Builder(plan, random, until, Filler(report, BATCH_SIZE))
    builder.add_members()
    builder.add_posts()
    builder.add_comments()
    builder.add_follows()
    return builder.usernames


@dataclass
class _Builder:
    plan: Plan
    random: Random
    until: datetime
    filler: Filler
    # By the numbers of the plan: the ids of members and posts, and who speaks what.
    user_ids: "array[int]" = field(default_factory=lambda: array("q"))
    post_ids: "array[int]" = field(default_factory=lambda: array("q"))
    languages: list[str] = field(default_factory=list)
    usernames: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voices = {
            language: Voice(language, self.random)
            for language in dict.fromkeys(LANGUAGES)
        }

    def add_members(self) -> None:
        # Hashed once and shared: Argon2 is slow on purpose.
        password = make_password(PASSWORD)
        total = len(self.plan.joined)
        for numbers in self.filler.batches("members", total, range(total)):
            languages = [self.random.choice(LANGUAGES) for _ in numbers]
            wanted = [self.voices[language].username() for language in languages]
            usernames = free_usernames(wanted, self.random)
            users = [
                MemberFactory.build(
                    voice=self.voices[language],
                    username=username,
                    password=password,
                    date_joined=self._moment(self.plan.joined[number]),
                    last_seen_at=self._moment(self.plan.last_seen[number]),
                )
                for number, language, username in zip(
                    numbers, languages, usernames, strict=True
                )
            ]
            services.import_users(users=users, role=roles.USER)
            self.user_ids.extend(user.pk for user in users)
            self.languages.extend(languages)
            self.usernames.extend(usernames[: MENTIONED - len(self.usernames)])

    def add_posts(self) -> None:
        rows = self.filler.insert("posts", len(self.plan.posted), self._posts())
        self.post_ids.extend(post.pk for post in rows)

    def add_comments(self) -> None:
        total = len(self.plan.commented)
        for _comment in self.filler.insert("comments", total, self._comments()):
            pass

    def add_follows(self) -> None:
        total = len(self.plan.follows)
        for _follow in self.filler.insert("follows", total, self._follows()):
            pass

    def _posts(self) -> Iterator[Post]:
        plan = self.plan
        for day, author in zip(plan.posted, plan.post_authors, strict=True):
            yield PostFactory.build(
                author_id=self.user_ids[author],
                created_at=self._moment(day),
                voice=self._voice_of(author),
                mention=self._somebody_before(day, author),
            )

    def _comments(self) -> Iterator[Comment]:
        plan = self.plan
        for day, author, post in zip(
            plan.commented, plan.comment_authors, plan.comment_posts, strict=True
        ):
            yield CommentFactory.build(
                post_id=self.post_ids[post],
                author_id=self.user_ids[author],
                created_at=self._moment(day),
                voice=self._voice_of(author),
                mention=self._author_to_answer(plan.post_authors[post], author),
            )

    def _follows(self) -> Iterator[Follow]:
        for day, follower, followed in self.plan.follows:
            yield Follow(
                follower_id=self.user_ids[follower],
                followed_id=self.user_ids[followed],
                created_at=self._moment(day),
            )

    def _voice_of(self, member: int) -> Voice:
        return self.voices[self.languages[member]]

    def _somebody_before(self, day: float, author: int) -> str:
        """Return whom a post mentions, "" mostly: somebody who had joined by then."""
        number = self.random.randrange(len(self.usernames))
        if number == author or self.plan.joined[number] > day:
            return ""
        return self.usernames[number] if self.random.random() < 0.2 else ""

    def _author_to_answer(self, post_author: int, author: int) -> str:
        """Return whom a comment speaks to: now and then the post's author."""
        is_known = post_author < len(self.usernames) and post_author != author
        return (
            self.usernames[post_author]
            if is_known and self.random.random() < 0.3
            else ""
        )

    def _moment(self, day: float) -> datetime:
        return self.until - timedelta(days=DAYS - day)
