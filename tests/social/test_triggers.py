import pytest

from accounts.models import User
from social.models import Follow
from tests.factories import FollowFactory, UserFactory


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

    def test_agree_with_a_recount_after_bulk_changes(self):
        people = UserFactory.create_batch(5)
        Follow.objects.bulk_create(
            Follow(follower=follower, followed=followed)
            for follower in people
            for followed in people
            if follower != followed
        )
        Follow.objects.filter(follower=people[0]).delete()
        people[1].delete()

        for user in User.objects.all():
            assert user.following_count == user.following.count()
            assert user.follower_count == user.followers.count()
