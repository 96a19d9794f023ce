from datetime import UTC, datetime

import pytest

from blog.models import Post
from tests.factories import PostFactory

EDITED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


class TestVersionsOfFeeds:
    def version(self, client, address):
        return client.get(address)["ETag"]

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_are_sent_once(self, client, feed, method):
        address, add = feed
        add()
        known = {"If-None-Match": self.version(client, address)}

        response = getattr(client, method)(address, headers=known)

        assert response.status_code == 304
        assert not response.content
        assert response["ETag"] == known["If-None-Match"]
        assert response["Cache-Control"] == "public, no-cache"

    def test_are_told_to_head_too(self, client, feed):
        response = client.head(feed[0])

        assert response.status_code == 200
        assert response["ETag"] == self.version(client, feed[0])

    def test_do_not_cost_more_when_known(self, client, feed, django_assert_num_queries):
        address, _add = feed
        known = {"If-None-Match": self.version(client, address)}

        with django_assert_num_queries(1 if address == "/feed/" else 2):
            client.get(address, headers=known)

    @pytest.mark.parametrize(
        "change",
        [
            {"body": "Other words"},
            {"edited_at": EDITED},
            {"deleted_at": EDITED},
            {"hidden": True},
            {"created_at": EDITED},
        ],
    )
    def test_change_with_an_entry(self, client, feed, change):
        address, add = feed
        add()
        text = add()
        before = self.version(client, address)

        if "hidden" in change:
            change = {"is_hidden" if isinstance(text, Post) else "is_disabled": True}
        type(text).objects.filter(pk=text.pk).update(**change)

        response = client.get(address, headers={"If-None-Match": before})
        assert response.status_code == 200
        assert response["ETag"] != before

    @pytest.mark.parametrize("change", [{"name": "Other"}, {"username": "cast2"}])
    def test_change_with_a_name(self, client, cast, change):
        PostFactory(author=cast)
        before = self.version(client, "/feed/")

        type(cast).objects.filter(pk=cast.pk).update(**change)

        assert self.version(client, "/feed/") != before

    def test_differ_from_host_to_host(self, client, feed):
        other = client.get(feed[0], headers={"Host": "localhost"})

        assert other["ETag"] != self.version(client, feed[0])
