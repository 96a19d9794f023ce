"""Looking changes nothing: GET, HEAD and OPTIONS of every address, as every visitor."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client

from accounts.models import Session, User
from tests.factories import (
    CommentFactory,
    DecisionFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)
from tests.factories.tokens import token_of
from tests.links import link_in
from tests.test_addresses import ADDRESSES, CAST
from tests.test_headers import PATHS, paths_of_the_api

SAFE = ["get", "head", "options"]
VISITORS = [
    "client",
    "as_newcomer",
    "as_suspended",
    "as_alice",
    "as_moderator",
    "as_administrator",
    "program",
]
# What a look may change, and nothing else: when somebody was last here.
SEEN = {
    "accounts_session": {"last_seen_at"},
    "accounts_user": {"last_seen_at"},
    "accounts_apitoken": {"last_used_at"},
}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


@pytest.fixture
def program(db):
    """Something with a token for everything, of somebody who may do everything."""
    _token, secret = token_of(UserFactory())
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def things(db):
    """What the addresses lead to."""
    cast = UserFactory(id=CAST, username="cast")
    CommentFactory(id=1, author=cast, post=PostFactory(id=1, author=cast))
    OutgoingMailFactory(id=1)
    DecisionFactory(id=1, member=cast)


class Writes:
    """The tables that are written to while this is around the queries."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITE.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def rows():
    """Return all that is in the database but for what a look may change, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            kept = [name not in SEEN.get(table, ()) for name in names]
            found[table] = sorted(
                repr([value for value, keep in zip(row, kept, strict=True) if keep])
                for row in cursor.fetchall()
            )
    return found


@pytest.mark.django_db
class TestSafeMethods:
    @pytest.mark.parametrize("visitor", VISITORS)
    @pytest.mark.usefixtures("things")
    def test_change_nothing_at_any_address(self, request, visitor):
        client = request.getfixturevalue(visitor)
        self.let_an_hour_pass()
        before, written = rows(), {}

        for path in [*PATHS, *paths_of_the_api()]:
            for method in SAFE:
                with connection.execute_wrapper(writes := Writes()):
                    getattr(client, method)(path)
                if beyond := writes.tables - SEEN.keys():
                    written[f"{method} {path}"] = beyond

        assert written == {}
        assert rows() == before

    @staticmethod
    def let_an_hour_pass():
        """Make whoever comes next be seen, so that what is allowed happens."""
        for model in (Session, User):
            past = F("last_seen_at") - timedelta(hours=1)
            model.objects.update(last_seen_at=past)

    def test_note_who_was_here_which_the_fingerprint_passes_over_alone(self, as_alice):
        before = rows()
        self.let_an_hour_pass()
        was_here = Session.objects.get().last_seen_at

        as_alice.get("/")

        assert Session.objects.get().last_seen_at > was_here
        assert rows() == before
        as_alice.post("/", {"body": "A post"})
        assert rows() != before

    @pytest.fixture
    def mailed_links(self, client, mailoutbox, alice):
        """A link to a new password of Alice's, and one that confirms Nora's address."""
        client.post("/auth/reset/", {"email": alice.email})
        answers = {
            "email": "nora@example.com",
            "username": "nora",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        }
        client.post("/auth/register/", answers)
        return [
            link_in(mailoutbox[0], "/auth/reset/"),
            link_in(mailoutbox[1], "/auth/confirm/"),
        ]

    def test_confirm_nothing_by_a_link_that_a_scanner_opens(self, mailed_links):
        before = rows()

        for link in mailed_links:
            for method in SAFE:
                # The link to a new password keeps its key in a session of its own.
                assert getattr(Client(), method)(link, follow=True).status_code == 200

        sessions = before.pop("accounts_session")
        after = rows()
        assert len(after.pop("accounts_session")) >= len(sessions)
        assert after == before
        assert not User.objects.get(username="nora").is_confirmed


@pytest.mark.django_db
class TestAddressesThatAct:
    """Those that the table of addresses has as 405 for whoever may act there."""

    ACTS = [name for name, (row, _arguments) in ADDRESSES.items() if 405 in row]

    @pytest.mark.parametrize("method", ["get", "head"])
    @pytest.mark.usefixtures("things")
    def test_answer_to_post_alone(self, as_administrator, method):
        allowed = {}
        for path, name in zip(PATHS, ADDRESSES, strict=False):
            if name in self.ACTS:
                answer = getattr(as_administrator, method)(path)
                assert answer.status_code == 405, path
                allowed[path] = set(answer["Allow"].split(", ")) - {"OPTIONS"}

        assert len(allowed) > 10
        assert {*map(frozenset, allowed.values())} == {frozenset({"POST"})}
