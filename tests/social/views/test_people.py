from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from social.models import Follow
from tests.factories import FollowFactory, UserFactory

LISTS = {"followers": ("followed", "follower"), "following": ("follower", "followed")}


@pytest.fixture(params=LISTS)
def kind(request):
    return request.param


@pytest.fixture
def tie(kind):
    """Tie people to the member whose list it is, one after the other."""
    here, there = LISTS[kind]

    def tie(member, *people):
        return [FollowFactory(**{here: member, there: person}) for person in people]

    return tie


def people_on(response):
    return [row.person for row in response.context["rows"]]


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
class TestLists:
    def test_show_who_is_tied_newest_first_with_the_moment(
        self, client, alice, bob, moderator, kind, tie
    ):
        since = timezone.now() - timedelta(days=400)
        older, _newer = tie(alice, bob, moderator)
        Follow.objects.filter(pk=older.pk).update(created_at=since)
        FollowFactory(follower=bob, followed=moderator)

        response = client.get(f"/{kind}/alice/")

        assert people_on(response) == [moderator, bob]
        assert f'datetime="{since:%Y-%m-%d}"' in text_of(response)

    def test_answer_htmx_with_the_list_alone(self, as_bob, alice, kind, tie, settings):
        settings.PEOPLE_PER_PAGE = 1
        first, second = UserFactory.create_batch(2)
        tie(alice, first, second)

        response = as_bob.get(f"/{kind}/alice/?page=2", headers={"HX-Request": "true"})

        assert (
            response.content.decode().lstrip().startswith('<section id="person-list"')
        )
        assert 'hx-target="#person-list"' in text_of(response)
        assert people_on(response) == [first]
        assert "HX-Request" in response["Vary"]

    @pytest.mark.parametrize("page", [1, 2, 3, -1, 99, "x"])
    def test_have_fifty_a_page(self, client, alice, kind, tie, page):
        people = UserFactory.create_batch(102)
        tie(alice, *people)
        number = {-1: 3, 99: 3, "x": 1}.get(page, page)

        response = client.get(f"/{kind}/alice/", {"page": page})

        expected = people[::-1][(number - 1) * 50 : number * 50]
        assert people_on(response) == expected

    @pytest.mark.parametrize("change", [{"is_active": False}, {"confirmed_at": None}])
    def test_leave_out_who_is_not_to_be_seen_and_say_how_many(
        self, client, alice, bob, moderator, kind, tie, change
    ):
        tie(alice, bob, moderator)
        User.objects.filter(pk=bob.pk).update(**change)

        response = client.get(f"/{kind}/alice/")

        assert people_on(response) == [moderator]
        assert response.context["page"].total == 2
        assert "One member in this part of the list cannot be seen" in text_of(response)
        assert "@bob" not in text_of(response)

    def test_keep_pages_in_step_when_nobody_of_one_is_to_be_seen(
        self, client, alice, kind, tie
    ):
        people = UserFactory.create_batch(60)
        tie(alice, *people)
        User.objects.filter(pk__in=[each.pk for each in people[10:]]).update(
            is_active=False
        )

        first, second = (
            client.get(f"/{kind}/alice/", {"page": page}) for page in (1, 2)
        )

        assert people_on(first) == []
        assert "50 members in this part of the list" in text_of(first)
        assert people_on(second) == people[9::-1]

    def test_say_when_they_are_empty(self, client, as_alice, alice, kind):
        for_others = text_of(client.get(f"/{kind}/alice/"))
        for_oneself = text_of(as_alice.get(f"/{kind}/alice/"))

        assert for_others.count("<bdi>alice</bdi>") == 2
        assert for_oneself.partition('class="empty">')[2].count(" you ", 0, 60) == 1

    def test_offer_strangers_nothing_to_press_and_set_no_cookie(
        self, client, alice, bob, kind, tie
    ):
        tie(alice, bob)

        response = client.get(f"/{kind}/alice/")

        assert "/follow/" not in text_of(response)
        assert not response.cookies

    def test_show_members_what_is_between_them_and_each(
        self, as_alice, alice, bob, moderator, kind, tie
    ):
        star = UserFactory(username="star")
        tie(star, alice, bob, moderator)
        Follow.objects.get_or_create(follower=alice, followed=bob)
        Follow.objects.get_or_create(follower=moderator, followed=alice)

        response = as_alice.get(f"/{kind}/star/")

        page = text_of(response)
        assert 'action="/unfollow/bob/"' in page
        assert 'action="/follow/marta/"' in page
        assert "/follow/alice/" not in page
        labelled = [row.person for row in response.context["rows"] if row.follows_back]
        assert labelled == [moderator]
        assert page.count("Follows you") == 1

    @pytest.mark.parametrize("count", [1, 50])
    def test_cost_strangers_two_queries(
        self, client, alice, kind, tie, count, django_assert_num_queries
    ):
        tie(alice, *UserFactory.create_batch(count))

        with django_assert_num_queries(2):  # the member; the page's rows
            client.get(f"/{kind}/alice/")

    @pytest.mark.parametrize("count", [1, 50])
    def test_cost_members_four_queries(
        self, as_bob, alice, kind, tie, count, django_assert_num_queries
    ):
        tie(alice, *UserFactory.create_batch(count))

        with django_assert_num_queries(4):  # session with its reader; and all ties
            as_bob.get(f"/{kind}/alice/")

    def test_have_one_address_in_any_case_and_are_found_by_a_former_name(
        self, client, alice, kind
    ):
        response = client.get(f"/{kind}/ALICE/?page=2")
        assert (response.status_code, response.url) == (301, f"/{kind}/alice/?page=2")

        accounts.rename_user(user=alice, username="alicia")
        response = client.get(f"/{kind}/alice/")
        assert (response.status_code, response.url) == (302, f"/{kind}/alicia/")

    def test_are_404_for_who_is_not_there(self, client, newcomer, kind):
        assert client.get(f"/{kind}/nobody/").status_code == 404
        assert client.get(f"/{kind}/newcomer/").status_code == 404

    def test_know_no_other_methods(self, client, alice, kind):
        assert client.post(f"/{kind}/alice/").status_code == 405


@pytest.mark.django_db
class TestFollowedBy:
    def test_leads_to_the_list_that_took_its_place(self, client, alice):
        response = client.get("/followed_by/alice/?page=2")

        assert (response.status_code, response.url) == (301, "/following/alice/?page=2")


@pytest.mark.django_db
class TestPersonList:
    def test_shows_the_newest_members_first(self, client, alice, bob, newcomer):
        UserFactory(username="gone", is_active=False)

        response = client.get("/people/")

        assert people_on(response) == [bob, alice]
        assert 'id="pager"' not in text_of(response)

    def test_leads_on_to_older_ones_and_back(self, client):
        people = UserFactory.create_batch(51)[::-1]

        first = client.get("/people/")
        assert people_on(first) == people[:50]
        assert f'href="?before={people[49].pk}"' in text_of(first)

        second = client.get("/people/", {"before": people[49].pk})
        assert people_on(second) == people[50:]
        assert "?before=" not in text_of(second)
        assert f'href="?after={people[50].pk}"' in text_of(second)

        back = client.get("/people/", {"after": people[50].pk})
        assert people_on(back) == people[:50]
        assert "?after=" not in text_of(back)

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣x", ""])
    def test_begins_with_the_newest_for_nonsense(self, client, alice, before):
        assert people_on(client.get("/people/", {"before": before})) == [alice]

    @pytest.mark.parametrize("text", ["al", "AL", " al ", "@Al", "alice"])
    def test_finds_a_username_by_its_beginning(self, client, alice, bob, text):
        assert people_on(client.get("/people/", {"q": text})) == [alice]

    def test_finds_a_name_by_its_beginning_after_the_usernames(self, client, bob):
        mona = UserFactory(username="first", name="Bobby Tables")

        assert people_on(client.get("/people/", {"q": "bob"})) == [bob, mona]

    def test_finds_names_of_other_letters(self, client):
        person = UserFactory(name="Ольга")

        assert people_on(client.get("/people/", {"q": "Оль"})) == [person]

    def test_finds_each_member_once(self, client):
        bob = UserFactory(username="bob", name="Bob")

        assert people_on(client.get("/people/", {"q": "bob"})) == [bob]

    @pytest.mark.parametrize("text", ["%", "_", "li", "\\", "'", "@"])
    def test_finds_nobody_by_what_no_name_begins_with(self, client, alice, text):
        response = client.get("/people/", {"q": text})

        assert people_on(response) == []
        assert "Nobody is called that" in text_of(response)

    def test_finds_nobody_who_is_not_to_be_seen(self, client, newcomer):
        UserFactory(username="newt", is_active=False)

        assert people_on(client.get("/people/", {"q": "new"})) == []

    def test_shows_the_first_fifty_and_says_that_there_are_more(self, client):
        people = [UserFactory(username=f"sam{number:02}") for number in range(51)]

        response = client.get("/people/", {"q": "sam"})

        assert people_on(response) == people[:50]
        assert "There are more" in text_of(response)

    @pytest.mark.parametrize("text", ["x" * 65, "a\0b"])
    def test_gives_back_what_cannot_be_searched_for(self, client, alice, text):
        response = client.get("/people/", {"q": text})

        assert response.status_code == 422
        assert response.context["form"]["q"].value() == text

    def test_shows_what_was_searched_for_as_text(self, client):
        page = text_of(client.get("/people/", {"q": "<b>x"}))

        assert "<bdi>&lt;b&gt;x</bdi>" in page

    @pytest.mark.parametrize(("query", "cost"), [("", 1), ("member", 2)])
    @pytest.mark.parametrize("count", [1, 50])
    def test_costs_strangers_no_query_for_a_row(
        self, client, query, cost, count, django_assert_num_queries
    ):
        UserFactory.create_batch(count)

        with django_assert_num_queries(cost):
            client.get("/people/", {"q": query})

    @pytest.mark.parametrize(("query", "cost"), [("", 3), ("member", 4)])
    @pytest.mark.parametrize("count", [1, 50])
    def test_costs_members_no_query_for_a_row(
        self, as_alice, query, cost, count, django_assert_num_queries
    ):
        UserFactory.create_batch(count)

        with django_assert_num_queries(cost):  # session with its reader; ties
            as_alice.get("/people/", {"q": query})

    def test_sets_no_cookie_for_strangers(self, client, alice):
        assert not client.get("/people/").cookies

    def test_knows_no_other_methods(self, client):
        assert client.post("/people/").status_code == 405
