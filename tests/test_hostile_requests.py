"""Requests that are made to send somebody elsewhere, or to act in their name."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Session
from blog.models import Post
from tests.clients import is_logged_in
from tests.factories import PostFactory
from tests.factories.accounts import PASSWORD
from tests.test_headers import paths_of_the_api

EVIL = "evil.example"
# What some servers and proxies take for the host, the path or the method.
MISLEADING = {
    "X-Forwarded-Host": EVIL,
    "X-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Original-Host": EVIL,
    "Forwarded": f"host={EVIL}",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Script-Name": f"//{EVIL}",
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "DELETE",
    "X-Forwarded-Port": "1337",
    "X-Forwarded-Scheme": "nothttps",
}
TRICKS = [
    f"//{EVIL}",
    f"//{EVIL}/",
    f"///{EVIL}/all",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"/%2f{EVIL}",
    f"/%5c{EVIL}",
    f"/ /{EVIL}",
    f"/\t/{EVIL}",
    f"/auth/..//{EVIL}",
    f"/followed_by//{EVIL}/",
    f"/followed_by/\\{EVIL}/",
    f"/all//{EVIL}",
    f"https://{EVIL}/all",
    f"https:{EVIL}",
    f"@{EVIL}/",
    f"/.{EVIL}",
    f"//{EVIL}%2f..",
    f"/\r\nLocation: //{EVIL}",
    "/\r\nSet-Cookie: a=b",
    "/auth/login\r\nX-Evil: yes",
]


def goal_of(response):
    """Return where the answer leads, resolved as a browser does."""
    places = [response.get(name, "") for name in ("Location", "HX-Redirect", "Link")]
    return " ".join(places).replace("\\", "/")


def is_elsewhere(goal):
    return goal.startswith("//") or urlsplit(goal).netloc not in ("", "testserver")


@pytest.mark.django_db
class TestHost:
    @pytest.mark.parametrize(
        "host",
        [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", f"a:80:{EVIL}", "a b"],
    )
    def test_that_is_not_ours_is_refused(self, client, alice, mailoutbox, host):
        pages = [client.get(path, headers={"Host": host}) for path in ("/", "/auth/")]
        form = {"email": alice.email}
        mailed = client.post("/auth/reset/", form, headers={"Host": host})

        for answer in [*pages, mailed]:
            assert answer.status_code == 400
            assert EVIL not in answer.content.decode()
        assert not mailoutbox

    def test_is_what_the_request_came_to_whatever_else_it_says(self, client):
        PostFactory(id=1)
        for path in ("/", "/post/1/", "/feed/", "/sitemap.xml", "/api/v1/posts/"):
            plain, misled = client.get(path), client.get(path, headers=MISLEADING)

            assert misled.status_code == plain.status_code == 200
            assert misled.content == plain.content

    def test_of_links_in_mails_is_ours(self, client, alice, mailoutbox):
        client.post("/auth/reset/", {"email": alice.email}, headers=MISLEADING)

        assert EVIL not in mailoutbox[0].body
        assert "http://testserver/auth/reset/" in mailoutbox[0].body

    def test_lets_no_header_choose_another_address_or_method(self, as_alice, alice):
        post = PostFactory(author=alice)

        answer = as_alice.post(f"/post/{post.pk}/", {"body": "x"}, headers=MISLEADING)

        assert answer.status_code == 302
        assert Post.objects.filter(pk=post.pk, deleted_at=None).exists()


@pytest.mark.django_db
class TestRedirects:
    @pytest.mark.parametrize("path", TRICKS)
    def test_stay_on_this_site_whatever_the_path(self, client, as_alice, path):
        for browser in (client, as_alice):
            for headers in ({}, {"HX-Request": "true"}):
                answer = browser.generic("GET", "/", PATH_INFO=path, headers=headers)

                assert answer.status_code < 500
                assert not is_elsewhere(goal_of(answer))

    @pytest.mark.parametrize("trick", TRICKS)
    @pytest.mark.parametrize("name", ["next", "back", "to", "url", "return"])
    def test_stay_on_this_site_whatever_is_asked_for(self, as_alice, name, trick):
        pages = ["/auth/login/", "/auth/logout/", "/all/", "/auth/reauthenticate/"]
        for page in pages[:2] if name != "next" else pages:
            answer = as_alice.get(page, {name: trick})

            assert not is_elsewhere(goal_of(answer))
        answer = as_alice.post("/auth/logout/", {name: trick})
        assert not is_elsewhere(goal_of(answer))

    @pytest.mark.parametrize("trick", TRICKS)
    def test_stay_on_this_site_wherever_one_says_to_come_from(
        self, as_alice, bob, trick
    ):
        for act in ("follow", "unfollow"):
            form = {"next": trick}
            headers = {"Referer": trick.replace("\r\n", "")}

            answer = as_alice.post(f"/{act}/bob/", form, headers=headers)

            assert answer.status_code == 302
            assert not is_elsewhere(goal_of(answer))


@pytest.mark.django_db
class TestForgedRequests:
    """What another site can make a browser send, cookies and all."""

    @pytest.fixture
    def victim(self, administrator):
        client = Client(enforce_csrf_checks=True)
        client.force_login(administrator)
        return client

    @pytest.mark.parametrize(
        "kind",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json",
        ],
    )
    def test_act_nowhere_in_the_api(self, victim, kind):
        statuses = {
            getattr(victim, method)(
                path, b'{"body": "Forged"}', kind, headers={"Origin": f"https://{EVIL}"}
            ).status_code
            for path in paths_of_the_api()
            for method in ("post", "put", "patch", "delete")
        }

        assert statuses <= {403, 404, 405}
        assert not Post.objects.exists()

    @pytest.mark.parametrize("kind", ["text/plain", "application/json"])
    def test_act_on_no_page_without_a_form(self, victim, kind):
        answer = victim.post("/", b'body=Forged&x="', kind)

        assert answer.status_code == 403
        assert not Post.objects.exists()

    @pytest.mark.parametrize(
        "origin", ["null", f"https://{EVIL}", "https://testserver"]
    )
    def test_act_on_no_page_that_is_not_ours_even_with_a_token(self, victim, origin):
        victim.get("/auth/logout/")
        form = {"csrfmiddlewaretoken": victim.cookies["csrftoken"].value}

        answer = victim.post("/auth/logout/", form, headers={"Origin": origin})

        assert answer.status_code == 403
        assert is_logged_in(victim)


@pytest.mark.django_db
class TestSessions:
    def log_in(self, client):
        return client.post("/auth/login/", {"login": "alice", "password": PASSWORD})

    def test_get_another_key_at_the_log_in(self, client, alice):
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        planted = session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = planted

        self.log_in(client)

        assert client.session.session_key != planted
        assert not Session.objects.filter(session_key=planted).exists()

    def test_take_no_key_that_somebody_made_up(self, client, alice):
        client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

        self.log_in(client)

        assert is_logged_in(client)
        assert client.session.session_key != "a" * 32

    def test_get_another_key_with_another_password(self, client, alice):
        self.log_in(client)
        before = client.session.session_key
        new = "a new battery staple"

        client.post(
            "/auth/change-password/",
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )

        assert is_logged_in(client)
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()

    def test_are_over_in_the_database_after_the_log_out(self, client, alice):
        self.log_in(client)
        stolen = Client()
        stolen.cookies = client.cookies.copy()
        key = client.session.session_key

        client.post("/auth/logout/")

        assert not Session.objects.filter(session_key=key).exists()
        assert not is_logged_in(stolen)

    def test_are_in_cookies_that_no_script_reads(self, client, alice):
        cookie = self.log_in(client).cookies[settings.SESSION_COOKIE_NAME]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["domain"] == ""
