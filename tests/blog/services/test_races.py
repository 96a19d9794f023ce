from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from accounts.models import Decision, User
from accounts.services import Ruling
from blog import services
from blog.exceptions import CommentsClosed, PostGone
from blog.models import Comment, Post
from blog.services.rows import lock_post
from flasky_site.lib.merging import ChangedMeanwhile
from flasky_site.operations.backups.engines import connection_to
from tests.blog.test_triggers import assert_counts_are_right
from tests.factories import PostFactory, UserFactory
from tests.threads import at_once, wait_until_somebody_queues, wait_until_somebody_waits

pytestmark = [pytest.mark.side_by_side, pytest.mark.django_db(transaction=True)]

WRITERS = 6
ROUNDS = 5


def converse(author, posts):
    """Comment on each post and delete every other comment again, some times over."""
    for number in range(ROUNDS):
        for post in posts:
            comment = services.create_comment(author=author, post=post, body="a")
            if number % 2:
                services.delete_comment(comment=comment)


def closing(act):
    """Return ``act`` for a thread, whose connection it closes."""

    def do():
        try:
            return act()
        finally:
            connection.close()

    return do


def comment_late(author, post, meanwhile):
    """Comment while another transaction changes the post; return what came of it."""

    comment = closing(
        lambda: services.create_comment(author=author, post=post, body="a")
    )
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            meanwhile()
            outcome = pool.submit(comment)
            wait_until_somebody_waits()
        return outcome.exception() or outcome.result()


def do_late(act, *, meanwhile, held):
    """Do ``act`` while another transaction holds a post; return what came of it."""

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_post(held)
            outcome = pool.submit(closing(act))
            wait_until_somebody_waits()
            meanwhile()
        return outcome.exception() or outcome.result()


@contextmanager
def referred_to(user):
    """Hold the row of ``user`` as a foreign key does that is being checked."""
    query = "SELECT FROM accounts_user WHERE id = %s FOR KEY SHARE"
    with (
        connection_to(connection.settings_dict["NAME"]) as other,
        other.cursor() as cursor,
    ):
        cursor.execute("BEGIN")
        cursor.execute(query, [user.pk])
        yield


def ruling(actor, **fields):
    return Ruling(actor=actor, reason="Spam.", **fields)


class TestManyWriters:
    def test_who_comment_and_delete_at_once_leave_the_counts_right(self):
        posts = PostFactory.create_batch(2)
        writers = UserFactory.create_batch(WRITERS)

        outcomes = at_once(
            *(
                lambda writer=writer, order=order: converse(writer, posts[::order])
                for writer, order in zip(writers, [1, -1] * WRITERS, strict=False)
            )
        )

        assert outcomes == [None] * WRITERS
        kept = WRITERS * (ROUNDS - ROUNDS // 2)
        assert [post.comment_count for post in Post.objects.all()] == [kept, kept]
        assert_counts_are_right()

    def test_leave_them_right_when_posts_go_meanwhile(self):
        posts = PostFactory.create_batch(3)
        writers = UserFactory.create_batch(WRITERS)

        outcomes = at_once(
            *(lambda writer=writer: converse(writer, posts) for writer in writers),
            *(lambda post=post: services.delete_post(post=post) for post in posts[:2]),
        )

        assert {type(outcome) for outcome in outcomes} <= {type(None), PostGone}
        assert_counts_are_right()

    def test_do_not_deadlock_over_a_member_whom_something_refers_to(self):
        post = PostFactory()
        author = post.author
        with ThreadPoolExecutor(2) as pool, referred_to(author):
            with transaction.atomic():
                User.objects.filter(pk=author.pk).update(location="Elsewhere")
                delete = closing(lambda: services.delete_post(post=post))
                deleted = pool.submit(delete)
                wait_until_somebody_waits()
                write = closing(lambda: services.create_post(author=author, body="a"))
                written = pool.submit(write)
                wait_until_somebody_queues()
            assert deleted.exception() is None
            assert written.exception() is None

        assert_counts_are_right()


class TestComment:
    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            (services.delete_post, PostGone),
            (lambda post: post.delete(), PostGone),
            (services.close_comments, CommentsClosed),
        ],
        ids=["deleted", "purged", "closed"],
    )
    def test_waits_for_who_takes_its_place_away(self, change, refusal):
        post, author = PostFactory(), UserFactory()
        pk = post.pk

        outcome = comment_late(author, Post(pk=pk), lambda: change(post=post))

        assert isinstance(outcome, refusal)
        assert not Comment.objects.exists()
        assert_counts_are_right()


class TestSuspendAuthors:
    def test_waits_for_a_post_before_it_holds_the_author(self, moderator):
        post = PostFactory()
        suspension = {"members": [post.author], "until": None, "hides_posts": True}

        outcome = do_late(
            lambda: services.suspend_authors(ruling=ruling(moderator), **suspension),
            meanwhile=lambda: services.delete_post(post=post),
            held=post,
        )

        assert [decision.kind for decision in outcome] == [Decision.Kind.SUSPEND]

    def test_is_taken_back_in_the_same_order(self, moderator):
        post = PostFactory()
        suspension = {"members": [post.author], "until": None, "hides_posts": True}
        done = services.suspend_authors(ruling=ruling(moderator), **suspension)
        undo = {"ruling": ruling(moderator, undoes=done), "decisions": done}

        outcome = do_late(
            lambda: services.undo_decisions(**undo),
            meanwhile=lambda: services.restore_posts(
                ruling=ruling(moderator), posts=[post]
            ),
            held=post,
        )

        assert [decision.kind for decision in outcome] == [Decision.Kind.LIFT]


class TestEdits:
    def test_of_one_text_at_once_end_in_one_of_them_and_a_sentence(self):
        post = PostFactory(body="One")

        outcomes = at_once(
            *(
                lambda body=body: services.edit_post(post=post, body=body, seen="One")
                for body in ("Two", "Three")
            )
        )

        kinds = sorted(type(outcome).__name__ for outcome in outcomes)
        assert kinds == [ChangedMeanwhile.__name__, Post.__name__]
        winner = next(outcome for outcome in outcomes if isinstance(outcome, Post))
        assert Post.objects.get().body == winner.body
