import pytest
from django.test import Client
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertTemplateNotUsed,
    assertTemplateUsed,
)

from blog.models import POST_MAX_LENGTH, Post
from tests.factories import PostFactory


def _strict_client(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


@pytest.mark.django_db
class TestHomeView:
    def test_shows_strangers_the_newest_first_and_no_composer(self, client):
        first, second = PostFactory.create_batch(2)

        response = client.get("/")

        assert list(response.context["posts"]) == [second, first]
        assert response.context["form"] is None

    def test_sets_no_cookie_for_strangers(self, client):
        PostFactory()

        assert not client.get("/").cookies

    def test_is_not_sent_again_to_a_stranger_who_has_it(self, client):
        etag = client.get("/")["ETag"]

        assert client.get("/", headers={"If-None-Match": etag}).status_code == 304

    def test_publishes_what_a_member_writes(self, as_alice, alice):
        response = as_alice.post("/", {"body": "Hello *world*"})

        assert response.url == "/"
        post = Post.objects.get()
        assert (post.author, post.body) == (alice, "Hello *world*")
        assert "Hello <em>world</em>" in as_alice.get("/").content.decode()

    def test_tells_the_browser_once_that_it_need_not_keep_the_text(self, as_alice):
        news = 'data-published="composer"'

        assert news not in as_alice.post("/", {"body": ""}).content.decode()
        assert news in as_alice.post("/", {"body": "Hi"}, follow=True).content.decode()
        assert news not in as_alice.get("/").content.decode()

    @pytest.mark.parametrize(
        "body",
        ["", "  ", "\u200b", "a\0b", "x" * (POST_MAX_LENGTH + 1)],
    )
    def test_gives_back_what_cannot_be_published(self, as_alice, body):
        response = as_alice.post("/", {"body": body})

        assert response.status_code == 422
        assert response.context["form"]["body"].value() == body
        assert not Post.objects.exists()

    def test_refuses_bytes_that_are_no_text(self, as_alice):
        response = as_alice.post(
            "/", b"body=a%FFb", content_type="application/x-www-form-urlencoded"
        )

        assert response.status_code == 422
        assert "did not arrive intact" in response.content.decode()

    def test_refuses_raw_bytes_that_are_no_text(self, as_alice):
        response = as_alice.post(
            "/", b"body=caf\xe9", content_type="application/x-www-form-urlencoded"
        )

        assert response.status_code == 400
        assert not Post.objects.exists()

    @pytest.mark.parametrize("token", [{}, {"csrfmiddlewaretoken": "x" * 64}])
    def test_keeps_the_text_that_came_with_a_missing_or_wrong_token(self, alice, token):
        client = _strict_client(alice)
        client.get("/")

        response = client.post("/", {"body": "Long & <thought>", **token})

        assert response.status_code == 403
        assert "Long &amp; &lt;thought&gt;" in response.content.decode()

    def test_says_in_json_that_a_token_is_wrong(self, alice):
        response = _strict_client(alice).post(
            "/", {"body": "x"}, headers={"Accept": "application/json"}
        )

        assert response.status_code == 403
        assert response.json()["error"] == "forbidden"

    def test_keeps_the_text_of_who_is_no_longer_logged_in(self, client):
        response = client.post("/", {"body": "Long & <thought>"})

        assert response.status_code == 403
        assert "Long &amp; &lt;thought&gt;" in response.content.decode()
        assert not Post.objects.exists()

    def test_refuses_programs_that_are_not_logged_in(self, client):
        response = client.post("/", {}, headers={"Accept": "application/json"})

        assert response.status_code == 403
        assert response.json()["error"] == "forbidden"

    def test_refuses_members_whose_role_may_not_write(self, as_alice, alice):
        alice.groups.clear()

        assert as_alice.post("/", {"body": "Hello"}).status_code == 403
        assert as_alice.get("/").context["form"] is None

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_knows_no_other_methods(self, client, method):
        assert getattr(client, method)("/").status_code == 405

    @pytest.mark.parametrize("page", ["abc", "0", "-5", "99999999999999999999", "1.5"])
    def test_tolerates_any_page(self, client, page):
        PostFactory()

        assert client.get("/", {"page": page}).status_code == 200

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_two_queries_for_strangers(
        self, client, count, django_assert_num_queries
    ):
        PostFactory.create_batch(count)

        with django_assert_num_queries(2):  # blocks, posts with their authors
            client.get("/")

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_three_queries_for_members(
        self, as_alice, count, django_assert_num_queries
    ):
        PostFactory.create_batch(count)

        with django_assert_num_queries(3):  # session with its member; blocks, posts
            as_alice.get("/")


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def posts(self):
        return PostFactory.create_batch(21)

    def test_answer_htmx_with_the_posts_and_who_wrote_them(self, as_bob, posts):
        response = as_bob.get("/?page=2", headers={"HX-Request": "true"})

        assertTemplateNotUsed(response, "base.html")
        assert response.content.decode().lstrip().startswith('<div id="home-posts">')
        assert list(response.context["posts"]) == posts[:1]
        assertContains(response, 'id="writers" hx-swap-oob="true"', count=1)
        assert "HX-Request" in response["Vary"]

    def test_are_whole_when_history_is_restored(self, as_bob):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        response = as_bob.get("/?page=2", headers=headers)

        assertTemplateUsed(response, "base.html")
        assertNotContains(response, "hx-swap-oob")

    def test_are_opened_anew_when_another_tab_was_chosen_elsewhere(self, as_bob):
        as_bob.get("/followed/")

        response = as_bob.get("/?page=2", headers={"HX-Request": "true"})

        assert response["HX-Refresh"] == "true"
