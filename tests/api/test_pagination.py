import pytest

from accounts.models import User
from blog.models import Post
from tests.factories import CommentFactory, PostFactory


def walk(client, path, query):
    """Return the ids of every row, and the number of parts."""
    ids, parts = [], 0
    response = client.get(path, query)
    while True:
        answer = response.json()
        ids += [row["id"] for row in answer["results"]]
        parts += 1
        if not answer["next"]:
            return ids, parts
        response = client.get(answer["next"])


@pytest.mark.django_db
class TestPages:
    def test_lead_to_each_other_and_keep_the_other_parameters(self, anybody, alice):
        posts = PostFactory.create_batch(5, author=alice)
        query = {"page": "2", "page_size": "2", "author": "alice"}

        answer = anybody.get("posts/", query).json()

        assert [row["id"] for row in answer["results"]] == [posts[2].pk, posts[1].pk]
        address = "http://testserver/api/v1/posts/?page={}&page_size=2&author=alice"
        assert answer["next"] == address.format(3)
        assert answer["previous"] == address.format(1)

    def test_are_empty_past_the_end_and_lead_back(self, anybody):
        PostFactory.create_batch(3)

        answer = anybody.get("posts/", {"page": "9" * 30, "page_size": "2"}).json()

        assert answer["results"] == []
        assert answer["next"] is None
        assert "page=2" in answer["previous"]

    @pytest.mark.parametrize(
        ("path", "size"), [("posts/", 20), ("comments/", 30), ("posts/1/comments/", 30)]
    )
    def test_have_a_size_of_their_own(self, anybody, path, size):
        CommentFactory.create_batch(31, post=PostFactory(id=1))
        PostFactory.create_batch(20)

        answer = anybody.get(path).json()

        assert len(answer["results"]) == size
        assert answer["count"] in {21, 31}

    def test_count_no_further_than_is_cheap(self, anybody, monkeypatch):
        monkeypatch.setattr("api.pagination.COUNTED_AT_MOST", 2)
        CommentFactory.create_batch(3)

        answer = anybody.get("comments/", {"page_size": "1"}).json()

        assert answer["count"] is None
        assert "page=2" in answer["next"]


@pytest.mark.django_db
class TestCursor:
    @pytest.fixture(autouse=True)
    def _rows(self):
        post = PostFactory()
        CommentFactory.create_batch(5, post=post)
        PostFactory.create_batch(4)

    @pytest.mark.parametrize(("path", "model"), [("posts/", Post), ("users/", User)])
    def test_walks_everything_once(self, anybody, path, model):
        ids, parts = walk(anybody, path, {"cursor": "start", "page_size": "2"})

        everything = model.objects.order_by("-pk").values_list("pk", flat=True)
        assert ids == [*everything]
        assert parts == -(-len(ids) // 2)

    def test_walks_the_oldest_first_where_that_is_asked_for(self, anybody):
        ids, _parts = walk(
            anybody,
            "posts/",
            {"cursor": "start", "page_size": "2", "ordering": "created_at"},
        )

        assert ids == sorted(ids)
        assert len(ids) == 5

    def test_walks_a_thread_from_its_beginning(self, anybody):
        post = Post.objects.order_by("pk").first()

        ids, _parts = walk(
            anybody, f"posts/{post.pk}/comments/", {"cursor": "start", "page_size": "2"}
        )

        assert ids == sorted(ids)
        assert len(ids) == 5

    def test_is_not_moved_by_what_arrives(self, anybody):
        first = anybody.get("posts/", {"cursor": "start", "page_size": "2"}).json()
        PostFactory()

        second = anybody.get(first["next"]).json()

        ids = [row["id"] for row in first["results"] + second["results"]]
        assert ids == sorted({*ids}, reverse=True)
        assert len(ids) == 4

    def test_leads_back_the_same_way(self, anybody):
        first = anybody.get("posts/", {"cursor": "start", "page_size": "2"}).json()
        second = anybody.get(first["next"]).json()

        back = anybody.get(second["previous"]).json()

        assert back["results"] == first["results"]
        assert first["previous"] is None

    def test_costs_the_same_on_each_part(self, anybody, django_assert_num_queries):
        first = anybody.get("posts/", {"cursor": "start", "page_size": "1"}).json()

        for address in (first["next"], anybody.get(first["next"]).json()["next"]):
            with django_assert_num_queries(1):  # rows, with their count beside
                anybody.get(address)

    def test_goes_before_a_page(self, anybody):
        answer = anybody.get("posts/", {"cursor": "start", "page": "2"}).json()

        assert len(answer["results"]) == 5
