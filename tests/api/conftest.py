import pytest

from tests.api.client import ApiClient
from tests.factories.tokens import token_of


@pytest.fixture
def anybody(db):
    return ApiClient()


@pytest.fixture
def api_as():
    """Return a client that shows a token of ``user``, with all scopes or some."""

    def client_of(user, *scopes):
        return ApiClient(f"Bearer {token_of(user, *scopes)[1]}")

    return client_of


@pytest.fixture
def alice_api(alice, api_as):
    return api_as(alice)


@pytest.fixture
def bob_api(bob, api_as):
    return api_as(bob)


@pytest.fixture
def moderator_api(moderator, api_as):
    return api_as(moderator)
