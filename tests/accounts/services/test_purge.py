from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import services
from accounts.models import User
from accounts.services import members
from flasky_site.lib.chores import hour_passed
from tests.factories import CommentFactory, FollowFactory, PostFactory, UserFactory


def overdue(**fields):
    joined = timezone.now() - timedelta(days=7, minutes=1)
    return UserFactory(unconfirmed=True, date_joined=joined, **fields)


@pytest.mark.django_db
class TestPurgeUnconfirmedUsers:
    def test_gives_name_and_address_free_after_a_week(self):
        overdue(username="nora")

        assert services.purge_unconfirmed_users() == 1

        UserFactory(username="NORA", email="nora@example.com")
        assert EmailAddress.objects.count() == 1

    def test_leaves_those_who_have_some_of_the_week_left(self):
        joined = timezone.now() - timedelta(days=6, hours=23)
        UserFactory(unconfirmed=True, date_joined=joined)

        assert services.purge_unconfirmed_users() == 0

    def test_leaves_whoever_is_or_was_confirmed(self):
        UserFactory(date_joined=timezone.now() - timedelta(days=700))
        overdue(unconfirmed_at=timezone.now())

        assert services.purge_unconfirmed_users() == 0

    @pytest.mark.parametrize(
        "leave_something",
        [
            lambda user: PostFactory(author=user, is_hidden=True),
            lambda user: CommentFactory(author=user, is_disabled=True),
            lambda user: FollowFactory(follower=user),
            lambda user: FollowFactory(followed=user),
        ],
        ids=["post", "comment", "following", "followers"],
    )
    def test_leaves_whoever_left_something(self, leave_something):
        leave_something(overdue())

        assert services.purge_unconfirmed_users() == 0

    def test_goes_on_until_none_is_left(self, monkeypatch):
        monkeypatch.setattr(members, "_PURGED_AT_ONCE", 2)
        for _ in range(5):
            overdue()

        assert services.purge_unconfirmed_users() == 5
        assert not User.objects.exists()

    def test_comes_every_hour(self):
        overdue()
        services.hold_username(username="nora")

        hour_passed.send(None)

        assert not User.objects.exists()
