"""The cast: Alice acts and owns, Bob is somebody else, the moderator may hide."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import roles
from tests.factories import UserFactory

pytest_plugins = ["tests.plugins.browser", "tests.plugins.no_skips"]


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits are counted in the cache, and no test inherits another's."""
    cache.clear()


@pytest.fixture
def alice(db):
    return UserFactory(username="alice")


@pytest.fixture
def bob(db):
    return UserFactory(username="bob")


@pytest.fixture
def newcomer(db):
    """Has registered and not yet opened the link."""
    return UserFactory(username="newcomer", unconfirmed=True)


@pytest.fixture
def moderator(db):
    return UserFactory(username="marta", role=roles.MODERATOR)


@pytest.fixture
def administrator(db):
    return UserFactory(username="ada", role=roles.ADMINISTRATOR)


def _client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_alice(alice):
    return _client_of(alice)


@pytest.fixture
def as_bob(bob):
    return _client_of(bob)


@pytest.fixture
def as_newcomer(newcomer):
    return _client_of(newcomer)


@pytest.fixture
def as_moderator(moderator):
    return _client_of(moderator)


@pytest.fixture
def as_administrator(administrator):
    return _client_of(administrator)
