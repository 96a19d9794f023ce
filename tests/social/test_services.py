import random

import pytest
from django.db import transaction

from accounts.models import User
from social import services
from social.exceptions import (
    FollowsOneself,
    FollowsTooMany,
    PersonGone,
    PersonSuspended,
)
from social.models import Follow
from tests.factories import FollowFactory, UserFactory
from tests.threads import at_once


def follow(follower, followed):
    return lambda: services.follow(follower=follower, followed=followed)


def unfollow(follower, followed):
    return lambda: services.unfollow(follower=follower, followed=followed)


def counts_of(user):
    user.refresh_from_db()
    return user.follower_count, user.following_count


@pytest.mark.django_db
class TestFollow:
    def test_is_kept_with_its_moment_and_counted(self, alice, bob):
        services.follow(follower=alice, followed=bob)

        row = Follow.objects.get()
        assert (row.follower, row.followed) == (alice, bob)
        assert row.created_at >= bob.date_joined
        assert (counts_of(alice), counts_of(bob)) == ((0, 1), (1, 0))

    def test_twice_is_once_and_keeps_the_first_moment(self, alice, bob):
        services.follow(follower=alice, followed=bob)
        since = Follow.objects.get().created_at

        services.follow(follower=alice, followed=bob)

        assert Follow.objects.get().created_at == since
        assert counts_of(bob) == (1, 0)

    def test_refuses_oneself(self, alice):
        with pytest.raises(FollowsOneself):
            services.follow(follower=alice, followed=alice)

        assert counts_of(alice) == (0, 0)

    def test_refuses_who_is_suspended(self, alice):
        with pytest.raises(PersonSuspended):
            services.follow(follower=alice, followed=UserFactory(suspended=True))

        assert counts_of(alice) == (0, 0)

    @pytest.mark.parametrize("change", [{"is_active": False}, {"confirmed_at": None}])
    @pytest.mark.parametrize("end", ["follower", "followed"])
    def test_refuses_who_left_in_the_meantime(self, alice, bob, change, end):
        left = {"follower": alice, "followed": bob}[end]
        User.objects.filter(pk=left.pk).update(**change)

        with pytest.raises(PersonGone):
            services.follow(follower=alice, followed=bob)

        assert not Follow.objects.exists()
        assert counts_of(alice) == (0, 0)

    def test_refuses_more_than_one_can_follow(self, alice, bob, settings):
        settings.FOLLOWS_AT_MOST = 1
        services.follow(follower=alice, followed=bob)

        with pytest.raises(FollowsTooMany):
            services.follow(follower=alice, followed=UserFactory())

        assert counts_of(alice) == (0, 1)

    def test_twice_is_harmless_past_a_limit_that_was_lowered(
        self, alice, bob, settings
    ):
        FollowFactory(follower=alice, followed=bob)
        settings.FOLLOWS_AT_MOST = 0

        services.follow(follower=alice, followed=bob)

        assert counts_of(alice) == (0, 1)

    @pytest.mark.parametrize("followers", [0, 20])
    def test_costs_the_same_whoever_is_followed(
        self, alice, bob, followers, django_assert_num_queries
    ):
        FollowFactory.create_batch(followers, followed=bob)

        # The transaction's two here; is there one; write it; look at both members.
        with django_assert_num_queries(5):
            services.follow(follower=alice, followed=bob)


@pytest.mark.django_db
class TestUnfollow:
    def test_ends_it_and_is_counted(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)
        FollowFactory(follower=bob, followed=alice)

        services.unfollow(follower=alice, followed=bob)

        assert Follow.objects.get().follower == bob
        assert (counts_of(alice), counts_of(bob)) == ((1, 0), (0, 1))

    def test_twice_is_once(self, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        services.unfollow(follower=alice, followed=bob)
        services.unfollow(follower=alice, followed=bob)

        assert counts_of(bob) == (0, 0)

    def test_of_oneself_changes_nothing(self, alice):
        services.unfollow(follower=alice, followed=alice)

        assert counts_of(alice) == (0, 0)


@pytest.mark.side_by_side
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_follow_twice_is_once(self):
        alice, bob = UserFactory.create_batch(2)

        outcomes = at_once(*[follow(alice, bob)] * 4)

        assert outcomes == [None] * 4
        assert counts_of(bob) == (1, 0)

    def test_two_who_follow_each_other_both_do(self):
        alice, bob = UserFactory.create_batch(2)

        for _ in range(10):
            assert at_once(follow(alice, bob), follow(bob, alice)) == [None] * 2
            assert counts_of(alice) == counts_of(bob) == (1, 1)
            assert at_once(unfollow(alice, bob), unfollow(bob, alice)) == [None] * 2

        assert counts_of(alice) == counts_of(bob) == (0, 0)

    def test_nobody_follows_more_than_they_can(self, settings):
        settings.FOLLOWS_AT_MOST = 2
        alice, *people = UserFactory.create_batch(7)

        outcomes = at_once(*(follow(alice, person) for person in people))

        assert [type(each) for each in outcomes].count(FollowsTooMany) == 4
        assert counts_of(alice) == (0, 2)

    def test_nobody_follows_a_member_who_is_being_deleted(self):
        alice, bob = UserFactory.create_batch(2)

        def delete_slowly():
            with transaction.atomic():
                User.objects.filter(pk=bob.pk).update(is_active=False)
                Follow.objects.filter(followed=bob).delete()
                bob.delete()

        outcomes = at_once(delete_slowly, follow(alice, bob))

        assert outcomes[0] is None
        assert isinstance(outcomes[1], PersonGone | None)
        assert counts_of(alice)[1] == Follow.objects.count() == 0

    def test_many_who_come_and_go_leave_the_count_exact(self):
        star, *people = UserFactory.create_batch(9)

        def come_and_go(seed, person):
            chance = random.Random(seed)

            def run():
                for _ in range(25):
                    chance.choice([follow, unfollow])(person, star)()
                    chance.choice([follow, unfollow])(star, person)()

            return run

        outcomes = at_once(*(come_and_go(*each) for each in enumerate(people)))

        assert outcomes == [None] * 8
        assert counts_of(star) == (star.followers.count(), star.following.count())
        for person in people:
            assert counts_of(person)[0] == person.followers.count()
