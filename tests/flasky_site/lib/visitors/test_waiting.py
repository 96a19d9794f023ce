import threading
import time
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from redis.exceptions import ConnectionError as CacheAway

from flasky_site.lib.visitors import middleware
from flasky_site.lib.visitors.store import store
from tests.flasky_site.lib.visitors.site import Site
from tests.threads import at_once

pytestmark = pytest.mark.usefixtures("kept_pages")


class TestManyAtOnce:
    def test_make_a_page_once_and_all_get_it(self):
        others_wait = threading.Event()

        def answer():
            others_wait.wait(10)
            return HttpResponse("A page.")

        site = Site(answer)
        wait_for, waiting = middleware._wait_for, []

        def count_and_wait(place):
            waiting.append(place)
            if len(waiting) == 7:
                others_wait.set()
            return wait_for(place)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(middleware, "_wait_for", count_and_wait)
            answers = at_once(*[site.ask] * 8)

        assert site.made == 1
        assert {answer.content for answer in answers} == {b"A page."}

    def test_get_the_old_page_while_one_makes_the_next(self, site, age):
        old = site.ask().content
        age(61)
        begun, others_are_done = threading.Event(), threading.Event()

        def answer():
            begun.set()
            others_are_done.wait(10)
            return HttpResponse("The next page.")

        site.answer = answer
        maker = threading.Thread(target=site.ask)
        maker.start()
        begun.wait(10)

        during = [site.ask().content for _ in range(3)]
        others_are_done.set()
        maker.join()

        assert during == [old] * 3
        assert site.made == 2

    def test_make_it_themselves_when_what_one_made_cannot_be_kept(self):
        site = Site(lambda: HttpResponse("Nothing here.", status=404))

        answers = at_once(*[site.ask] * 4)

        assert {answer.status_code for answer in answers} == {404}
        assert site.made == 4

    def test_wait_no_longer_than_somebody_is_at_making_it(self, site, monkeypatch):
        pauses = []
        clock = SimpleNamespace(monotonic=time.monotonic, sleep=pauses.append)
        monkeypatch.setattr(middleware, "time", clock)
        # Another one had begun, and ended without a page.
        monkeypatch.setattr(store, "begin", lambda place: False)

        site.ask()

        assert site.made == 1
        assert len(pauses) == 1

    def test_do_not_wait_for_one_that_failed(self):
        def fail():
            raise ZeroDivisionError

        site = Site(fail)
        with pytest.raises(ZeroDivisionError):
            site.ask()
        site.answer = lambda: HttpResponse("A page.")

        site.ask()
        site.ask()

        assert site.made == 2


class TestWithoutACache:
    @pytest.fixture
    def away(self, monkeypatch):
        asked = []

        def fail(*args, **kwargs):
            asked.append(args)
            raise CacheAway

        for name in ("get", "set", "add", "incr", "delete", "has_key"):
            monkeypatch.setattr(cache, name, fail, raising=False)
        return asked

    def test_the_site_serves_all_the_same(self, site, away):
        answers = [site.ask() for _ in range(3)]

        assert {answer.status_code for answer in answers} == {200}
        assert site.made == 3

    def test_it_is_left_alone_for_a_while(self, site, away):
        for _ in range(3):
            site.ask()

        assert len(away) == 1

    def test_one_page_waits_for_it_once(self, site, monkeypatch):
        asked = []
        store.generation()

        def fail(*args, **kwargs):
            asked.append(args)
            raise CacheAway

        for name in ("add", "set", "delete"):
            monkeypatch.setattr(cache, name, fail, raising=False)

        assert site.ask().status_code == 200
        assert len(asked) == 1

    def test_pages_near_at_hand_count_for_nothing(self, site, away):
        site.ask()
        site.ask()

        assert site.made == 2
