from datetime import timedelta

import pytest
from django.utils import timezone

from blog.bounds import first_id_since
from blog.models import Post
from tests.factories import PostFactory

NOW = timezone.now().replace(microsecond=0)


@pytest.mark.django_db
class TestFirstIdSince:
    @pytest.fixture(autouse=True)
    def _posts(self):
        """Posts a minute apart, with gaps between their ids."""
        for number in range(1, 24):
            PostFactory(id=number * number, created_at=NOW + timedelta(minutes=number))

    def found(self, moment):
        rows = Post.objects.filter(id__gte=first_id_since(Post, moment))
        return [*rows.order_by("id").values_list("id", flat=True)]

    @pytest.mark.parametrize("number", range(25))
    def test_finds_the_same_as_looking_at_every_row(self, number):
        for moment in (
            NOW + timedelta(minutes=number),
            NOW + timedelta(minutes=number, seconds=1),
        ):
            rows = Post.objects.filter(created_at__gte=moment).order_by("id")

            assert self.found(moment) == [*rows.values_list("id", flat=True)]

    def test_finds_nothing_where_there_is_nothing(self):
        Post.objects.all().delete()

        assert self.found(NOW) == []
