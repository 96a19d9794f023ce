import pytest
from redis.exceptions import ConnectionError as CacheAway

from flasky_site.lib.redis_cache import RedisCache

# Nobody listens there.
NOWHERE = "redis://127.0.0.1:1/0"


class TestRedisCache:
    def test_keeps_its_clients(self):
        client = RedisCache(NOWHERE, {})._cache

        assert client.get_client("a") is client.get_client("b")
        assert client.get_client("a", write=True) is client.get_client("b", write=True)

    def test_waits_a_second_for_an_answer_and_asks_once_more(self):
        connections = RedisCache(NOWHERE, {})._cache.get_client().connection_pool

        options = connections.connection_kwargs
        assert options["socket_timeout"] == options["socket_connect_timeout"] == 1
        assert options["retry"].get_retries() == 1

    def test_lets_the_operator_wait_longer(self):
        cache = RedisCache(NOWHERE, {"OPTIONS": {"socket_timeout": 9}})

        options = cache._cache.get_client().connection_pool.connection_kwargs
        assert options["socket_timeout"] == 9

    def test_says_that_nobody_is_there(self):
        with pytest.raises(CacheAway):
            RedisCache(NOWHERE, {}).get("a")
