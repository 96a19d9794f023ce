import pytest
from django.contrib.messages import get_messages

from accounts.models import User
from blog.models import Post
from tests.clients import messages_of
from tests.factories import CommentFactory, FollowFactory, PostFactory
from tests.factories.accounts import PASSWORD


def address_of(member):
    return f"/edit-profile/{member.pk}/delete/"


def is_there(member):
    return User.objects.filter(pk=member.pk, is_active=True).exists()


@pytest.fixture
def as_sure_administrator(as_administrator):
    """They have typed their password a moment ago."""
    as_administrator.post("/auth/reauthenticate/", {"password": PASSWORD})
    return as_administrator


@pytest.mark.django_db
class TestMemberDeleteView:
    def test_says_what_will_go_and_changes_nothing(self, as_administrator, alice):
        PostFactory.create_batch(11, author=alice)
        CommentFactory.create_batch(12, author=alice)
        FollowFactory.create_batch(13, followed=alice)
        FollowFactory.create_batch(14, follower=alice)

        page = as_administrator.get(address_of(alice)).content.decode()

        assert "Delete @alice?" in page
        facts = page[page.index("<dl") : page.index("</dl>")]
        assert [int(word) for word in facts.split() if word.isdecimal()] == [
            11,
            12,
            13,
            14,
        ]
        assert is_there(alice)

    def test_deletes_the_member_and_says_so(self, as_sure_administrator, alice):
        PostFactory(author=alice)

        response = as_sure_administrator.post(address_of(alice))

        assert response.url == "/people/"
        assert "alice\u2069 is gone" in messages_of(as_sure_administrator)
        assert not User.objects.filter(pk=alice.pk).exists()
        assert not Post.objects.exists()

    def test_asks_for_the_password_and_goes_on_from_there(
        self, as_administrator, alice
    ):
        response = as_administrator.post(address_of(alice))

        assert response.url.startswith("/auth/reauthenticate/")
        assert is_there(alice)
        as_administrator.post(response.url, {"password": PASSWORD}, follow=True)
        assert not is_there(alice)

    @pytest.mark.parametrize("visitor", ["client", "as_bob", "as_moderator"])
    def test_refuses_everybody_else(self, visitor, alice, request):
        client = request.getfixturevalue(visitor)

        response = client.post(address_of(alice))

        assert response.status_code == (302 if visitor == "client" else 403)
        assert is_there(alice)

    def test_asks_nobody_about_themselves(self, as_sure_administrator, administrator):
        address = address_of(administrator)

        page = as_sure_administrator.get(address).content.decode()
        response = as_sure_administrator.post(address)

        assert "Ask another administrator" in page
        assert "Delete the member" not in page
        assert "This is you" in str(*get_messages(response.wsgi_request))
        assert is_there(administrator)

    def test_answers_404_for_nobody(self, as_sure_administrator, alice):
        as_sure_administrator.post(address_of(alice))

        assert as_sure_administrator.get(address_of(alice)).status_code == 404
        assert as_sure_administrator.post(address_of(alice)).status_code == 404

    def test_is_reached_from_the_editor_of_others_alone(
        self, as_administrator, administrator, alice
    ):
        for member, is_linked in ((alice, True), (administrator, False)):
            page = as_administrator.get(f"/edit-profile/{member.pk}/")
            assert (address_of(member) in page.content.decode()) == is_linked

    def test_costs_as_many_queries_as_any_page(
        self, as_administrator, alice, django_assert_num_queries
    ):
        with django_assert_num_queries(2):  # session with its reader; member
            as_administrator.get(address_of(alice))
