from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADMINISTRATOR, MODERATOR, USER
from blog.models import Comment, Post, PostBlock
from social.demo.builder import fill_demo
from social.demo.content import read_demo
from social.filling import PASSWORD
from social.models import Follow


def ignore(done, total, what):
    pass


def times_in_order_of_ids(model):
    return list(model.objects.order_by("id").values_list("created_at", flat=True))


@pytest.fixture
def filled(db):
    fill_demo(report=ignore)


@pytest.mark.usefixtures("filled")
class TestFillDemo:
    @pytest.mark.parametrize(
        ("kind", "model"),
        [
            ("members", User),
            ("posts", Post),
            ("comments", Comment),
            ("follows", Follow),
        ],
    )
    def test_creates_all_that_the_files_say(self, kind, model):
        assert model.objects.count() == len(getattr(read_demo(), kind))

    @pytest.mark.parametrize("model", [Post, Comment, Follow])
    def test_gives_ids_in_the_order_of_time(self, model):
        times = times_in_order_of_ids(model)

        assert times == sorted(times)
        assert times[-1] < timezone.now()

    def test_spreads_the_posts_over_months(self):
        times = times_in_order_of_ids(Post)

        assert times[-1] - times[0] > timedelta(days=150)

    def test_makes_members_that_their_fields_accept(self):
        for user in User.objects.all():
            user.full_clean()

    def test_makes_posts_and_comments_that_their_fields_accept(self):
        for text in [*Post.objects.all(), *Comment.objects.all()]:
            text.full_clean()

    def test_renders_every_post_and_comment(self):
        for text in [*Post.objects.all(), *Comment.objects.all()]:
            assert text.body_html.startswith("<")

    def test_confirms_every_address(self):
        confirmed = EmailAddress.objects.filter(verified=True, primary=True)

        assert set(confirmed.values_list("user__email", "email")) == {
            (email, email) for email in User.objects.values_list("email", flat=True)
        }
        assert User.objects.confirmed().count() == User.objects.count()

    def test_lets_members_log_in(self, client):
        assert client.login(username="nora", password=PASSWORD)

    @pytest.mark.parametrize(
        ("email", "role", "is_staff"),
        [
            ("user@example.com", USER, False),
            ("moderator@example.com", MODERATOR, True),
            ("administrator@example.com", ADMINISTRATOR, True),
        ],
    )
    def test_gives_each_log_in_its_one_role(self, email, role, is_staff):
        user = User.objects.get(email=email)

        assert [group.name for group in user.groups.all()] == [role]
        assert user.is_staff is is_staff

    def test_leaves_nobody_without_a_role(self):
        assert not User.objects.filter(groups=None).exists()

    @pytest.mark.parametrize(
        ("username", "model"), [("DotAchebe", Comment), ("henk_dv", Post)]
    )
    def test_was_last_seen_when_writing_last(self, username, model):
        user = User.objects.get(username=username)

        last = model.objects.filter(author=user).latest("id")

        assert user.last_seen_at == last.created_at

    def test_leaves_the_counting_to_the_database(self):
        nora = User.objects.get(username="nora")
        busiest = Post.objects.get(body__contains="end of a loaf?**")

        assert nora.post_count == nora.posts.count() > 0
        assert nora.comment_count == nora.comments.count() > 0
        assert nora.follower_count == nora.followers.count() > 0
        assert nora.following_count == nora.following.count() > 0
        assert busiest.comment_count == busiest.comments.count() > 30
        assert sum(count for _, count in PostBlock.objects.counts()) == 60


class TestReport:
    def test_ends_each_kind_at_its_total(self, db):
        reports = []

        fill_demo(report=lambda *report: reports.append(report))

        assert [(total, what) for done, total, what in reports if done == total] == [
            (User.objects.count(), "members"),
            (Post.objects.count(), "posts"),
            (Comment.objects.count(), "comments"),
            (Follow.objects.count(), "follows"),
        ]

    def test_moves_on_the_way(self, db):
        reports = []

        fill_demo(report=lambda *report: reports.append(report))

        assert (30, 60, "posts") in reports
