from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import Session
from flasky_site.lib.chores import hour_passed
from tests.clients import is_logged_in


@pytest.fixture
def session(as_alice):
    return Session.objects.get(session_key=as_alice.session.session_key)


@pytest.mark.django_db
class TestNoteSeen:
    LONG_AGO = timezone.now() - timedelta(hours=1)

    def test_moves_session_and_member_in_one_query(
        self, session, alice, django_assert_num_queries
    ):
        Session.objects.update(last_seen_at=self.LONG_AGO)
        type(alice).objects.update(last_seen_at=self.LONG_AGO)

        with django_assert_num_queries(1):
            services.note_seen(
                session_key=session.session_key, last_seen_at=self.LONG_AGO
            )

        for row in [session, alice]:
            row.refresh_from_db()
            assert timezone.now() - row.last_seen_at < timedelta(seconds=30)

    def test_leaves_a_later_moment_that_somebody_noted_meanwhile(self, session):
        services.note_seen(session_key=session.session_key, last_seen_at=self.LONG_AGO)

        before = session.last_seen_at
        session.refresh_from_db()
        assert session.last_seen_at == before

    def test_does_nothing_within_a_minute(self, session, django_assert_num_queries):
        with django_assert_num_queries(0):
            services.note_seen(
                session_key=session.session_key, last_seen_at=session.last_seen_at
            )


@pytest.mark.django_db
class TestEndSessions:
    def test_ends_all_of_a_member_but_one(self, as_alice, as_bob, alice, log_in_as):
        other = log_in_as(type(as_alice)(), alice)

        ended = services.end_sessions(user=alice, but=as_alice.session.session_key)

        assert ended == 1
        assert is_logged_in(as_alice)
        assert not is_logged_in(other)
        assert is_logged_in(as_bob)

    def test_ends_all(self, as_alice, alice):
        assert services.end_sessions(user=alice) == 1

        assert not is_logged_in(as_alice)


@pytest.mark.django_db
class TestPurgeSessions:
    def test_deletes_what_has_expired_every_hour(self, session, as_bob):
        Session.objects.filter(pk=session.pk).update(expire_date=timezone.now())

        hour_passed.send(None)

        assert Session.objects.count() == 1
