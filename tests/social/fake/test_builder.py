import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.roles import USER
from blog.models import Comment, Post, PostBlock
from social.fake.builder import fill_fake
from social.fake.plan import Size
from social.filling import PASSWORD
from social.models import Follow

SIZE = Size(members=40, posts=120, comments=200, follows=150)
UNTIL = datetime(2026, 1, 31, 12, tzinfo=UTC)
NOBODY = Size(members=0, posts=0, comments=0, follows=0)


def ignore(done, total, what):
    pass


def fill(size=SIZE, seed=1, report=ignore):
    return fill_fake(size=size, seed=seed, until=UNTIL, report=report)


def everything():
    """What there is, oldest first, without ids."""
    return [
        list(
            User.objects.order_by("id").values_list(
                "username",
                "email",
                "name",
                "location",
                "about_me",
                "date_joined",
                "last_seen_at",
                "post_count",
                "follower_count",
            )
        ),
        list(
            Post.objects.order_by("id").values_list(
                "author__username", "created_at", "body"
            )
        ),
        list(
            Comment.objects.order_by("id").values_list(
                "author__username", "post__body", "created_at", "body"
            )
        ),
        list(
            Follow.objects.order_by("id").values_list(
                "follower__username", "followed__username", "created_at"
            )
        ),
    ]


def counts():
    return [model.objects.count() for model in (User, Post, Comment, Follow)]


@pytest.fixture
def filled(db):
    fill()


@pytest.mark.usefixtures("filled")
class TestFillFake:
    def test_adds_what_was_asked_for(self):
        assert counts() == [40, 120, 200, 150]

    @pytest.mark.parametrize("model", [Post, Comment, Follow])
    def test_gives_ids_in_the_order_of_time(self, model):
        times = list(model.objects.order_by("id").values_list("created_at", flat=True))

        assert times == sorted(times)
        assert UNTIL - timedelta(days=731) < times[0] < times[-1] <= UNTIL

    def test_makes_rows_that_their_fields_accept(self):
        for model in (User, Post, Comment, Follow):
            for row in model.objects.all():
                row.full_clean()

    def test_keeps_what_cleaning_would_keep(self):
        for user in User.objects.all():
            before = user.name, user.location, user.about_me
            user.clean_fields()
            assert (user.name, user.location, user.about_me) == before

    def test_writes_names_in_several_scripts(self):
        names = "".join(User.objects.values_list("name", flat=True))

        assert re.search("[a-z]", names)
        assert re.search(r"[\u0430-\u044f]", names)
        assert re.search(r"[\u0370-\u03ff]", names)

    def test_writes_markdown_of_varied_length(self):
        bodies = list(Post.objects.values_list("body", flat=True))
        lengths = sorted(map(len, bodies))

        assert lengths[0] < 150
        assert lengths[-1] > 1500
        for mark in (r"^## ", r"^- ", r"^1\. ", r"^> ", r"^```", r"\]\(https://"):
            assert any(re.search(mark, body, re.MULTILINE) for body in bodies)

    def test_mentions_members_who_had_joined(self):
        joined = dict(User.objects.values_list("username", "date_joined"))
        mentions = [
            (name, text.created_at)
            for text in [*Post.objects.all(), *Comment.objects.all()]
            for name in re.findall(r"^@([\w.]+)", text.body, re.MULTILINE)
        ]

        assert len(mentions) > 20
        assert all(joined[name.rstrip(".")] <= at for name, at in mentions)

    def test_renders_what_is_written(self):
        assert not Post.objects.filter(body_html="").exists()
        assert not Comment.objects.filter(body_html="").exists()

    def test_makes_members_whom_nothing_keeps_out(self, client):
        user = User.objects.earliest("id")

        assert client.login(username=user.username, password=PASSWORD)
        assert User.objects.confirmed().count() == 40
        assert User.objects.filter(groups__name=USER, is_staff=False).count() == 40
        proven = EmailAddress.objects.filter(verified=True, primary=True)
        assert proven.count() == 40

    def test_leaves_the_counting_to_the_database(self):
        assert sum(count for _, count in PostBlock.objects.counts()) == 120
        for user in User.objects.all():
            assert user.post_count == user.posts.count()
            assert user.follower_count == user.followers.count()
        for post in Post.objects.all():
            assert post.comment_count == post.thread_length == post.comments.count()

    def test_adds_to_what_is_there_already(self):
        before = everything()

        names = fill()

        assert counts() == [80, 240, 400, 300]
        assert set(names).isdisjoint(name for name, *_ in before[0])


@pytest.mark.django_db
class TestRepeating:
    def test_gives_the_same_rows_for_the_same_seed(self):
        fill()
        first = everything()
        User.objects.all().delete()
        fill()

        assert everything() == first

    def test_gives_other_rows_for_another_seed(self):
        fill()
        first = everything()
        User.objects.all().delete()
        fill(seed=2)

        assert everything() != first


@pytest.mark.django_db
class TestReport:
    def test_moves_by_the_batch_and_ends_at_the_total(self):
        reports = []

        fill(
            Size(members=2, posts=600, comments=0, follows=0),
            report=lambda *report: reports.append(report),
        )

        assert reports == [(2, 2, "members"), (500, 600, "posts"), (600, 600, "posts")]

    def test_has_nothing_to_say_about_nothing(self):
        assert fill(NOBODY, report=pytest.fail) == []
