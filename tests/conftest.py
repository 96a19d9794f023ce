"""The cast: Alice acts and owns, Bob is somebody else, the moderator may hide."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import roles
from flasky_site.lib.fragments import forget_all
from flasky_site.lib.visitors.store import near_pages, store
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD

pytest_plugins = [
    "tests.plugins.browser",
    "tests.plugins.databases",
    "tests.plugins.no_skips",
    "tests.plugins.record",
]


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits are counted in the cache, and no test inherits another's.

    Nor parts of pages, which depend on settings that tests change.
    """
    cache.clear()
    forget_all()


@pytest.fixture(autouse=True)
def _mail_through_the_outbox(settings):
    """Django's test runner would put its own backend in front of ours."""
    settings.EMAIL_BACKEND = "mail.backend.OutboxEmailBackend"


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


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
    # Signed in from nowhere, so that no request looks like one from elsewhere.
    session = client.session
    del session["origin"]
    session.save()
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
def as_suspended(db):
    return _client_of(UserFactory(suspended=True))


@pytest.fixture
def as_moderator(moderator):
    return _client_of(moderator)


@pytest.fixture
def as_administrator(administrator):
    return _client_of(administrator)


@pytest.fixture
def clients(
    client, as_newcomer, as_suspended, as_alice, as_moderator, as_administrator
):
    """One of each kind of visitor."""
    return {
        "stranger": client,
        "newcomer": as_newcomer,
        "suspended": as_suspended,
        "user": as_alice,
        "moderator": as_moderator,
        "administrator": as_administrator,
    }


@pytest.fixture
def log_in_as():
    """Log in through the form, as a browser does; more goes along as headers."""

    def log_in(client, user, password=PASSWORD, **headers):
        form = {"login": user.username, "password": password}
        client.post("/auth/login/", form, headers=headers)
        return client

    return log_in


@pytest.fixture
def kept_pages(settings):
    """Let visitors share pages, as in production; no test inherits another's."""
    settings.VISITOR_PAGES_CACHED_SECONDS = 60
    near_pages.pages.clear()
    store.ask_anew()
