import pytest
from django.http import QueryDict

from blog.models import Post
from blog.querysets import BLOCK_SIZE
from social.querysets import page_of_all_posts
from tests.factories import PostFactory, UserFactory


@pytest.mark.django_db
class TestPageOfAllPosts:
    @pytest.fixture
    def everything(self):
        """Three hundred posts in three blocks of ids, some hidden, newest first."""
        author = UserFactory()
        starts = (BLOCK_SIZE - 40, BLOCK_SIZE * 2 - 100, BLOCK_SIZE * 4 - 50)
        Post.objects.bulk_create(
            Post(id=start + n, author=author, body="a", is_hidden=n % 7 == 0)
            for start in starts
            for n in range(100)
        )
        return list(Post.objects.public().order_by("-id"))

    def test_finds_every_post_once(self, everything):
        found = []
        number = 1
        while True:
            query = QueryDict(f"page={number}")
            posts, page = page_of_all_posts(query, 20)
            found += posts
            if number == page.num_pages:
                break
            number += 1

        assert found == everything

    @pytest.mark.parametrize("number", ["1", "9", "11", "-1"])
    def test_costs_two_queries_on_any_page(
        self, everything, number, django_assert_num_queries
    ):
        with django_assert_num_queries(2):
            posts, _page = page_of_all_posts(QueryDict(f"page={number}"), 20)
            assert posts[0].author.username

    def test_is_one_empty_page_when_there_is_nothing(self):
        posts, page = page_of_all_posts(QueryDict("page=3"), 20)

        assert posts == []
        assert page.number == 1

    def test_leaves_hidden_posts_out(self):
        PostFactory(is_hidden=True)
        shown = PostFactory()

        posts, page = page_of_all_posts(QueryDict(), 20)

        assert posts == [shown]
        assert page.total == 1
