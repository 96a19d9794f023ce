import pytest
from django.test import Client

from tests.second_factors import Passkey

from .steps import add_passkey, confirm_who_one_is


@pytest.fixture
def other_client():
    """Another browser."""
    return Client()


@pytest.fixture
def as_sure_alice(as_alice):
    """Alice, who has typed her password a moment ago."""
    confirm_who_one_is(as_alice)
    return as_alice


@pytest.fixture
def passkey(as_sure_alice):
    """Alice has a passkey; nobody else is signed in."""
    passkey = Passkey()
    add_passkey(as_sure_alice, passkey, name="Telephone")
    return passkey
