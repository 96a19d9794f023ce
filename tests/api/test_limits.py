"""How often somebody may ask."""

from types import SimpleNamespace

import pytest

from api import throttling
from flasky_site.lib import shared_cache
from tests.api.client import ApiClient, basic


@pytest.mark.django_db
class TestLimits:
    def test_are_told_with_every_answer(self, anybody, settings):
        settings.API_LIMITS = {**settings.API_LIMITS, "address": (3, 60)}

        left = [anybody.get("posts/1")["RateLimit"].split(";")[1] for _ in range(3)]

        assert left == ["r=2", "r=1", "r=0"]

    def test_say_when_to_come_back(self, anybody, settings):
        settings.API_LIMITS = {**settings.API_LIMITS, "address": (1, 60)}
        anybody.get("posts/")

        response = anybody.get("posts/")

        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 60
        assert response["RateLimit-Policy"] == '"address";q=1;w=60'

    @pytest.mark.parametrize("kind", ["token", "member"])
    def test_count_by_token_and_member_wherever_they_are(
        self, alice, api_as, bob_api, settings, kind
    ):
        settings.API_LIMITS = {**settings.API_LIMITS, kind: (1, 60), "address": (0, 60)}
        first, second = api_as(alice), api_as(alice)

        statuses = [client.get("posts/").status_code for client in (first, second)]

        assert statuses == [200, 429 if kind == "member" else 200]
        assert first.get("posts/").status_code == 429
        assert bob_api.get("posts/").status_code == 200

    def test_stop_those_who_guess_before_a_hash_is_made(self, alice, settings):
        settings.API_LIMITS = {**settings.API_LIMITS, "address": (0, 60)}

        for wrong in (basic("alice", "guess"), "Bearer flasky_guess"):
            assert ApiClient(wrong).get("posts/").status_code == 429

    def test_are_counted_by_each_process_while_redis_is_away(
        self, anybody, settings, monkeypatch
    ):
        monkeypatch.setattr(shared_cache, "_states", {})
        settings.CACHES = {
            "default": {
                "BACKEND": "flasky_site.lib.shared_cache.SteadyRedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }
        settings.API_LIMITS = {**settings.API_LIMITS, "address": (2, 60)}

        statuses = [anybody.get("posts/").status_code for _time in range(3)]

        assert statuses == [200, 200, 429]

    def test_begin_anew_with_the_next_window(self, anybody, settings, monkeypatch):
        settings.API_LIMITS = {**settings.API_LIMITS, "address": (1, 60)}
        moments = iter([600_000, 600_059, 600_060])
        clock = SimpleNamespace(time=lambda: next(moments))
        monkeypatch.setattr(throttling, "time", clock)

        statuses = [anybody.get("posts/").status_code for _ in range(3)]

        assert statuses == [200, 429, 200]
