import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from flasky_site.lib import shared_cache
from flasky_site.lib.shared_cache import strict_cache
from tests.flasky_site.lib.lone_redis import LoneRedis


@pytest.fixture
def redis(monkeypatch, settings):
    """Stand for a server that can be sent away: ``redis.is_away = True``."""
    stand_in = LoneRedis()
    for name in ("add", "get", "set", "incr", "delete", "clear", "get_many"):
        monkeypatch.setattr(RedisCache, name, stand_in.method(name))
    monkeypatch.setattr(shared_cache, "_states", {})
    monkeypatch.setattr(shared_cache, "PAUSE", 0.0)
    settings.CACHES = {
        "default": {
            "BACKEND": "flasky_site.lib.shared_cache.SteadyRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    yield stand_in
    caches["default"]._memory.clear()


class TestSteadyRedisCache:
    def test_asks_redis_while_it_answers(self, redis):
        caches["default"].set("a", 1)

        assert redis.memory.get("a") == 1

    def test_remembers_by_itself_without_redis(self, redis):
        redis.is_away = True
        cache = caches["default"]

        assert cache.get("a", "nothing") == "nothing"
        assert cache.add("a", 1)
        assert not cache.add("a", 2)
        assert cache.incr("a") == 2
        assert cache.get_many(["a", "b"]) == {"a": 2}
        assert "a" not in redis.memory

    def test_goes_on_with_redis_as_soon_as_it_answers(self, redis):
        cache = caches["default"]
        cache.set("a", "of before")
        redis.is_away = True
        cache.set("a", "of meanwhile")

        redis.is_away = False

        assert cache.get("a") == "of before"

    def test_forgets_afterwards_what_it_kept_meanwhile(self, redis):
        cache = caches["default"]
        redis.is_away = True
        cache.set("a", 1)
        redis.is_away = False
        cache.get("a")
        redis.is_away = True

        assert cache.get("a") is None

    def test_does_not_ask_again_for_a_while(self, redis, monkeypatch):
        monkeypatch.setattr(shared_cache, "PAUSE", 3600.0)
        redis.is_away = True

        for _time in range(3):
            caches["default"].get("a")

        assert redis.asked == 1

    def test_says_what_is_asked_of_it_wrongly(self, redis):
        with pytest.raises(ValueError, match="a"):
            caches["default"].incr("a")


class TestStrictCache:
    def test_tells_that_redis_is_away(self, redis):
        redis.is_away = True

        with pytest.raises(RedisError):
            strict_cache().get("a")

    def test_shares_the_connections_of_the_other_one(self, redis):
        assert strict_cache()._cache is caches["default"]._cache

    def test_is_the_cache_itself_where_there_is_no_redis(self, settings):
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        }

        strict_cache().set("a", 1)

        assert caches["default"].get("a") == 1
