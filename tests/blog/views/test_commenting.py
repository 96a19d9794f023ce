import pytest
from django.utils import timezone

from blog import services
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory

HTMX = {"HX-Request": "true"}


def page_of(client, address):
    return client.get(address).content.decode()


def take_permission_to_comment(user):
    """Restrict the member, as a moderator may."""
    user.groups.clear()


@pytest.mark.django_db
class TestCommenting:
    @pytest.fixture
    def post(self, alice):
        return PostFactory(author=alice)

    @pytest.fixture
    def address(self, post):
        return post.get_absolute_url()

    def test_publishes_and_goes_to_the_comment_on_the_last_page(
        self, as_bob, bob, post, address
    ):
        CommentFactory.create_batch(30, post=post)

        response = as_bob.post(address, {"body": "Well *said*"})

        comment = Comment.objects.latest("id")
        assert (comment.author, comment.post) == (bob, post)
        assert response.url == f"{address}?page=-1#comment-{comment.pk}"
        page = as_bob.get(response.url)
        assert list(page.context["comments"]) == [comment]
        assert "Your comment is published." in page.content.decode()
        assert "31 comments" in page.content.decode()

    def test_offers_the_form_to_members_alone(self, client, as_bob, bob, address):
        form = 'id="comment-composer"'

        assert form in page_of(as_bob, address)
        assert form not in page_of(client, address)
        assert f"/auth/login/?next={address}" in page_of(client, address)
        take_permission_to_comment(bob)
        assert form not in page_of(as_bob, address)

    @pytest.mark.parametrize(
        "body", ["", " \n", "\u200b", "x" * 5001, "a\0b", "\ufffd"]
    )
    def test_gives_back_what_was_typed_badly(self, as_bob, address, body):
        response = as_bob.post(address, {"body": body})

        assert response.status_code == 422
        assert response.context["form"]["body"].value() == body
        assert response.context["form"].errors
        assert not Comment.objects.exists()

    def test_fails_where_the_form_is_in_sight(self, as_bob, address):
        response = as_bob.post(address, {"body": ""})

        action = f'action="{address}?page=-1#comment-form"'
        assert action in response.content.decode()
        assert 'id="comment-form"' in response.content.decode()

    @pytest.mark.parametrize("state", [{"is_closed": True}, {"is_hidden": True}])
    def test_says_that_it_is_closed_and_gives_the_text_back(
        self, as_alice, post, address, state
    ):
        Post.objects.filter(pk=post.pk).update(**state)

        response = as_alice.post(address, {"body": "A long & quiet thought"})

        assert response.status_code == 409
        page = response.content.decode()
        assert "This post takes no more comments." in page
        assert "A long &amp; quiet thought" in page
        assert 'id="comment-composer"' not in page
        assert not Comment.objects.exists()

    def test_says_it_to_programs_in_their_way(self, as_bob, post, address):
        Post.objects.filter(pk=post.pk).update(is_closed=True)
        headers = {"Accept": "application/json"}

        response = as_bob.post(address, {"body": "a"}, headers=headers)

        assert response.status_code == 409
        assert response.json()["detail"] == "This post takes no more comments."

    @pytest.mark.parametrize(
        "take_away",
        [
            lambda posts: posts.update(deleted_at=timezone.now()),
            lambda posts: posts.update(is_hidden=True),
            lambda posts: posts.delete(),
        ],
        ids=["deleted", "hidden", "purged"],
    )
    @pytest.mark.parametrize("is_race", [False, True])
    def test_gives_the_text_back_when_the_post_is_gone(
        self, as_bob, post, address, take_away, is_race, monkeypatch
    ):
        create = services.create_comment

        def come_too_late(**fields):
            take_away(Post.objects.filter(pk=post.pk))
            return create(**fields)

        if is_race:
            monkeypatch.setattr(services, "create_comment", come_too_late)
        else:
            take_away(Post.objects.filter(pk=post.pk))
        response = as_bob.post(address, {"body": "A long & quiet thought"})

        assert response.status_code == 404
        assert "A long &amp; quiet thought" in response.content.decode()
        assert not Comment.objects.exists()

    def test_gives_the_text_back_when_the_session_has_ended(self, client, address):
        response = client.post(address, {"body": "A long & quiet thought"})

        assert response.status_code == 403
        assert "A long &amp; quiet thought" in response.content.decode()
        assert not Comment.objects.exists()

    def test_refuses_who_may_not_and_gives_the_text_back(self, as_bob, bob, address):
        take_permission_to_comment(bob)

        response = as_bob.post(address, {"body": "A long & quiet thought"})

        assert response.status_code == 403
        assert "A long &amp; quiet thought" in response.content.decode()
        assert not Comment.objects.exists()

    def test_keeps_newcomers_out(self, as_newcomer, address):
        assert as_newcomer.post(address, {"body": "a"}).url == "/auth/unconfirmed/"

    def test_takes_no_other_fields(self, as_bob, bob, alice, address):
        forged = {"body": "a", "author": alice.pk, "is_disabled": "on", "post": "9"}

        as_bob.post(address, forged)

        comment = Comment.objects.get()
        assert (comment.author, comment.is_disabled) == (bob, False)

    def test_answers_htmx_with_the_last_page_of_the_thread_alone(
        self, as_bob, post, address
    ):
        CommentFactory.create_batch(30, post=post)

        response = as_bob.post(f"{address}?page=-1", {"body": "a"}, headers=HTMX)

        comment = Comment.objects.latest("id")
        goal = f"{address}?page=-1#comment-{comment.pk}"
        assert response["HX-Push-Url"] == goal
        assert response["HX-Reswap"] == f"outerHTML show:#comment-{comment.pk}:top"
        assert "HX-Request" in response["Vary"]
        assert list(response.context["comments"]) == [comment]
        page = response.content.decode()
        assert page.lstrip().startswith('<section id="comments"')
        assert page.count("hx-swap-oob") == 1
        assert "31 comments" in page
        assert "Your comment is published." in page
        assert not list(as_bob.get("/").context["messages"])

    @pytest.mark.parametrize(
        ("body", "is_closed", "status"), [("", False, 422), ("a", True, 409)]
    )
    def test_answers_htmx_with_the_thread_when_it_fails(
        self, as_bob, post, address, body, is_closed, status
    ):
        Post.objects.filter(pk=post.pk).update(is_closed=is_closed)

        response = as_bob.post(address, {"body": body}, headers=HTMX)

        assert response.status_code == status
        page = response.content.decode()
        assert page.lstrip().startswith('<section id="comments"')
        assert "hx-swap-oob" not in page
        assert "Your comment is published." not in page

    def test_gives_the_whole_page_when_history_is_restored(self, as_bob, address):
        headers = {**HTMX, "HX-History-Restore-Request": "true"}

        page = as_bob.get(address, headers=headers).content.decode()

        assert "<html" in page
        assert "hx-swap-oob" not in page
