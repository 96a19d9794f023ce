from collections import Counter
from random import Random

import pytest

from social.fake.plan import DAYS, Size, make_plan

SIZE = Size(members=100, posts=1000, comments=5000, follows=2000)


@pytest.fixture(scope="module")
def plan():
    return make_plan(SIZE, Random(1))


def plan_of(members=0, posts=0, comments=0, follows=0):
    return make_plan(Size(members, posts, comments, follows), Random(1))


class TestSize:
    @pytest.mark.parametrize(
        ("numbers", "sentence"),
        [
            ((-1, 0, 0, 0), "There cannot be -1 members."),
            ((1, 1, -2, 0), "There cannot be -2 comments."),
            ((0, 1, 0, 0), "Posts need members"),
            ((1, 0, 1, 0), "Comments need posts"),
            ((0, 0, 0, 1), "Among 0 members there can be 0 follows at most, and not 1"),
            ((3, 0, 0, 7), "Among 3 members there can be 6 follows at most, and not 7"),
        ],
    )
    def test_refuses_what_cannot_be(self, numbers, sentence):
        with pytest.raises(ValueError, match=sentence):
            Size(*numbers)


class TestMakePlan:
    def test_plans_as_many_as_were_asked_for(self, plan):
        assert len(plan.joined) == len(plan.last_seen) == 100
        assert len(plan.posted) == len(plan.post_authors) == 1000
        assert len(plan.commented) == len(plan.comment_posts) == 5000
        assert len(plan.follows) == 2000

    @pytest.mark.parametrize("kind", ["joined", "posted", "commented", "follows"])
    def test_puts_the_oldest_first(self, plan, kind):
        days = list(getattr(plan, kind))

        assert days == sorted(days)

    def test_spreads_over_two_years_and_grows(self, plan):
        first_year = sum(day < DAYS / 2 for day in plan.posted)

        assert plan.joined[0] == 0
        assert DAYS - 7 < plan.posted[-1] <= DAYS
        assert 200 < first_year < 400

    def test_lets_nobody_act_before_joining_or_after_leaving(self, plan):
        acts = [
            *zip(plan.posted, plan.post_authors, strict=True),
            *zip(plan.commented, plan.comment_authors, strict=True),
            *((day, follower) for day, follower, _ in plan.follows),
        ]

        assert all(
            plan.joined[member] <= day <= plan.last_seen[member] <= DAYS
            for day, member in acts
        )

    def test_lets_nobody_be_followed_before_joining(self, plan):
        assert all(plan.joined[followed] <= day for day, _, followed in plan.follows)

    def test_puts_comments_after_their_posts(self, plan):
        assert all(
            plan.posted[post] < day
            for day, post in zip(plan.commented, plan.comment_posts, strict=True)
        )

    def test_has_threads_of_several_pages_and_of_nothing(self, plan):
        lengths = Counter(plan.comment_posts)

        assert lengths.most_common(1)[0][1] > 30
        assert len(lengths) < 1000

    def test_follows_nobody_twice_and_nobody_themselves(self, plan):
        pairs = {(follower, followed) for _, follower, followed in plan.follows}

        assert len(pairs) == 2000
        assert all(follower != followed for follower, followed in pairs)

    def test_makes_a_few_popular(self, plan):
        followers = Counter(followed for *_, followed in plan.follows)
        ten_most_popular = sum(number for _, number in followers.most_common(10))

        assert ten_most_popular > 2000 / 4
        assert sorted(followers.values())[len(followers) // 2] < 20

    def test_is_the_same_for_the_same_seed_alone(self, plan):
        assert make_plan(SIZE, Random(1)) == plan
        assert make_plan(SIZE, Random(2)) != plan

    def test_can_let_everybody_follow_everybody(self):
        plan = plan_of(members=20, follows=380)

        assert len({tuple(follow[1:]) for follow in plan.follows}) == 380

    @pytest.mark.parametrize(
        "numbers", [(), (1,), (1, 1), (1, 1, 1), (2, 0, 0, 1), (2, 0, 0, 2), (1, 2, 40)]
    )
    def test_manages_with_few(self, numbers):
        plan = plan_of(*numbers)

        counts = [plan.joined, plan.posted, plan.commented, plan.follows]
        assert [len(kind) for kind in counts] == [*numbers, 0, 0, 0, 0][:4]
        assert all(
            plan.posted[post] < day <= DAYS
            for day, post in zip(plan.commented, plan.comment_posts, strict=True)
        )
