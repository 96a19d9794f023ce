import time
from dataclasses import replace

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheAway

from flasky_site.lib.visitors import forgetting
from flasky_site.lib.visitors.pages import KeptPage
from flasky_site.lib.visitors.store import GRACE, NearPages, PageStore, Place, age_of

PLACE = Place("https", "example.com", "/", "")
pytestmark = pytest.mark.usefixtures("kept_pages")


@pytest.fixture
def page():
    return KeptPage(1, 0.0, 0, '"tag"', {"": {"ETag": '"tag"'}}, {"": b"A page."})


class TestPlace:
    def test_has_a_key_that_no_other_place_has(self):
        places = [
            PLACE,
            PLACE._replace(scheme="http"),
            PLACE._replace(path="/\n"),
            PLACE._replace(path="", query="/"),
            PLACE._replace(host="example.com:80"),
        ]

        assert len({place.key for place in places}) == len(places)

    def test_has_a_key_that_any_cache_takes(self):
        assert len(PLACE._replace(path="/ü\n" * 1000).key) < 100


class TestAgeOf:
    def test_is_none_for_a_page_of_a_host_whose_clock_is_ahead(self, page):
        assert age_of(replace(page, made_at=time.time() + 60)) == 0


class TestPageStore:
    def test_gives_back_what_was_kept(self, page):
        store = PageStore()

        store.keep(PLACE, page, seconds=5)

        assert store.find(PLACE) == page
        assert store.find(PLACE._replace(host="other")) is None

    def test_keeps_a_page_no_longer_than_anybody_may_be_sent_it(
        self, page, monkeypatch
    ):
        timeouts = []

        def note(key, value, timeout):
            timeouts.append(timeout)

        monkeypatch.setattr(cache, "set", note, raising=False)

        PageStore().keep(PLACE, page, seconds=5)

        assert timeouts == [5 + GRACE + 1]

    def test_lets_one_alone_make_a_page(self):
        ours, theirs = PageStore(), PageStore()

        assert ours.begin(PLACE)
        assert not theirs.begin(PLACE)
        assert theirs.is_being_made(PLACE)
        ours.end(PLACE)
        assert theirs.begin(PLACE)

    def test_counts_from_another_number_when_the_cache_was_emptied(self):
        store = PageStore()
        before = store.generation()
        cache.clear()
        store.ask_anew()

        assert store.generation() != before

    def test_knows_no_old_generation_once_pages_are_forgotten(self):
        here, elsewhere = PageStore(), PageStore()
        before = elsewhere.generation()
        assert here.generation() == before

        forgetting._forget()

        assert here.generation() != before
        assert elsewhere.generation() == here.generation()

    def test_forgets_later_what_it_could_not_forget_while_the_cache_was_away(
        self, monkeypatch
    ):
        store = PageStore()
        before = store.generation()

        def fail(*args):
            raise CacheAway

        with monkeypatch.context() as patch:
            patch.setattr(cache, "incr", fail, raising=False)
            assert not store.raise_generation()
        assert store.generation() is None
        store._rests_until = 0

        assert store.generation() not in (before, None)

    def test_forgets_at_once_when_the_cache_is_back_before_it_was_tried_again(self):
        here, elsewhere = PageStore(), PageStore()
        before = elsewhere.generation()
        # It was away for here a moment ago.
        here._rests_until = time.monotonic() + 60

        assert here.raise_generation()

        elsewhere.ask_anew()
        assert elsewhere.generation() not in (before, None)

    def test_asks_no_cache_that_is_away_for_each_visitor(self, monkeypatch):
        store, asked = PageStore(), []
        store.generation()

        def fail(*args):
            asked.append(args)
            raise CacheAway

        monkeypatch.setattr(cache, "incr", fail, raising=False)
        store.raise_generation()
        for _ in range(5):
            assert store.generation() is None

        assert len(asked) == 1


class TestNearPages:
    def test_has_no_page_longer_than_it_is_fresh(self, page):
        near = NearPages()

        near.keep(PLACE, page, seconds=5, match=None)

        assert near.find(PLACE) is None

    def test_gives_up_the_oldest_for_a_new_one(self, page, monkeypatch):
        monkeypatch.setattr("flasky_site.lib.visitors.store._NEAR_AT_MOST", 2)
        near = NearPages()
        places = [PLACE._replace(path=path) for path in ("/a", "/b", "/c")]

        for place in places:
            near.keep(place, page, seconds=2**40, match=None)

        assert [bool(near.find(place)) for place in places] == [False, True, True]
