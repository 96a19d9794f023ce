import pytest
from django.test import RequestFactory

from flasky_site.lib.http import wants_json


class TestWantsJson:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            ("application/json", True),
            ("application/json, */*;q=0.5", True),
            ("text/html,application/xhtml+xml,*/*;q=0.8", False),
            ("*/*", False),
            ("text/html, application/json", False),
            ("application/json, text/html;q=0.5", True),
        ],
    )
    def test_is_true_for_who_prefers_json(self, accept, expected):
        request = RequestFactory().get("/", headers={"Accept": accept})

        assert wants_json(request) is expected

    def test_is_false_for_who_says_nothing(self):
        assert not wants_json(RequestFactory().get("/"))

    def test_is_true_for_every_address_of_the_api(self):
        request = RequestFactory().get("/api/v1/x", headers={"Accept": "text/html"})

        assert wants_json(request)
