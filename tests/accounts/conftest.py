import pytest
from django.contrib.auth import hashers

from tests.factories.accounts import PASSWORD
from tests.second_factors import give_app


@pytest.fixture
def hashed_passwords(alice, monkeypatch):
    """Every password that is hashed from now on: each costs the time that tells."""
    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def note(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hasher, "encode", note)
    return hashed


@pytest.fixture
def secret(alice):
    """Alice has an authenticator app with this secret."""
    return give_app(alice)


@pytest.fixture
def as_known(as_administrator):
    """An administrator who has typed their password a moment ago."""
    as_administrator.post("/auth/reauthenticate/", {"password": PASSWORD})
    return as_administrator
