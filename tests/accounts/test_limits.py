import pytest
from allauth.core import ratelimit
from django.contrib.auth.models import AnonymousUser

from accounts.limits import say_wait, seconds_to_wait
from tests.scratch import scratch_site


@pytest.fixture
def request_(rf):
    request = rf.post("/")
    request.user = AnonymousUser()
    return request


class TestSecondsToWait:
    @pytest.fixture(autouse=True)
    def _standing_clock(self, monkeypatch):
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    def use_up(self, request, action, times, **counted):
        for _ in range(times):
            ratelimit.consume(request, action=action, **counted)

    def test_is_until_the_oldest_attempt_is_forgotten(self, request_):
        self.use_up(request_, "signup", 20)

        assert seconds_to_wait(request_) == 60

    def test_is_as_long_as_the_longest_limit_that_is_reached(self, request_):
        self.use_up(request_, "signup", 20)
        self.use_up(request_, "login_failed", 5, key="alice")

        assert seconds_to_wait(request_, key="alice") == 300
        assert seconds_to_wait(request_, key="bob") == 60

    def test_passes_over_limits_with_room(self, request_):
        self.use_up(request_, "confirm_email", 1, key="alice")
        self.use_up(request_, "login_failed", 4, key="alice")

        assert seconds_to_wait(request_, key="alice") == 180

    @pytest.mark.django_db
    def test_counts_members_by_themselves(self, request_, alice, bob, monkeypatch):
        monkeypatch.setattr("accounts.limits._USUAL_WAIT", 7)
        request_.user = alice
        self.use_up(request_, "change_password", 5)

        assert seconds_to_wait(request_) == 60
        request_.user = bob
        assert seconds_to_wait(request_) == 7


class TestSayWait:
    @pytest.mark.parametrize(
        ("seconds", "text"),
        [
            (1, "1 second"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (300, "5 minutes"),
        ],
    )
    def test_rounds_up(self, seconds, text):
        assert say_wait(seconds) == text


ATTEMPT = """
import json
from django.test import Client
from tests.factories import UserFactory
if not UserFactory._meta.model.objects.exists():
    UserFactory(username="alice")
pages = [
    Client().post("/auth/login/", {"login": "alice", "password": "wrong"})
    for attempt in range(3)
]
print(json.dumps(["Too many attempts" in page.content.decode() for page in pages]))
"""


class TestLimitsOfSeveralProcesses:
    def test_are_counted_together(self, tmp_path, django_db_blocker):
        with django_db_blocker.unblock(), scratch_site(tmp_path) as site:
            answers = site.evaluate(ATTEMPT) + site.evaluate(ATTEMPT)

        assert answers == [False] * 5 + [True]
