import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.flasky_site.lib.visitors.site import Site

pytestmark = pytest.mark.usefixtures("kept_pages")


class TestWhoGetsAKeptPage:
    def test_is_the_next_visitor(self, site):
        first, second, third = site.ask(), site.ask(), site.ask()

        assert site.made == 1
        assert first.content == second.content == third.content
        assert dict(first.headers) == dict(third.headers)

    @pytest.mark.parametrize(
        "headers",
        [
            {"cookie": "sessionid=abc"},
            {"cookie": "a=b; sessionid =abc"},
            {"cookie": "messages=abc"},
            {"authorization": "Basic abc"},
            {"HX_Request": "true"},
            {"method": "POST"},
            {"method": "OPTIONS"},
        ],
    )
    def test_is_nobody_who_may_be_somebody(self, site, headers):
        site.ask()

        site.ask(**headers)
        site.ask(**headers)

        assert site.made == 3

    @pytest.mark.parametrize(
        "headers",
        [
            {"cookie": "show_followed=1"},
            {"cookie": "csrftoken=abc; theme=dark"},
            {"user_agent": "Other"},
            {"accept_language": "de"},
        ],
    )
    def test_is_who_brings_what_changes_nothing(self, site, headers):
        site.ask()

        site.ask(**headers)

        assert site.made == 1

    @pytest.mark.parametrize(
        "other",
        [
            {"secure": True},
            {"host": "localhost"},
            {"address": "/?page=2"},
            {"address": "/people/"},
        ],
    )
    def test_is_who_asks_for_the_same(self, site, other):
        site.ask()

        site.ask(**other)
        site.ask(**other)

        assert site.made == 2

    @pytest.mark.parametrize(
        "address",
        [
            "/?page=two",
            "/?page=1&page=2",
            "/?page=1&x=1",
            "/?x=1",
            "/?before=1",
            "/?page=12345678901",
            "/people/?q=al",
            "/auth/login/",
            "/post/1.md",
            "/static/css/base.css",
            "/nowhere/",
        ],
    )
    def test_is_nobody_who_asks_for_what_is_not_kept(self, site, address):
        site.ask(address)
        site.ask(address)

        assert site.made == 2

    def test_is_nobody_while_it_is_switched_off(self, site, settings):
        settings.VISITOR_PAGES_CACHED_SECONDS = 0

        site.ask()
        site.ask()

        assert site.made == 2


class TestWhatIsKept:
    @pytest.mark.parametrize(
        "change",
        [
            {"status": 404},
            {"status": 302},
            {"headers": {"Cache-Control": "private"}},
            {"headers": {"Cache-Control": "no-store"}},
            {"headers": {"Vary": "Cookie, Accept-Language"}},
            {"headers": {"Vary": "*"}},
            {"headers": {"Content-Encoding": "br"}},
            {"headers": {"Content-Security-Policy": "script-src 'nonce-abc'"}},
        ],
    )
    def test_is_nothing_that_others_may_not_get(self, change):
        site = Site(lambda: HttpResponse("A page.", **change))

        site.ask()
        site.ask()

        assert site.made == 2

    def test_is_nothing_that_sets_a_cookie(self):
        def answer():
            response = HttpResponse("A page.")
            response.set_cookie("csrftoken", "abc")
            return response

        site = Site(answer)

        assert site.ask().cookies
        assert site.ask().cookies
        assert site.made == 2

    def test_is_made_for_a_request_without_anything_personal(self, site):
        seen = []
        site.answer = lambda: (
            seen.append((site.requests[-1].COOKIES, dict(site.requests[-1].headers)))
            or HttpResponse("A page.")
        )

        site.ask(cookie="show_followed=1", if_none_match='"x"', accept_encoding="br")

        cookies, headers = seen[0]
        assert cookies == {}
        assert not {"Cookie", "If-None-Match", "Accept-Encoding"} & headers.keys()

    def test_is_made_without_what_was_read_of_the_request_before(self, site):
        request = RequestFactory().get("/", headers={"cookie": "show_followed=1"})
        assert request.COOKIES
        assert "Cookie" in request.headers
        seen = []
        site.answer = lambda: (
            seen.append((request.COOKIES, "Cookie" in request.headers))
            or HttpResponse("A page.")
        )

        site.get(request)

        assert seen == [({}, False)]

    def test_leaves_the_request_as_it_came_to_who_stands_outside(self, site):
        site.ask(cookie="show_followed=1")

        assert site.requests[0].COOKIES == {"show_followed": "1"}
        assert site.requests[0].headers["Cookie"] == "show_followed=1"

    def test_tells_who_stands_outside_which_view_it_was(self, site):
        request = RequestFactory().get("/")
        site.ask()
        site.ask()

        site.get(request)

        assert site.made == 1
        assert request.resolver_match.view_name == "social:home"
