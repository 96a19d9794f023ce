import pytest
from django.test import Client

from accounts.models import User
from blog import services
from blog.models import Post
from tests.clients import messages_of
from tests.factories import PostFactory
from tests.forms import filled

SCRIPT = "<script>alert(1)</script>"


def page_of(client, address):
    return client.get(address).content.decode()


@pytest.mark.django_db
class TestPostEditView:
    @pytest.fixture
    def post(self, alice):
        return PostFactory(author=alice, body="One")

    @pytest.fixture
    def address(self, post):
        return f"/edit/{post.pk}/"

    @pytest.fixture
    def form(self, as_alice, address):
        return as_alice.get(address).context["form"]

    def text_of(self, post):
        return Post.objects.get(pk=post.pk).body

    def test_saves_and_goes_to_the_post(self, as_alice, post, address, form):
        response = as_alice.post(address, filled(form, body="Two\r\nlines"))

        assert response.url == post.get_absolute_url()
        assert self.text_of(post) == "Two\nlines"
        assert "The post is saved." in messages_of(as_alice)

    def test_leaves_it_unedited_when_nothing_changed(
        self, as_alice, post, address, form
    ):
        as_alice.post(address, filled(form))

        assert Post.objects.get().edited_at is None

    def test_does_nothing_when_it_is_sent_twice(self, as_alice, post, address, form):
        for _ in range(2):
            response = as_alice.post(address, filled(form, body="Two"))
            assert response.status_code == 302

        assert self.text_of(post) == "Two"

    def test_asks_before_it_replaces_what_another_tab_saved(
        self, as_alice, post, address, form
    ):
        as_alice.post(address, filled(form, body=f"First {SCRIPT}"))

        response = as_alice.post(address, filled(form, body="Second"))

        assert response.status_code == 409
        assert self.text_of(post) == f"First {SCRIPT}"
        page = response.content.decode()
        assert "First &lt;script&gt;" in page
        assert "Somebody else was quicker" in page
        assert response.context["form"]["body"].value() == "Second"
        again = filled(response.context["form"])
        assert as_alice.post(address, again).status_code == 302
        assert self.text_of(post) == "Second"

    def test_asks_once_only_about_a_text_with_odd_ends(
        self, as_alice, post, address, form
    ):
        Post.objects.filter(pk=post.pk).update(body=" \n\n    code\r\n\n")
        refused = as_alice.post(address, filled(form, body="Mine"))

        again = as_alice.post(address, filled(refused.context["form"]))

        assert (refused.status_code, again.status_code) == (409, 302)
        assert self.text_of(post) == "Mine"

    def test_tells_who_changed_nothing_that_another_text_stays(
        self, as_alice, post, address, form
    ):
        as_alice.post(address, filled(form, body="First"))

        as_alice.post(address, filled(form))

        assert self.text_of(post) == "First"
        assert "Somebody changed this meanwhile, and it stays" in messages_of(as_alice)

    @pytest.mark.parametrize("body", ["", "\u200b", "x" * 20_001, "a\0b", "\ufffd"])
    def test_gives_back_what_was_typed_badly(self, as_alice, post, address, form, body):
        response = as_alice.post(address, filled(form, body=body))

        assert response.status_code == 422
        assert response.context["form"]["body"].value() == body
        assert self.text_of(post) == "One"

    @pytest.mark.parametrize("seen", ["\0", "x" * 30_000, ""])
    def test_survives_a_forged_account_of_what_was_seen(
        self, as_alice, address, form, seen
    ):
        forged = filled(form, body="Two") | {"initial-body": seen}

        assert as_alice.post(address, forged).status_code in {302, 409}

    def test_gives_the_text_back_when_the_post_is_gone(
        self, as_alice, post, address, form
    ):
        services.delete_post(post=post)

        response = as_alice.post(address, filled(form, body="A long & quiet story"))

        assert response.status_code == 404
        assert "A long &amp; quiet story" in response.content.decode()

    def test_says_that_the_post_went_while_it_was_saved(
        self, as_alice, post, address, form, monkeypatch
    ):
        edit = services.edit_post

        def come_too_late(**fields):
            services.delete_post(post=post)
            return edit(**fields)

        monkeypatch.setattr(services, "edit_post", come_too_late)
        response = as_alice.post(address, filled(form, body="A long & quiet story"))

        assert response.status_code == 409
        assert "somebody deleted it a moment ago" in response.content.decode()
        assert "A long &amp; quiet story" in response.content.decode()

    def test_gives_the_text_back_when_the_session_has_ended(self, address, form):
        response = Client().post(address, filled(form, body="A long & quiet story"))

        assert response.status_code == 403
        assert "A long &amp; quiet story" in response.content.decode()

    def test_is_for_the_author_and_administrators(
        self, as_bob, as_moderator, as_administrator, post, address, form
    ):
        for other in (as_bob, as_moderator):
            assert other.get(address).status_code == 403
            assert other.post(address, filled(form, body="Two")).status_code == 403
        assert self.text_of(post) == "One"

        assert "as an administrator" in page_of(as_administrator, address)
        as_administrator.post(address, filled(form, body="Two"))

        assert self.text_of(post) == "Two"
        assert User.objects.get(pk=post.author_id).post_count == 1

    def test_is_404_for_who_may_not_see_it(self, as_bob, post, address):
        Post.objects.filter(pk=post.pk).update(is_hidden=True)

        assert as_bob.get(address).status_code == 404

    def test_is_closed_for_a_deleted_post(self, as_alice, as_administrator, post):
        services.delete_post(post=post)

        assert as_alice.get(f"/edit/{post.pk}/").status_code == 404
        assert as_administrator.get(f"/edit/{post.pk}/").status_code == 403

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_takes_no_other_methods(self, as_alice, address, method):
        assert getattr(as_alice, method)(address).status_code == 405


@pytest.mark.django_db
class TestDeletePost:
    @pytest.fixture
    def post(self, alice):
        return PostFactory(author=alice, body=f"One {SCRIPT}")

    @pytest.fixture
    def address(self, post):
        return f"/post/{post.pk}/delete/"

    def test_asks_and_changes_nothing(self, as_alice, address):
        page = page_of(as_alice, address)

        assert "Delete this post?" in page
        assert "One &lt;script&gt;" in page
        assert not Post.objects.get().is_deleted

    def test_takes_it_off_every_page(self, as_alice, client, post, address):
        response = as_alice.post(address)

        assert response.url == "/"
        assert "The post is deleted." in messages_of(as_alice)
        for reader in (as_alice, client):
            assert reader.get(post.get_absolute_url()).status_code == 404
            for page in ("/", "/user/alice/"):
                assert "One" not in page_of(reader, page)

    def test_does_nothing_when_it_is_sent_twice(self, as_alice, address):
        as_alice.post(address)
        deleted_at = Post.objects.get().deleted_at

        assert as_alice.post(address).url == "/"
        assert as_alice.get(address).url == "/"

        assert Post.objects.get().deleted_at == deleted_at

    def test_is_for_the_author_and_administrators(
        self, client, as_bob, as_moderator, as_administrator, address
    ):
        assert client.post(address).url.startswith("/auth/login/")
        for other in (as_bob, as_moderator):
            assert other.get(address).status_code == 403
            assert other.post(address).status_code == 403
        assert not Post.objects.get().is_deleted

        as_administrator.post(address)

        assert Post.objects.get().is_deleted

    def test_is_404_for_a_post_that_is_not_or_cannot_be_seen(self, as_bob, post):
        Post.objects.filter(pk=post.pk).update(is_hidden=True)

        for pk in (post.pk, 999):
            assert as_bob.post(f"/post/{pk}/delete/").status_code == 404
        services.delete_post(post=post)
        assert as_bob.post(f"/post/{post.pk}/delete/").status_code == 404

    def test_takes_no_other_methods(self, as_alice, address):
        assert as_alice.delete(address).status_code == 405


@pytest.mark.django_db
class TestCloseAndOpenComments:
    @pytest.fixture
    def post(self, alice):
        return PostFactory(author=alice)

    def turn(self, client, post, verb):
        return client.post(f"/post/{post.pk}/comments/{verb}/")

    def test_turn_the_form_into_a_sentence_and_back(self, as_alice, as_bob, post):
        address = post.get_absolute_url()

        assert self.turn(as_alice, post, "close").url == address
        closed = page_of(as_bob, address)
        assert "The author has closed the comments." in closed
        assert 'id="comment-composer"' not in closed

        assert self.turn(as_alice, post, "open").url == address
        assert 'id="comment-composer"' in page_of(as_bob, address)

    def test_are_harmless_twice(self, as_alice, post):
        for _ in range(2):
            assert self.turn(as_alice, post, "close").status_code == 302

        assert Post.objects.get().is_closed

    @pytest.mark.parametrize("verb", ["close", "open"])
    def test_are_for_the_author_alone(
        self, client, as_bob, as_moderator, as_administrator, post, verb
    ):
        for other in (as_bob, as_moderator, as_administrator):
            assert self.turn(other, post, verb).status_code == 403
        assert self.turn(client, post, verb).url.startswith("/auth/login/")
        assert not Post.objects.get().is_closed

    @pytest.mark.parametrize("verb", ["close", "open"])
    def test_are_404_for_a_deleted_post(self, as_alice, post, verb):
        services.delete_post(post=post)

        assert self.turn(as_alice, post, verb).status_code == 404
