import pytest
from django.urls import reverse

from accounts import services as accounts
from accounts.models import User
from social.models import Follow
from tests.factories import FollowFactory, UserFactory

HTMX = {"HX-Request": "true"}
ACTIONS = ["follow", "unfollow"]


def act(client, action, username, headers=None, **fields):
    address = reverse(f"social:{action}", args=[username])
    return client.post(address, fields, headers=headers)


def sentences(response):
    return [str(message) for message in response.wsgi_request._messages]


@pytest.mark.django_db
class TestFollow:
    def test_follows_and_leads_to_the_member(self, as_alice, alice, bob):
        response = act(as_alice, "follow", "bob")

        assert response.url == f"/user/bob/#follow-{bob.pk}"
        assert Follow.objects.between(alice, bob).exists()
        assert sentences(response) == ["You follow \u2068bob\u2069 now."]

    def test_leads_back_to_where_it_was_pressed(self, as_alice, bob):
        came_from = "http://testserver/followers/marta/?page=2#messages"

        response = act(as_alice, "follow", "bob", {"Referer": came_from})

        assert response.url == (
            f"http://testserver/followers/marta/?page=2#follow-{bob.pk}"
        )

    def test_leads_nowhere_else(self, as_alice, bob):
        response = act(as_alice, "follow", "bob", {"Referer": "https://evil.example/"})

        assert response.url == f"/user/bob/#follow-{bob.pk}"

    def test_twice_is_once(self, as_alice, bob):
        act(as_alice, "follow", "bob")

        assert act(as_alice, "follow", "bob").status_code == 302
        assert Follow.objects.count() == 1

    def test_gives_htmx_the_other_button_alone(self, as_alice, bob):
        response = act(as_alice, "follow", "bob", HTMX)

        page = response.content.decode()
        assert page.strip().startswith(f'<form id="follow-{bob.pk}"')
        assert page.count('="/unfollow/bob/"') == 2
        assert "hx-swap-oob" not in page

    def test_gives_htmx_the_new_count_where_it_is_shown(self, as_alice, bob):
        FollowFactory(followed=bob)

        page = act(as_alice, "follow", "bob", HTMX, counted="yes").content.decode()

        assert (
            page.count('hx-swap-oob="true"') == page.count('id="follower-count"') == 1
        )
        assert '2<span class="visually-hidden"> followers</span>' in page

    def test_of_oneself_is_refused_with_a_sentence(self, as_alice):
        response = act(as_alice, "follow", "alice")

        assert response.url == "/"
        assert "Your own posts" in sentences(response)[0]
        assert not Follow.objects.exists()

    def test_of_oneself_is_a_conflict_for_programs(self, as_alice):
        response = act(as_alice, "follow", "alice", {"Accept": "application/json"})

        assert response.status_code == 409
        assert "Your own posts" in response.json()["detail"]

    def test_past_the_limit_is_refused_on_the_page_of_the_button(
        self, as_alice, bob, settings
    ):
        settings.FOLLOWS_AT_MOST = 0

        response = act(as_alice, "follow", "bob", HTMX)

        assert response["HX-Refresh"] == "true"
        assert "as many people as one can" in sentences(response)[0]
        assert not Follow.objects.exists()


@pytest.mark.django_db
class TestUnfollow:
    def test_ends_it_and_leads_to_the_member(self, as_alice, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        response = act(as_alice, "unfollow", "bob")

        assert response.url == f"/user/bob/#follow-{bob.pk}"
        assert not Follow.objects.exists()
        assert sentences(response) == ["You do not follow \u2068bob\u2069 any more."]

    def test_twice_is_once(self, as_alice, alice, bob):
        FollowFactory(follower=bob, followed=alice)

        assert act(as_alice, "unfollow", "bob").status_code == 302
        assert Follow.objects.get().follower == bob

    def test_gives_htmx_the_other_button_and_the_new_count(self, as_alice, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        page = act(as_alice, "unfollow", "bob", HTMX, counted="yes").content.decode()

        assert page.count('="/follow/bob/"') == 2
        assert '0<span class="visually-hidden"> followers</span>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("action", ACTIONS)
class TestBoth:
    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
    def test_take_a_post_alone(self, as_alice, bob, action, method):
        address = reverse(f"social:{action}", args=["bob"])

        assert getattr(as_alice, method)(address).status_code == 405
        assert not Follow.objects.exists()

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_tell_strangers_that_they_are_not_logged_in(
        self, client, bob, action, headers
    ):
        response = act(client, action, "bob", headers)

        assert response.status_code == 403
        assert "You are not logged in" in response.content.decode()

    def test_refuse_members_whose_role_may_not(self, as_alice, alice, bob, action):
        alice.groups.clear()

        assert act(as_alice, action, "bob").status_code == 403
        assert not Follow.objects.exists()

    def test_send_who_has_not_confirmed_to_do_so(self, as_newcomer, bob, action):
        assert act(as_newcomer, action, "bob").url == "/auth/unconfirmed/"
        by_htmx = act(as_newcomer, action, "bob", HTMX)
        assert (by_htmx.status_code, by_htmx["HX-Redirect"]) == (
            204,
            "/auth/unconfirmed/",
        )
        assert not Follow.objects.exists()

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_are_404_for_who_is_not_there(self, as_alice, newcomer, action, headers):
        UserFactory(username="gone", is_active=False)

        for username in ("nobody", "newcomer", "gone"):
            assert act(as_alice, action, username, headers).status_code == 404

    def test_find_a_member_in_any_case(self, as_alice, bob, action):
        assert act(as_alice, action, "BOB").url == f"/user/bob/#follow-{bob.pk}"

    def test_find_who_was_renamed_before_the_button_was_pressed(
        self, as_alice, bob, action
    ):
        accounts.rename_user(user=bob, username="robert")

        response = act(as_alice, action, "bob")

        assert response.url == f"/user/robert/#follow-{bob.pk}"

    def test_need_the_token_of_a_form(self, as_alice, bob, action):
        as_alice.handler.enforce_csrf_checks = True

        assert act(as_alice, action, "bob").status_code == 403
        assert not Follow.objects.exists()


@pytest.mark.django_db
class TestCost:
    @pytest.mark.parametrize("followers", [0, 20])
    def test_of_following_is_that_of_following_anybody(
        self, as_alice, bob, followers, django_assert_num_queries
    ):
        FollowFactory.create_batch(followers, followed=bob)
        User.objects.filter(pk=bob.pk).update(post_count=100_000)

        # Session, member, role; who it is; two for the transaction, and its three.
        with django_assert_num_queries(7):
            act(as_alice, "follow", "bob", HTMX)
