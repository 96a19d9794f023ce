import pytest
from django.test import Client

from accounts.models import Session
from tests.clients import is_logged_in

LIST = "/auth/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def handles_on(client):
    return [browser.handle for browser in client.get(LIST).context["browsers"]]


@pytest.fixture
def phone(alice, log_in_as):
    """Another browser of Alice's."""
    return log_in_as(Client(), alice, **{"User-Agent": FIREFOX})


@pytest.mark.django_db
class TestSessionList:
    def test_shows_device_network_and_moments(self, as_alice, phone):
        page = as_alice.get(LIST).content.decode()

        assert "Firefox on Linux" in page
        assert "127.0.0.1" in page
        assert "This browser" in page

    def test_begins_with_this_browser(self, as_alice, phone):
        for client in [as_alice, phone]:
            assert client.get(LIST).context["browsers"][0].is_this

    def test_shows_nobody_else_s(self, as_alice, as_bob):
        assert len(handles_on(as_alice)) == 1

    def test_shows_none_that_has_expired(self, as_alice, phone):
        Session.objects.filter(session_key=phone.session.session_key).update(
            expire_date="2020-01-01T00:00Z"
        )

        assert len(handles_on(as_alice)) == 1

    def test_tells_no_key(self, as_alice, phone):
        page = as_alice.get(LIST).content.decode()

        for key in Session.objects.values_list("session_key", flat=True):
            assert key not in page

    def test_has_pages(self, as_alice, alice, settings):
        settings.SESSIONS_PER_PAGE = 2
        for number in range(3):
            Session.objects.create(
                session_key=f"key{number}", user=alice, expire_date="2999-01-01T00:00Z"
            )

        response = as_alice.get(LIST, {"page": "2"})

        assert len(response.context["browsers"]) == 2
        assert 'aria-current="page"' in response.content.decode()

    def test_costs_the_same_for_one_and_for_many(
        self, as_alice, alice, django_assert_num_queries
    ):
        Session.objects.bulk_create(
            Session(
                session_key=f"key{number}", user=alice, expire_date="2999-01-01T00:00Z"
            )
            for number in range(20)
        )

        with django_assert_num_queries(3):  # session with its member; count, list
            as_alice.get(LIST)


@pytest.mark.django_db
class TestEndSession:
    def end(self, client, handle):
        return client.post(f"{LIST}{handle}/end/", follow=True)

    def test_logs_another_browser_out(self, as_alice, phone):
        handle = handles_on(as_alice)[1]

        response = self.end(as_alice, handle)

        assert "That browser is logged out." in response.content.decode()
        assert not is_logged_in(phone)
        assert is_logged_in(as_alice)

    def test_logs_this_browser_out(self, as_alice, phone):
        response = self.end(as_alice, handles_on(as_alice)[0])

        assert response.redirect_chain[-1][0] == "/"
        assert not is_logged_in(as_alice)
        assert is_logged_in(phone)

    def test_does_no_harm_twice(self, as_alice, phone):
        handle = handles_on(as_alice)[1]

        for _time in range(2):
            assert self.end(as_alice, handle).status_code == 200

    def test_reaches_nobody_else_s(self, as_alice, as_bob):
        self.end(as_bob, handles_on(as_alice)[0])

        assert is_logged_in(as_alice)


@pytest.mark.django_db
class TestEndOtherSessions:
    END = f"{LIST}end-others/"

    def test_leaves_this_browser_alone(self, as_alice, phone, as_bob):
        response = as_alice.post(self.END, follow=True)

        assert "1 other browser is logged out." in response.content.decode()
        assert is_logged_in(as_alice)
        assert is_logged_in(as_bob)
        assert not is_logged_in(phone)

    def test_does_no_harm_twice(self, as_alice):
        response = as_alice.post(self.END, follow=True)

        assert "0 other browsers" in response.content.decode()
