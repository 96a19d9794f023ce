import re

import pytest
from pytest_django.asserts import (
    assertContains,
    assertTemplateNotUsed,
    assertTemplateUsed,
)

from accounts import services
from tests.factories import CommentFactory, FollowFactory, PostFactory, UserFactory


@pytest.mark.django_db
class TestProfile:
    def test_shows_a_member_and_their_posts(self, client, alice):
        post = PostFactory(author=alice)
        PostFactory()

        response = client.get("/user/alice/")

        assert response.context["person"] == alice
        assert list(response.context["posts"]) == [post]

    def test_has_one_address_in_any_case(self, client, alice):
        response = client.get("/user/ALICE/")

        assert (response.status_code, response.url) == (301, "/user/alice/")

    def test_is_found_for_now_by_a_former_name(self, client, alice):
        services.rename_user(user=alice, username="alicia")

        response = client.get("/user/Alice/?page=2")

        assert (response.status_code, response.url) == (302, "/user/alicia/?page=2")

    def test_is_not_found_by_a_former_name_when_it_is_not_visible(
        self, client, newcomer
    ):
        services.rename_user(user=newcomer, username="nora")

        assert client.get("/user/newcomer/").status_code == 404

    @pytest.mark.parametrize("username", ["nobody", "al%25", "a%00b", "é"])
    def test_is_404_for_nobody(self, client, alice, username):
        assert client.get(f"/user/{username}/").status_code == 404

    def test_is_404_for_who_has_not_confirmed_or_is_gone(self, client, newcomer):
        UserFactory(username="gone", is_active=False)

        assert client.get("/user/newcomer/").status_code == 404
        assert client.get("/user/gone/").status_code == 404

    def test_shows_no_address(self, client, as_bob, alice):
        for reader in (client, as_bob):
            assert alice.email not in reader.get("/user/alice/").content.decode()

    def test_leaves_hidden_posts_out_of_list_and_count(self, client, alice):
        PostFactory(author=alice, is_hidden=True, body="MARK")

        response = client.get("/user/alice/")

        assert "MARK" not in response.content.decode()
        assert response.context["page"].total == 0

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_members_four_queries(
        self, as_bob, alice, count, django_assert_num_queries
    ):
        PostFactory.create_batch(count, author=alice)

        with django_assert_num_queries(4):  # session with its reader; and all ties
            as_bob.get("/user/alice/")

    @pytest.mark.parametrize("count", [1, 20])
    def test_costs_two_queries(self, client, alice, count, django_assert_num_queries):
        PostFactory.create_batch(count, author=alice)

        with django_assert_num_queries(2):  # the member, their posts
            client.get("/user/alice/")

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\u202e\u05d0\u05d1\u202c", "\u05d0\u05d1"),
            ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ],
    )
    def test_shows_a_name_as_text_that_keeps_its_direction_inside(
        self, client, name, shown
    ):
        PostFactory(author=UserFactory(username="alice", name=name))

        page = client.get("/user/alice/").content.decode()

        assert f"<h1><bdi>{shown}</bdi></h1>" in page
        assert f"\u2068{shown}\u2069" in page.partition("</title>")[0]
        isolated = f"<bdi>{shown}</bdi>", f"\u2068{shown}\u2069"
        assert page.count(shown) == sum(page.count(name) for name in isolated)

    def test_offers_oneself_and_administrators_to_edit_it(
        self, client, as_alice, as_bob, as_administrator, alice
    ):
        own, anybodys = "/edit-profile/", f"/edit-profile/{alice.pk}/"

        def offered(reader):
            page = reader.get("/user/alice/").content.decode().partition("<main")[2]
            return [link for link in (own, anybodys) if f'href="{link}"' in page]

        assert [offered(reader) for reader in (client, as_bob)] == [[], []]
        assert offered(as_alice) == [own]
        assert offered(as_administrator) == [anybodys]

    def test_shows_the_address_to_administrators(self, as_administrator, alice):
        assert alice.email in as_administrator.get("/user/alice/").content.decode()

    def test_shows_four_counts_that_lead_to_the_lists(
        self, client, alice, bob, moderator
    ):
        CommentFactory(author=alice, post=PostFactory(author=alice))
        FollowFactory(follower=bob, followed=alice)
        FollowFactory(follower=moderator, followed=alice)
        FollowFactory(follower=alice, followed=bob)

        page = " ".join(client.get("/user/alice/").content.decode().split())

        counts = page.partition('<dl id="profile-facts"')[2].partition("</dl>")[0]
        assert re.findall(
            r"<dd>\D*(\d+)", re.sub(r'(href|id)="[^"]*"', "", counts)
        ) == [*"1121"]
        assert 'href="/followers/alice/"' in counts
        assert 'href="/following/alice/"' in counts

    def test_links_the_location_to_a_search_on_a_map(self, client):
        UserFactory(username="alice", location="Bath & Wells/#1")

        page = client.get("/user/alice/").content.decode()

        assert (
            'href="https://www.openstreetmap.org/search?query=Bath+%26+Wells%2F%231" '
            'rel="nofollow noopener"'
        ) in page

    def test_offers_others_to_follow_and_to_unfollow(
        self, client, as_alice, as_bob, as_moderator, alice, bob
    ):
        FollowFactory(follower=bob, followed=alice)

        def offered(reader):
            page = reader.get("/user/alice/").content.decode()
            return re.findall(r'action="(/(?:un)?follow/alice/)"', page)

        assert offered(client) == offered(as_alice) == []
        assert offered(as_bob) == ["/unfollow/alice/"]
        assert offered(as_moderator) == ["/follow/alice/"]

    def test_offers_strangers_to_log_in_and_brings_them_back(self, client, alice):
        page = client.get("/user/alice/").content.decode()

        assert 'href="/auth/login/?next=/user/alice/"' in page

    def test_tells_who_follows_the_reader(self, as_alice, as_bob, alice, bob):
        FollowFactory(follower=alice, followed=bob)

        assert "Follows you" in as_bob.get("/user/alice/").content.decode()
        assert "Follows you" not in as_alice.get("/user/bob/").content.decode()


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def posts(self, alice):
        PostFactory.create_batch(21, author=alice)

    def test_are_links_that_htmx_turns_in_place(self, client):
        response = client.get("/user/alice/")

        assertContains(response, '<a href="?page=2" rel="next">')
        assertContains(response, 'hx-boost="true" hx-target="#profile-posts"')

    def test_answer_htmx_with_the_list_alone(self, client):
        response = client.get("/user/alice/?page=2", headers={"HX-Request": "true"})

        assertTemplateNotUsed(response, "base.html")
        assert response.content.decode().lstrip().startswith('<div id="profile-posts">')
        assert len(response.context["posts"]) == 1

    def test_restore_history_with_the_whole_page(self, client):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        response = client.get("/user/alice/?page=2", headers=headers)

        assertTemplateUsed(response, "base.html")

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_are_kept_apart_by_caches_and_sent_once(self, client, headers):
        first = client.get("/user/alice/?page=2", headers=headers)
        again = client.get(
            "/user/alice/?page=2", headers={**headers, "If-None-Match": first["ETag"]}
        )

        assert "HX-Request" in first["Vary"]
        assert "Set-Cookie" not in first
        assert again.status_code == 304
