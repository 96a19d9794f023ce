import pytest
from django.test import Client
from django.utils import timezone

from blog import services
from blog.models import Comment, Post
from tests.factories import CommentFactory, PostFactory
from tests.forms import filled


@pytest.fixture
def comment(alice):
    return CommentFactory(author=alice, body="One")


@pytest.mark.django_db
class TestCommentEditView:
    @pytest.fixture
    def address(self, comment):
        return f"/comment/{comment.pk}/edit/"

    @pytest.fixture
    def form(self, as_alice, address):
        return as_alice.get(address).context["form"]

    def test_saves_and_goes_to_the_comment_on_its_page(self, as_alice, alice):
        post = PostFactory()
        CommentFactory.create_batch(3, post=post, deleted_at=timezone.now())
        said = CommentFactory.create_batch(31, post=post, author=alice)
        for comment, page in ((said[29], 1), (said[30], 2)):
            address = f"/comment/{comment.pk}/edit/"
            form = as_alice.get(address).context["form"]

            response = as_alice.post(address, filled(form, body="*Two*"))

            goal = f"{post.get_absolute_url()}?page={page}#comment-{comment.pk}"
            assert response.url == goal
            shown = as_alice.get(response.url)
            assert comment in shown.context["comments"]
            assert "<em>Two</em>" in shown.content.decode()

    def test_asks_before_it_replaces_what_another_tab_saved(
        self, as_alice, comment, address, form
    ):
        as_alice.post(address, filled(form, body="First"))

        response = as_alice.post(address, filled(form, body="Second"))

        assert response.status_code == 409
        assert "First" in response.content.decode()
        assert response.context["form"]["body"].value() == "Second"
        as_alice.post(address, filled(response.context["form"]))
        assert Comment.objects.get().body == "Second"

    @pytest.mark.parametrize("body", ["", "x" * 5001, "a\0b"])
    def test_gives_back_what_was_typed_badly(self, as_alice, address, form, body):
        response = as_alice.post(address, filled(form, body=body))

        assert response.status_code == 422
        assert response.context["form"]["body"].value() == body

    @pytest.mark.parametrize("model", [Comment, Post])
    def test_gives_the_text_back_when_it_is_gone(self, as_alice, address, form, model):
        model.objects.update(deleted_at=timezone.now())

        response = as_alice.post(address, filled(form, body="A long & quiet thought"))

        assert response.status_code == 404
        assert "A long &amp; quiet thought" in response.content.decode()

    def test_gives_the_text_back_when_the_session_has_ended(self, address, form):
        response = Client().post(address, filled(form, body="A long & quiet thought"))

        assert response.status_code == 403
        assert "A long &amp; quiet thought" in response.content.decode()

    def test_is_for_the_author_and_administrators(
        self, as_bob, as_moderator, as_administrator, address, form
    ):
        for other in (as_bob, as_moderator):
            assert other.get(address).status_code == 403
            assert other.post(address, filled(form, body="Two")).status_code == 403
        assert Comment.objects.get().body == "One"

        as_administrator.post(address, filled(form, body="Two"))

        assert Comment.objects.get().body == "Two"

    def test_lets_the_author_change_a_disabled_comment_that_stays_disabled(
        self, as_alice, comment, address, form
    ):
        Comment.objects.update(is_disabled=True)

        as_alice.post(address, filled(form, body="Two"))

        comment.refresh_from_db()
        assert (comment.body, comment.is_disabled) == ("Two", True)


@pytest.mark.django_db
class TestDeleteComment:
    @pytest.fixture
    def address(self, comment):
        return f"/comment/{comment.pk}/delete/"

    def test_asks_and_changes_nothing(self, as_alice, address):
        page = as_alice.get(address).content.decode()

        assert "Delete this comment?" in page
        assert not Comment.objects.get().is_deleted

    def test_takes_it_out_of_the_thread_and_stays_on_its_page(self, as_alice, alice):
        post = PostFactory()
        said = CommentFactory.create_batch(32, post=post, author=alice, body="Well")

        response = as_alice.post(f"/comment/{said[31].pk}/delete/")

        assert response.url == f"{post.get_absolute_url()}?page=2#comments"
        page = as_alice.get(response.url)
        assert list(page.context["comments"]) == [said[30]]
        assert "31 comments" in page.content.decode()
        assert "The comment is deleted." in page.content.decode()

    def test_leads_to_the_last_page_that_is_left(self, as_alice, alice):
        post = PostFactory()
        said = CommentFactory.create_batch(31, post=post, author=alice)

        response = as_alice.post(f"/comment/{said[30].pk}/delete/")

        assert response.url == f"{post.get_absolute_url()}?page=1#comments"

    @pytest.mark.parametrize(
        "away", [{"is_hidden": True}, {"deleted_at": timezone.now()}]
    )
    def test_leads_home_from_beneath_a_post_that_is_away(self, as_alice, away, address):
        Post.objects.update(**away)

        response = as_alice.post(address)

        assert response.url == "/"
        assert Comment.objects.get().is_deleted

    def test_does_nothing_when_it_is_sent_twice(self, as_alice, address):
        as_alice.post(address)
        deleted_at = Comment.objects.get().deleted_at

        for response in (as_alice.post(address), as_alice.get(address)):
            assert response.status_code == 302

        assert Comment.objects.get().deleted_at == deleted_at

    def test_is_for_the_author_and_administrators(
        self, client, as_bob, as_moderator, as_administrator, address
    ):
        assert client.post(address).url.startswith("/auth/login/")
        for other in (as_bob, as_moderator):
            assert other.get(address).status_code == 403
            assert other.post(address).status_code == 403
        assert not Comment.objects.get().is_deleted

        as_administrator.post(address)

        assert Comment.objects.get().is_deleted

    def test_is_404_for_others_once_it_is_deleted(self, as_bob, comment, address):
        services.delete_comment(comment=comment)

        assert as_bob.post(address).status_code == 404

    def test_takes_no_other_methods(self, as_alice, address):
        assert as_alice.delete(address).status_code == 405
