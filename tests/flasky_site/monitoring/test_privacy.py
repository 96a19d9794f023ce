import pytest
from django.urls import reverse

from tests.factories import (
    CommentFactory,
    DecisionFactory,
    OutgoingMailFactory,
    PostFactory,
    UserFactory,
)
from tests.test_addresses import ADDRESSES, CAST

from .test_middleware import WRONG

# What somebody types, shows or is; a part of each is looked for.
MARKS = [
    "markedname",
    "markedquery",
    "markedbody",
    "markedpassword",
    "markedcookie",
    "markedtoken",
    "markedaddress",
    "markedagent",
    "markedhost",
    "203.0.113.77",
]
FORM = {
    "body": "markedbody",
    "login": "markedname",
    "username": "markedname",
    "email": "markedaddress@example.com",
    "password": "markedpassword",
    "password1": "markedpassword",
    "password2": "markedpassword",
}
FROM = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_USER_AGENT": "markedagent",
    "HTTP_REFERER": "http://testserver/user/markedname/?q=markedquery",
    "HTTP_X_REQUEST_ID": "markedtoken",
    "QUERY_STRING": "q=markedquery&token=markedtoken&page=markedquery",
}


@pytest.fixture
def addresses():
    """Every named address, with somebody marked behind it."""
    cast = UserFactory(
        id=CAST, username="markedname", email="markedaddress@example.com"
    )
    post = PostFactory(id=1, author=cast, body="markedbody")
    CommentFactory(id=1, author=cast, post=post, body="markedbody")
    OutgoingMailFactory(id=1)
    DecisionFactory(id=1, member=cast)
    return [
        reverse(name, args=["markedname" if part == "cast" else part for part in parts])
        for name, (_row, parts) in ADDRESSES.items()
        if not name.startswith("account_logout")
    ]


@pytest.mark.django_db
class TestLog:
    @pytest.fixture(autouse=True)
    def _everything_is_told(self, settings):
        settings.ROOT_URLCONF = WRONG
        # Then every query is a slow one.
        settings.SLOW_DB_QUERY_SECONDS = 0
        settings.FLASKY_ADMIN = ["operator@example.com"]
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def crawl(self, client, addresses):
        client.raise_request_exception = False
        client.cookies["marked"] = "markedcookie"
        for address in addresses:
            client.get(address, **FROM)
            client.post(address, FORM, **FROM)

    @pytest.mark.parametrize("visitor", ["client", "as_administrator"])
    def test_holds_nothing_of_anybody(
        self, visitor, request, addresses, production_log, mailed_errors
    ):
        client = request.getfixturevalue(visitor)
        production_log.forget()

        self.crawl(client, addresses)

        assert len(production_log.requests) > 200
        assert len(production_log.events("slow query")) > 100
        text = production_log.text
        assert [mark for mark in MARKS if mark in text] == []

    def test_holds_nothing_of_anybody_when_something_goes_wrong(
        self, client, production_log, mailed_errors
    ):
        ways = ("fail", "complain", "refuse", "ask", "unnamed")
        addresses = [f"/{way}/markedname/" for way in (*ways, "nothing")]

        self.crawl(client, addresses)
        client.get("/", headers={"Host": "markedhost.example.com"})
        client.get("/api/v1/", headers={"Authorization": "Bearer markedtoken"})

        assert "error" in production_log.text
        mails = "".join(f"{mail.subject}{mail.body}" for _kind, mail in mailed_errors)
        assert "IntegrityError" in mails
        told = production_log.text + mails
        assert [mark for mark in MARKS if mark in told] == []

    def test_holds_no_address_of_the_api(self, as_alice, production_log):
        as_alice.get("/api/v1/posts/?since=markedquery", **FROM)
        as_alice.get("/api/v1/users/markedname/", **FROM)
        as_alice.post("/api/v1/posts/", {"body": "markedbody"}, "application/json")

        assert len(production_log.requests) == 3
        assert "marked" not in production_log.text
