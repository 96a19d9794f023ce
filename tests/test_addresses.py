"""Who gets what at which address. A new address needs a row here."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.factories import CommentFactory, PostFactory, UserFactory

VISITORS = ["stranger", "newcomer", "user", "moderator", "administrator"]
LOGIN, UNCONFIRMED, HOME = "→login", "→unconfirmed", "→home"

# The answer to GET for each of VISITORS, in their order.
EVERYBODY = [200] * 5
CONTENT = [200, UNCONFIRMED, 200, 200, 200]
STRANGERS_ONLY = [200, HOME, HOME, HOME, HOME]
SIGNED_IN = [LOGIN, 200, 200, 200, 200]
NOT_THERE = [404] * 5
MODERATED = [404, UNCONFIRMED, 404, 200, 200]

ADDRESSES = {
    "social:home": (CONTENT, []),
    "social:profile": (CONTENT, ["cast"]),
    "blog:post_detail": (CONTENT, [1]),
    "accounts:avatar": (EVERYBODY, [1]),
    "account_signup": (STRANGERS_ONLY, []),
    "account_login": (STRANGERS_ONLY, []),
    "account_logout": ([HOME, 200, 200, 200, 200], []),
    "account_inactive": (EVERYBODY, []),
    "account_unconfirmed": ([LOGIN, 200, HOME, HOME, HOME], []),
    "account_resend_confirmation": ([LOGIN, 405, 405, 405, 405], []),
    "account_email_verification_sent": (EVERYBODY, []),
    "account_confirm_email": (NOT_THERE, ["key"]),
    "account_reauthenticate": (SIGNED_IN, []),
    "account_email": (SIGNED_IN, []),
    "account_change_password": (SIGNED_IN, []),
    # Everybody has a password here, so setting a first one leads to changing it.
    "account_set_password": ([LOGIN, "→change", "→change", "→change", "→change"], []),
    "account_reset_password": (EVERYBODY, []),
    "account_reset_password_done": (EVERYBODY, []),
    "account_reset_password_from_key_done": (EVERYBODY, []),
    "account_reset_password_from_key": (NOT_THERE, ["1", "key"]),
    # Outside development it does not exist.
    "dev_mail": (NOT_THERE, []),
}


def named_addresses(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_addresses(pattern, namespace + inner)


@pytest.fixture
def clients(client, as_newcomer, as_alice, as_moderator, as_administrator):
    people = [client, as_newcomer, as_alice, as_moderator, as_administrator]
    return dict(zip(VISITORS, people, strict=True))


def outcome(response):
    if response.status_code != 302:
        return response.status_code
    goals = {
        "/auth/login/": LOGIN,
        "/auth/unconfirmed/": UNCONFIRMED,
        "/auth/change-password/": "→change",
    }
    return HOME if response.url == "/" else goals[response.url.split("?")[0]]


class TestAddresses:
    def test_all_have_a_row_in_the_table(self):
        assert set(named_addresses()) == set(ADDRESSES)

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ADDRESSES)
    def test_answer_each_visitor_as_the_table_says(self, name, clients):
        expected, arguments = ADDRESSES[name]
        PostFactory(id=1, author=UserFactory(username="cast"))

        found = {
            visitor: outcome(clients[visitor].get(reverse(name, args=arguments)))
            for visitor in VISITORS
        }

        assert found == dict(zip(VISITORS, expected, strict=True))

    @pytest.mark.django_db
    def test_answer_for_a_hidden_post_as_for_none(self, clients):
        PostFactory(id=1, is_hidden=True)

        found = [outcome(clients[visitor].get("/post/1/")) for visitor in VISITORS]

        assert found == MODERATED


@pytest.mark.django_db
class TestHiddenText:
    MARKS = {"hiddenpostmark", "disabledcommentmark"}

    @pytest.fixture
    def everywhere(self):
        """Every address that can be reached, with marked rows behind it."""
        cast = UserFactory(username="cast")
        hidden_mark, disabled_mark = sorted(self.MARKS, reverse=True)
        hidden = PostFactory(author=cast, body=hidden_mark, is_hidden=True)
        post = PostFactory(author=cast)
        CommentFactory(post=post, author=cast, body=disabled_mark, is_disabled=True)
        arguments = {name: row[1] for name, row in ADDRESSES.items()}
        addresses = [reverse(name, args=args) for name, args in arguments.items()]
        return {*addresses, hidden.get_absolute_url(), post.get_absolute_url()}

    def marks_seen_by(self, client, addresses):
        pages = "".join(client.get(address).content.decode() for address in addresses)
        return {mark for mark in self.MARKS if mark in pages}

    @pytest.mark.parametrize("visitor", ["stranger", "newcomer", "user"])
    def test_reaches_nobody_on_any_address(self, visitor, clients, everywhere):
        assert not self.marks_seen_by(clients[visitor], everywhere)

    @pytest.mark.parametrize("visitor", ["moderator", "administrator"])
    def test_reaches_moderators(self, visitor, clients, everywhere):
        assert self.marks_seen_by(clients[visitor], everywhere) == self.MARKS
