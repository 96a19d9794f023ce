import pytest
from django.http import HttpResponse

pytestmark = pytest.mark.usefixtures("kept_pages")


class TestHowItIsSent:
    def test_is_in_the_coding_that_is_wanted(self, site):
        site.ask()

        codings = [
            site.ask(accept_encoding=wanted).get("Content-Encoding")
            for wanted in ("gzip, br", "gzip", "deflate", "identity")
        ]

        assert codings == ["br", "gzip", None, None]
        assert site.made == 1
        assert "Accept-Encoding" in site.ask()["Vary"]

    @pytest.mark.parametrize("coding", ["br", "gzip", ""])
    def test_is_not_sent_to_who_has_it(self, site, coding):
        page = site.ask(accept_encoding=coding)

        by_tag = site.ask(accept_encoding=coding, if_none_match=page["ETag"])
        by_date = site.ask(if_modified_since=page["Last-Modified"])

        assert by_tag.status_code == by_date.status_code == 304
        assert by_tag["ETag"] == page["ETag"]
        assert by_tag["Vary"] == page["Vary"]
        assert by_tag.content == b""

    def test_is_sent_to_who_has_another_version(self, site):
        page = site.ask()

        answer = site.ask(
            if_none_match='"another"', if_modified_since=page["Last-Modified"]
        )

        assert answer.status_code == 200

    def test_sends_headers_alone_when_they_are_asked_for(self, site):
        page = site.ask()

        head = site.ask(method="HEAD")

        assert site.made == 1
        assert head.content == b""
        assert dict(head.headers) == dict(page.headers)

    def test_makes_no_page_for_who_wants_headers_alone(self, site):
        site.ask(method="HEAD")
        site.ask()

        assert site.made == 2


class TestWhenItWasModified:
    def test_stays_for_a_page_that_stayed(self, site, age, set_clock):
        first = site.ask()
        age(61)
        set_clock(2e9)

        second = site.ask()

        assert site.made == 2
        assert second["Last-Modified"] == first["Last-Modified"]

    def test_is_now_for_a_page_that_changed(self, site, age, set_clock):
        site.ask()
        age(61)
        site.answer = lambda: HttpResponse("Another page.")
        set_clock(2e9)

        assert site.ask()["Last-Modified"] == "Wed, 18 May 2033 03:33:20 GMT"

    def test_is_not_said_of_two_versions_in_one_second(self, site, age, set_clock):
        set_clock(2e9)
        first = site.ask()
        age(61)
        site.answer = lambda: HttpResponse("Another page.")

        second = site.ask()
        again = site.ask(if_modified_since=first["Last-Modified"])

        assert "Last-Modified" not in second
        assert again.status_code == 200
