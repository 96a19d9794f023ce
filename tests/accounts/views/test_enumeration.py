"""No form tells whether an address or a name has an account, nor does its time.

Time is counted in what costs it: hashes of passwords, mails, and queries that write.
"""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mail.models import OutgoingMail
from tests.api.client import basic
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.second_factors import give_app

NEW = "a new battery staple"
KNOWN, UNKNOWN = "alice@example.com", "nobody@example.com"
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


def registration(email, username):
    return {
        "email": email,
        "username": username,
        "password1": NEW,
        "password2": NEW,
    }


# What is sent for somebody who is known, and the same for somebody who is not.
ASKED = {
    "reset": ("/auth/reset/", {"email": KNOWN}, {"email": UNKNOWN}),
    "log-in by address": (
        "/auth/login/",
        {"login": KNOWN, "password": "wrong"},
        {"login": UNKNOWN, "password": "wrong"},
    ),
    "log-in by name": (
        "/auth/login/",
        {"login": "alice", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
    ),
    "log-in of who has a second step": (
        "/auth/login/",
        {"login": "sofia", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
    ),
    "log-in of who has not confirmed": (
        "/auth/login/",
        {"login": "newcomer", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
    ),
    "log-in of who is gone": (
        "/auth/login/",
        {"login": "gone", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
    ),
    "log-in of who is suspended": (
        "/auth/login/",
        {"login": "sam", "password": "wrong"},
        {"login": "nobody", "password": "wrong"},
    ),
    "registration": (
        "/auth/register/",
        registration(KNOWN, "al"),
        registration(UNKNOWN, "no"),
    ),
}


@pytest.fixture
def members(alice, newcomer):
    give_app(UserFactory(username="sofia"))
    UserFactory(username="gone", is_active=False)
    UserFactory(username="sam", suspended=True)


def page_of(response, fields):
    """Return status, goal and page without what was typed and what is always new."""
    page = response.content.decode()
    for typed in fields.values():
        page = page.replace(typed, "…")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return response.status_code, response.get("Location"), page


def answer_to(address, fields, hashed):
    """Return what is seen of an answer, and what it cost."""
    cache.clear()
    before, mails, client = len(hashed), OutgoingMail.objects.count(), Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(address, fields)
    writes = {match[1] for query in queries if (match := WRITE.match(query["sql"]))}
    cost = len(hashed) - before, OutgoingMail.objects.count() - mails
    names = {*response.headers}, {*response.cookies}
    return page_of(response, fields), names, cost, bool(writes)


@pytest.mark.django_db
class TestAccountForms:
    @pytest.mark.usefixtures("members")
    @pytest.mark.parametrize("way", ASKED)
    def test_answer_alike_and_at_the_same_cost(self, way, hashed_passwords):
        address, known, unknown = ASKED[way]

        answers = [
            answer_to(address, fields, hashed_passwords) for fields in (known, unknown)
        ]

        assert answers[0] == answers[1]

    @pytest.mark.usefixtures("members")
    @pytest.mark.parametrize("way", ASKED)
    def test_stop_those_who_try_on_at_the_same_point(self, way):
        address, known, unknown = ASKED[way]
        cache.clear()

        found = []
        for fields in (known, unknown):
            client = Client()
            found.append([client.post(address, fields).status_code for _ in range(7)])
            cache.clear()

        # A name is kept back by the first registration, for both.
        assert found[0] == found[1]

    @pytest.mark.usefixtures("members")
    @pytest.mark.parametrize(
        "name", ["alice", KNOWN, "sofia", "newcomer", "gone", "sam", "nobody", UNKNOWN]
    )
    def test_of_the_api_answer_alike_and_at_the_same_cost(self, name, hashed_passwords):
        cache.clear()
        headers = {"Authorization": basic(name, "wrong")}

        answer = Client().get("/api/v1/users/me", headers=headers)

        assert answer.status_code == 401
        assert answer.json()["detail"] == "The name or the password is not right."
        assert hashed_passwords == ["wrong"]

    def test_ask_every_stranger_for_a_passkey_alike(self, client, alice):
        """The browser finds the passkey; the site names none to whoever asks."""
        headers = {"Accept": "application/json"}

        options = client.get("/auth/2fa/webauthn/login/", headers=headers).json()

        assert not options["request_options"]["publicKey"].get("allowCredentials")

    def test_tell_a_right_password_alone_that_a_second_step_follows(
        self, client, alice
    ):
        give_app(alice)

        wrong = client.post("/auth/login/", {"login": "alice", "password": "wrong"})
        right = client.post("/auth/login/", {"login": "alice", "password": PASSWORD})

        assert wrong.status_code == 422
        assert right.url == "/auth/2fa/authenticate/"
