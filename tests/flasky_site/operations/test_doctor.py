from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import roles
from accounts.models import User
from blog.models import Comment, Post, PostBlock
from blog.triggers import TRIGGERS
from flasky_site.operations.doctor import contents, examination
from mail.models import OutgoingMail
from tests.factories import (
    CommentFactory,
    FollowFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_site_that_is_well(settings, tmp_path, monkeypatch, administrator):
    """Everything is there; the settings are those of tests, and others' to judge."""
    monkeypatch.setitem(examination.EXAMINATIONS, "settings", lambda: iter(()))
    settings.MEDIA_ROOT.mkdir(parents=True)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()


def doctor(**options):
    out = StringIO()
    call_command("doctor", stdout=out, no_color=True, **options)
    return out.getvalue()


def complaint(**options):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out, no_color=True, **options)
    return out.getvalue()


class TestDoctor:
    def test_finds_a_site_well(self):
        CommentFactory()
        FollowFactory()

        said = doctor()

        assert "The site is well." in said
        assert "PROBLEM" not in said

    @pytest.mark.parametrize(
        ("model", "column"),
        [
            (User, "post_count"),
            (User, "comment_count"),
            (User, "follower_count"),
            (User, "following_count"),
            (Post, "comment_count"),
            (Post, "thread_length"),
            (PostBlock, "post_count"),
        ],
    )
    def test_mends_a_counter_that_is_wrong(self, model, column):
        CommentFactory()
        FollowFactory()
        right = [*model.objects.order_by("pk").values_list("pk", column)]
        model.objects.update(**{column: 17})

        said = complaint()
        assert f"{model._meta.db_table}.{column} is wrong" in said
        assert set(model.objects.values_list(column, flat=True)) == {17}

        assert "is right again" in doctor(fix=True)
        assert [*model.objects.order_by("pk").values_list("pk", column)] == right

    def test_takes_nothing_for_wrong_that_changes_while_it_looks(self, monkeypatch):
        author = UserFactory()
        [counter, *_others] = contents.COUNTERS
        yet_to_come = [lambda: PostFactory(author=author)]

        def count(keys):
            while yet_to_come:
                yet_to_come.pop()()
            return counter.count(keys)

        monkeypatch.setattr(contents, "COUNTERS", [replace(counter, count=count)])

        assert "all 1 are right" in doctor()

    def test_counts_what_the_public_sees(self):
        post = PostFactory()
        CommentFactory(post=post, is_disabled=True)
        CommentFactory(post=post, deleted_at=timezone.now())
        PostFactory(author=post.author, is_hidden=True)

        assert "all 7 are right" in doctor()

    def test_adds_a_block_that_is_missing(self):
        PostFactory()
        PostBlock.objects.all().delete()

        assert "blocks of posts have no row" in complaint()
        doctor(fix=True)

        assert PostBlock.objects.get().post_count == 1

    def test_repairs_roles(self):
        Group.objects.get(name=roles.USER).permissions.clear()

        assert "they do not allow" in complaint()
        doctor(fix=True)

        assert "they do not allow" not in doctor()

    def test_installs_triggers_that_are_missing(self):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("DROP TRIGGER blog_post_counts_insert ON blog_post")
            else:
                cursor.execute(f"DROP TRIGGER {next(iter(TRIGGERS.sqlite))}")
        assert "missing:" in complaint()

        doctor(fix=True)

        assert not TRIGGERS.missing()

    def test_tells_of_mail_that_waits_and_that_was_given_up(self):
        late = timezone.now() - timedelta(hours=1)
        OutgoingMailFactory(due_at=late)
        OutgoingMailFactory(state=OutgoingMail.State.FAILED)

        said = complaint()

        assert "should be on their way: 1" in said
        assert "given up: 1" in said

    def test_tells_that_the_mail_server_does_not_answer(self, settings):
        settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

        assert "the mail server cannot be used" in complaint()

    def test_tells_that_there_is_no_folder_for_pictures(self, settings):
        settings.MEDIA_ROOT.rmdir()

        assert "there is no folder" in complaint()

    def test_tells_that_static_files_are_missing(self, settings):
        (settings.STATIC_ROOT / "staticfiles.json").unlink()

        assert "deploy/release" in complaint()

    def test_warns_when_nobody_is_administrator(self, administrator):
        Group.objects.get(name=roles.ADMINISTRATOR).user_set.clear()

        said = doctor()

        assert "there is no administrator" in said
        assert "FLASKY_ADMIN" in said

    def test_tells_that_the_cache_does_not_answer(self, settings):
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }

        assert "Start Redis" in complaint()

    def test_goes_on_without_a_database(self, monkeypatch):
        def refuse():
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM not_there")

        # A generator, as the others are.
        monkeypatch.setitem(
            examination.EXAMINATIONS, "database", lambda: (yield from [refuse()])
        )

        said = complaint()

        assert "Start PostgreSQL" in said
        assert "counters" not in said
        assert "media" in said

    def test_uses_no_more_queries_for_more_members(self, django_assert_max_num_queries):
        UserFactory.create_batch(30)
        Comment.objects.count()

        with django_assert_max_num_queries(60):
            doctor()
