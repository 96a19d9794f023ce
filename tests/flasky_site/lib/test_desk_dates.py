from datetime import UTC, datetime

import pytest
from django.utils import timezone

from flasky_site.lib.desk_dates import Period
from tests.factories import PostFactory, UserFactory

POSTS = "/admin/blog/post/"


def links(client, address):
    """Return what the filter leads to, from all to the smallest."""
    spec = next(
        one
        for one in client.get(address).context["cl"].filter_specs
        if one.parameter_name == "on"
    )
    (choice,) = spec.choices(client.get(address).context["cl"])
    titles = [[link["title"] for link in choice[name]] for name in ("around", "parts")]
    return (*titles, [link["href"] for link in choice["parts"]])


def found(client, query):
    return list(client.get(f"{POSTS}?{query}").context["cl"].result_list)


@pytest.fixture
def posts(alice):
    moments = [
        datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2024, 1, 1, tzinfo=UTC),
        datetime(2024, 2, 29, 12, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=UTC),
    ]
    return [PostFactory(author=alice, created_at=moment) for moment in moments]


class TestPeriod:
    @pytest.mark.parametrize(
        ("text", "after", "parts"),
        [
            ("2024", "2025", 12),
            ("2024-02", "2024-03", 29),
            ("2024-12", "2025-01", 31),
            ("2024-12-31", "2025-01-01", 0),
            ("0999", "1000", 12),
        ],
    )
    def test_knows_what_follows_and_what_is_in_it(self, text, after, parts):
        period = Period.of(text)

        assert str(period) == text
        assert str(period.next) == after
        assert len(period.parts) == parts
        if parts:
            assert period.parts[0].first == period.first
            assert period.parts[-1].next.first == period.next.first

    def test_knows_what_it_is_in(self):
        assert list(map(str, Period.of("2024-02-29").around)) == ["2024", "2024-02"]

    @pytest.mark.parametrize(
        "text",
        ["", "x", "20", "2024-2", "2024-13", "2023-02-29", "24-02-29-1", "9999"],
    )
    def test_is_none_for_nonsense(self, text):
        assert Period.of(text) is None


@pytest.mark.django_db
class TestDateFilter:
    def test_leads_from_years_to_days_that_have_rows(self, posts, as_moderator):
        years = [str(year) for year in range(2023, timezone.localdate().year + 1)]
        assert links(as_moderator, POSTS)[:2] == ([], years)
        _around, months, hrefs = links(as_moderator, f"{POSTS}?on=2024&state=public")
        assert months == ["January 2024", "February 2024"]
        assert hrefs[1] == "?on=2024-02&state=public"
        around, days, _hrefs = links(as_moderator, f"{POSTS}?on=2024-02")
        assert (around, days) == (["2024", "February 2024"], ["Feb. 29, 2024"])
        assert links(as_moderator, f"{POSTS}?on=2024-02-29")[1] == []

    def test_shows_what_was_written_then(self, posts, as_moderator):
        old, new_year, leap_day, spring = posts

        assert found(as_moderator, "on=2024") == [leap_day, new_year]
        assert found(as_moderator, "on=2023-12") == [old]
        assert found(as_moderator, "on=2026-03-01") == [spring]
        assert found(as_moderator, "on=2025") == []

    def test_goes_with_other_filters(self, posts, as_moderator):
        posts[1].is_hidden = True
        posts[1].save()

        assert found(as_moderator, "on=2024&state=hidden") == [posts[1]]

    def test_shows_this_year_where_there_is_nothing_yet(self, as_moderator):
        assert links(as_moderator, POSTS)[1] == [str(timezone.localdate().year)]

    def test_is_about_when_members_joined(self, as_moderator):
        UserFactory(date_joined=datetime(2020, 5, 4, tzinfo=UTC), username="early")

        # Ids rise with moments, and hers is the highest.
        page = as_moderator.get("/admin/accounts/user/?on=2020-05")

        assert page.status_code == 200

    @pytest.mark.parametrize(
        "text", ["x", "20", "2024-13", "2023-02-29", "9999", "9999-12-31", "%00"]
    )
    def test_answers_nonsense_as_other_filters_do(self, text, as_moderator):
        page = as_moderator.get(f"{POSTS}?on={text}")

        assert page.status_code in {302, 400}

    def test_costs_one_query(self, posts, as_moderator, django_assert_max_num_queries):
        for query in ("", "on=2024", "on=2024-02", "on=2024-02-29"):
            with django_assert_max_num_queries(7):
                as_moderator.get(f"{POSTS}?{query}")
