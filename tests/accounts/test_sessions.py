from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from accounts import roles
from accounts.models import Session, User
from accounts.services import assign_role
from accounts.sessions import SessionStore, describe_session, is_fresh, origin_of


def session_of(client):
    return Session.objects.get(session_key=client.session.session_key)


@pytest.mark.django_db
class TestSessionStore:
    def test_knows_whose_session_it_is(self, as_alice, alice):
        assert session_of(as_alice).user == alice

    def test_belongs_to_nobody_before_somebody_logs_in(self):
        store = SessionStore()
        store["seen"] = "the tour"
        store.create()

        assert Session.objects.get().user is None

    def test_keeps_when_it_was_last_used_when_it_remembers_more(self, as_alice):
        long_ago = timezone.now() - timedelta(hours=2)
        Session.objects.update(last_seen_at=long_ago)

        store = SessionStore(as_alice.session.session_key)
        store["more"] = "of it"
        store.save()

        assert session_of(as_alice).last_seen_at == long_ago

    def test_ends_with_its_member(self, as_alice, alice):
        alice.delete()

        assert not Session.objects.exists()

    def test_reads_its_own_row_back(self, as_alice):
        assert session_of(as_alice).get_decoded()["_auth_user_id"]

    def test_reads_its_member_and_what_they_may_do_at_once(
        self, as_moderator, moderator, django_assert_num_queries
    ):
        store = SessionStore(as_moderator.session.session_key)

        with django_assert_num_queries(1):
            assert store["_auth_user_id"] == str(moderator.pk)
            assert store.member == moderator
            assert store.member.has_perm("blog.moderate")
            assert not store.member.has_perm("accounts.administer")

    def test_knows_the_role_of_now(self, as_moderator, moderator):
        assign_role(user=moderator, role=roles.USER)

        store = SessionStore(as_moderator.session.session_key)
        store.load()

        assert store.member.has_perm("blog.add_post")
        assert not store.member.has_perm("blog.moderate")

    def test_lets_superusers_do_everything(self, as_alice, alice):
        User.objects.filter(pk=alice.pk).update(is_superuser=True)

        store = SessionStore(as_alice.session.session_key)
        store.load()

        assert "accounts.administer" in store.member.get_all_permissions()

    def test_has_ended_when_it_has_expired(self, as_alice):
        Session.objects.update(expire_date=timezone.now())

        store = SessionStore(as_alice.session.session_key)

        assert store.load() == {}
        assert store.session_key is None
        assert store.member is None


@pytest.mark.django_db
class TestMemberMiddleware:
    def test_takes_nobody_for_somebody_else(self, as_alice, alice, bob):
        # As rows are that were written before they knew whose they are.
        Session.objects.update(user=bob)

        assert as_alice.get("/").wsgi_request.user == alice

    def test_signs_out_who_is_not_active(self, as_alice, alice):
        User.objects.filter(pk=alice.pk).update(is_active=False)

        assert not as_alice.get("/").wsgi_request.user.is_authenticated

    def test_signs_out_whose_password_was_changed_elsewhere(self, as_alice, alice):
        alice.set_password("something else")
        alice.save(update_fields=["password"])

        assert not as_alice.get("/").wsgi_request.user.is_authenticated
        assert not Session.objects.filter(user=alice).exists()


class TestOriginOf:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.77", "192.0.2.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
            ("", ""),
            ("nonsense", ""),
        ],
    )
    def test_tells_browser_address_and_network(self, rf, address, network):
        request = rf.get("/", REMOTE_ADDR=address, headers={"User-Agent": "x" * 999})

        origin = origin_of(request)

        assert origin["network"] == network
        assert origin["ip"] == (address if network else "")
        assert origin["browser"] == "x" * 300


@pytest.mark.django_db
class TestIsFresh:
    def request_of(self, rf, client):
        request = rf.get("/")
        request.session = client.session
        request.user = get_user(request)
        return request

    def test_is_true_after_logging_in(self, rf, client, alice, log_in_as):
        log_in_as(client, alice)

        assert is_fresh(self.request_of(rf, client))

    def test_is_false_without_a_proof(self, rf, as_alice):
        assert not is_fresh(self.request_of(rf, as_alice))

    def test_is_false_when_the_proof_is_old(self, rf, client, alice, log_in_as):
        log_in_as(client, alice)
        session = client.session
        session["account_authentication_methods"][0]["at"] -= 301
        session.save()

        assert not is_fresh(self.request_of(rf, client))


@pytest.mark.django_db
class TestSeenTrigger:
    @pytest.fixture(autouse=True)
    def _long_gone(self, as_alice):
        self.long_ago = timezone.now() - timedelta(days=3)
        Session.objects.update(last_seen_at=self.long_ago)
        User.objects.update(last_seen_at=self.long_ago)

    def test_moves_the_member_with_the_session(self, alice):
        now = timezone.now()

        Session.objects.update(last_seen_at=now)

        alice.refresh_from_db()
        assert alice.last_seen_at == now

    @pytest.mark.parametrize(
        ("seconds", "is_moved"), [(-3600, False), (59, False), (60, True)]
    )
    def test_moves_the_member_forward_and_once_a_minute(self, alice, seconds, is_moved):
        later = self.long_ago + timedelta(seconds=seconds)

        Session.objects.update(last_seen_at=later)

        alice.refresh_from_db()
        assert (alice.last_seen_at == later) == is_moved

    def test_leaves_others_alone(self, bob):
        User.objects.update(last_seen_at=self.long_ago)

        Session.objects.update(last_seen_at=timezone.now())

        bob.refresh_from_db()
        assert bob.last_seen_at == self.long_ago

    def test_counts_a_new_session(self, alice):
        Session.objects.create(
            session_key="new", user=alice, expire_date=timezone.now()
        )

        alice.refresh_from_db()
        assert alice.last_seen_at > self.long_ago


@pytest.mark.django_db
class TestDescribeSession:
    def test_never_holds_the_key(self, rf, as_alice):
        request = rf.get("/")
        request.session = as_alice.session

        browser = describe_session(session_of(as_alice), request)

        assert browser.is_this
        assert as_alice.session.session_key not in str(browser)
