"""What every answer says of itself, whichever address it comes from."""

import pytest
from django.test import Client
from django.urls import reverse

from api.urls import addresses
from tests.test_addresses import ADDRESSES, FOR_PROGRAMS

CONTENT_POLICY = {
    "default-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
# A QR code, and the pictures of the page that explains the API, are in the page itself.
PICTURES_IN_THE_PAGE = "img-src 'self' data:"
# What may be opened by itself and is no page.
PICTURES = ("/avatar/1.svg",)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": None,
    "Content-Security-Policy": None,
}
UNSAFE = ["post", "put", "patch", "delete"]
PATHS = [
    *(reverse(name, args=arguments) for name, (_, arguments) in ADDRESSES.items()),
    "/not/there/",
    "/static/css/base.css",
    "/api/v1/not-there/",
]


def paths_of_the_api():
    for pattern in addresses:
        if pattern.name:
            arguments = dict.fromkeys(pattern.pattern.converters, 1)
            yield reverse(f"api:{pattern.name}", kwargs=arguments)


def weaknesses(response):
    """Name each header that the answer lacks or has in another form."""
    return {
        name: response.get(name)
        for name, value in EVERYWHERE.items()
        if not response.get(name) or (value and response[name] != value)
    }


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize("method", ["get", "head", "options", "post"])
    @pytest.mark.parametrize("visitor", ["client", "as_alice", "as_administrator"])
    def test_are_on_every_answer(self, request, visitor, method):
        client = request.getfixturevalue(visitor)
        ask = getattr(client, method)

        found = {path: weaknesses(ask(path)) for path in [*PATHS, *paths_of_the_api()]}

        assert not {path: weak for path, weak in found.items() if weak}

    @pytest.mark.parametrize("accept", ["text/html", "application/json"])
    def test_are_on_the_answer_to_a_failure(self, client, monkeypatch, accept):
        monkeypatch.setattr("social.views.home.read_posts", None)
        client.raise_request_exception = False

        response = client.get("/", headers={"Accept": accept})

        assert response.status_code == 500
        assert not weaknesses(response)

    def test_let_no_page_run_what_is_written_in_it(self, as_administrator):
        for path in {*PATHS, *paths_of_the_api()} - {*PICTURES}:
            policy = as_administrator.get(path)["Content-Security-Policy"]

            rules = {*policy.split("; ")} - {PICTURES_IN_THE_PAGE}
            assert rules == CONTENT_POLICY, path

    def test_name_only_what_pages_of_ours_use_of_a_device(self, client):
        policy = client.get("/")["Permissions-Policy"]

        allowed = {
            name
            for name, _equals, who in (
                rule.partition("=") for rule in policy.split(", ")
            )
            if who != "()"
        }

        assert allowed == {
            "publickey-credentials-create",
            "publickey-credentials-get",
            "clipboard-write",
        }


@pytest.mark.django_db
class TestCacheControl:
    """Of answers to GET; what is the same for everybody may be kept."""

    FOR_ALL = (*FOR_PROGRAMS, "/avatar/1.svg", "/api/v1/schema/", "/api/v1/docs/")

    def rules(self, client):
        for path in [*PATHS, *paths_of_the_api()]:
            answer = client.get(path)
            yield path, {*answer.get("Cache-Control", "").split(", ")}, answer

    @pytest.mark.parametrize("visitor", ["as_newcomer", "as_alice", "as_administrator"])
    def test_keeps_what_is_made_for_a_member_out_of_shared_caches(
        self, request, visitor
    ):
        client = request.getfixturevalue(visitor)

        shared = [
            path
            for path, rules, _answer in self.rules(client)
            if "private" not in rules and not path.startswith(self.FOR_ALL)
        ]

        assert shared == []

    @pytest.mark.parametrize("visitor", ["client", "as_alice", "as_administrator"])
    def test_lets_nobody_keep_account_pages_and_the_desk(self, request, visitor):
        client = request.getfixturevalue(visitor)
        # The words of scripts, and a sentence.
        harmless = {reverse("admin:jsi18n"), reverse("admin:password_change_done")}

        kept = [
            path
            for path, rules, answer in self.rules(client)
            if path.startswith(("/auth/", "/admin/"))
            and answer.status_code == 200
            and "no-store" not in rules
            and path not in harmless
        ]

        assert kept == []

    def test_says_that_what_strangers_get_depends_on_who_asks(self, client):
        """Without a word, a cache would give it to members too, and the other way."""
        alike = [
            path
            for path, rules, answer in self.rules(client)
            if not rules & {"private", "public"}
            and "cookie" not in answer.get("Vary", "").lower()
            and not path.startswith(self.FOR_ALL)
        ]

        assert alike == []

    @pytest.mark.parametrize("visitor", ["client", "as_alice"])
    def test_lets_no_cache_keep_an_answer_that_sets_a_cookie(self, request, visitor):
        client = request.getfixturevalue(visitor)

        baked = [
            path
            for path, rules, answer in self.rules(client)
            if answer.cookies and "private" not in rules
        ]

        assert baked == []


@pytest.mark.django_db
class TestUnsafeMethods:
    @pytest.mark.parametrize("name", ADDRESSES)
    def test_want_the_token_of_a_form(self, name, administrator):
        """No page of another site makes an address act; the API has its own tests."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(administrator)
        path = reverse(name, args=ADDRESSES[name][1])

        answers = {method: getattr(client, method)(path) for method in UNSAFE}

        assert {answer.status_code for answer in answers.values()} <= {403, 405}
