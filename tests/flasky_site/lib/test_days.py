from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post
from flasky_site.lib.days import count_between, first_ids_since
from tests.factories import PostFactory

NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


def days_ago(number):
    return NOON - timedelta(days=number)


@pytest.fixture
def posts(alice):
    """One of three days ago, two of two days ago, none of yesterday, one of today."""
    return [
        PostFactory(author=alice, created_at=days_ago(number))
        for number in [3, 2, 2, 0]
    ]


@pytest.mark.django_db
class TestFirstIdsSince:
    def test_finds_the_first_row_that_is_no_older(self, posts):
        moments = [days_ago(9), days_ago(2), days_ago(1), NOON]

        found = first_ids_since(Post, "created_at", moments)

        assert [
            Post.objects.filter(pk__gte=first).order_by("pk").first() for first in found
        ] == [posts[0], posts[1], posts[3], posts[3]]

    def test_gives_an_id_that_no_row_has_for_what_is_to_come(self, posts):
        (found,) = first_ids_since(
            Post, "created_at", [timezone.now() + timedelta(days=1)]
        )

        assert found > posts[-1].pk

    def test_gives_one_where_there_are_no_rows(self, db):
        assert first_ids_since(Post, "created_at", [NOON])

    def test_jumps_over_ids_that_are_missing(self, alice, posts):
        far = PostFactory(id=5_000_000, author=alice, created_at=NOON)
        posts[1].delete()

        found = first_ids_since(
            Post, "created_at", [days_ago(2), NOON + timedelta(seconds=1)]
        )

        assert Post.objects.filter(pk__gte=found[0]).order_by("pk").first() == posts[2]
        assert found[1] > far.pk


@pytest.mark.django_db
class TestCountBetween:
    def test_counts_each_day_in_one_query(self, posts, django_assert_num_queries):
        starts = [days_ago(number) for number in [4, 3, 2, 1, 0, -1]]

        with django_assert_num_queries(1):
            assert count_between(Post, "created_at", starts) == [0, 1, 2, 0, 1]
