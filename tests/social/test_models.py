import pytest
from django.db import IntegrityError, transaction

from tests.factories import FollowFactory


@pytest.mark.django_db
class TestFollow:
    def test_is_once(self):
        follow = FollowFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            FollowFactory(follower=follow.follower, followed=follow.followed)

    def test_is_of_somebody_else(self, alice):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowFactory(follower=alice, followed=alice)


@pytest.mark.django_db
class TestTriggers:
    def test_count_both_ends(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        alice.refresh_from_db()
        bob.refresh_from_db()
        assert (alice.following_count, alice.follower_count) == (1, 0)
        assert (bob.following_count, bob.follower_count) == (0, 1)

    def test_count_down_when_it_ends(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        FollowFactory(follower=bob, followed=alice).delete()

        alice.delete()

        bob.refresh_from_db()
        assert (bob.following_count, bob.follower_count) == (0, 0)
