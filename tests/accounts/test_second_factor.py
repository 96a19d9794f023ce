import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import services
from accounts.second_factor import has_second_factor, note_shown
from tests.second_factors import give_app


@pytest.fixture
def request_of(rf, client):
    """Make a request by somebody, always in the same session."""

    def request_of(user):
        request = rf.get("/")
        request.session = client.session
        request.user = user
        return request

    return request_of


@pytest.mark.django_db
class TestHasSecondFactor:
    def test_is_true_once_one_was_shown_and_costs_no_query(
        self, request_of, alice, secret, django_assert_num_queries
    ):
        request = request_of(alice)
        assert not has_second_factor(request)

        note_shown(request, alice)

        with django_assert_num_queries(0):
            assert has_second_factor(request)

    def test_is_false_for_strangers(self, request_of):
        assert not has_second_factor(request_of(AnonymousUser()))

    def test_does_not_pass_to_another_member(self, request_of, alice, bob, secret):
        give_app(bob)
        request = request_of(alice)
        note_shown(request, alice)

        request.user = bob

        assert not has_second_factor(request)

    def test_ends_with_the_last_factor_in_every_session(
        self, request_of, alice, secret
    ):
        request = request_of(alice)
        note_shown(request, alice)

        services.reset_second_factors(user=alice)
        alice.refresh_from_db()
        assert not has_second_factor(request)

        give_app(alice)
        assert not has_second_factor(request)
