"""A new SECRET_KEY, with the old one in SECRET_KEY_FALLBACKS, is noticed by nobody."""

import re

import pytest
from django.test import Client

from accounts.models import Session
from tests.clients import is_logged_in
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in


@pytest.fixture
def rotate(settings):
    """Put another key in front, as an operator does."""

    def rotate(keep_old=True):
        old, settings.SECRET_KEY = settings.SECRET_KEY, f"new{settings.SECRET_KEY}"
        settings.SECRET_KEY_FALLBACKS = [old] if keep_old else []

    return rotate


@pytest.fixture
def logged_in(client, alice):
    client.post("/auth/login/", {"login": "alice", "password": PASSWORD})
    return client


@pytest.mark.django_db
class TestKeyRotation:
    def test_logs_nobody_out(self, logged_in, rotate):
        rotate()

        assert logged_in.get("/auth/sessions/").status_code == 200
        assert Session.objects.count() == 1

    def test_needs_the_old_key_only_until_each_has_come_once(
        self, logged_in, rotate, settings
    ):
        rotate()
        logged_in.get("/auth/sessions/")
        settings.SECRET_KEY_FALLBACKS = []

        assert logged_in.get("/auth/sessions/").status_code == 200

    def test_ends_sessions_whose_key_is_gone(self, logged_in, rotate):
        rotate(keep_old=False)

        logged_in.get("/auth/sessions/")

        assert not is_logged_in(logged_in)

    def test_keeps_a_form_that_was_open(self, rotate):
        client = Client(enforce_csrf_checks=True)
        UserFactory(username="alice")
        page = client.get("/auth/login/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        rotate()

        client.post(
            "/auth/login/",
            {"login": "alice", "password": PASSWORD, "csrfmiddlewaretoken": token},
        )

        assert is_logged_in(client)

    def test_keeps_links_that_were_mailed(
        self, client, alice, as_newcomer, newcomer, mailoutbox, rotate
    ):
        client.post("/auth/reset/", {"email": alice.email})
        as_newcomer.post("/auth/confirm/resend/")
        reset = link_in(mailoutbox[0], "/auth/reset/")
        confirm = link_in(mailoutbox[1], "/auth/confirm/")
        rotate()

        assert client.get(reset, follow=True).status_code == 200
        as_newcomer.post(confirm)
        newcomer.refresh_from_db()
        assert newcomer.is_confirmed
