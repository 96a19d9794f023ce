import pytest
from django.contrib.auth import hashers


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
