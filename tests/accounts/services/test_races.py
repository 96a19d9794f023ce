from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import roles, services
from accounts.exceptions import AddressTaken, UsernameTaken
from accounts.models import ReservedUsername, Session, User
from accounts.services import Ruling
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.links import link_in
from tests.threads import at_once, wait_until_somebody_waits

pytestmark = [pytest.mark.side_by_side, pytest.mark.django_db(transaction=True)]


def register(username, email):
    answers = {"password1": PASSWORD, "password2": PASSWORD}
    response = Client().post(
        "/auth/register/", {"email": email, "username": username, **answers}
    )
    return response.status_code


def rename_bob(bob):
    services.rename_user(user=bob, username="alice")


@transaction.atomic
def register_alice(bob):
    """Write as a registration does whose form was checked a while ago."""
    newcomer = User.objects.create_user("Alice", "other@example.com")
    services.refuse_reserved_username(user=newcomer)


class TestRegistrations:
    def test_of_one_name_at_once_end_in_one_member_and_a_sentence(self):
        statuses = at_once(
            lambda: register("nora", "nora@example.com"),
            lambda: register("NORA", "other@example.com"),
        )

        assert sorted(statuses) == [302, 422]
        assert User.objects.count() == 1

    def test_of_one_name_for_taken_addresses_at_once_keep_it_back_once(self):
        UserFactory(username="alice")
        UserFactory(username="bob")

        statuses = at_once(
            lambda: register("nora", "alice@example.com"),
            lambda: register("NORA", "bob@example.com"),
        )

        assert sorted(statuses) == [302, 422]
        assert ReservedUsername.objects.count() == 1


class TestRenames:
    @pytest.mark.parametrize("want", [rename_bob, register_alice])
    def test_keep_the_name_from_who_wants_it_before_they_are_committed(self, want):
        alice, bob = UserFactory(username="alice"), UserFactory(username="bob")
        is_written = Event()

        def rename_slowly():
            with transaction.atomic():
                services.rename_user(user=alice, username="alicia")
                is_written.set()
                wait_until_somebody_waits()

        def want_it_meanwhile():
            is_written.wait()
            return want(bob)

        outcomes = at_once(rename_slowly, want_it_meanwhile)

        assert outcomes[0] is None
        assert isinstance(outcomes[1], UsernameTaken)
        assert ReservedUsername.objects.get().user == alice
        assert not User.objects.named("alice").exists()

    def test_to_one_name_at_once_end_with_one_bearer(self):
        alice, bob = UserFactory(username="alice"), UserFactory(username="bob")

        outcomes = at_once(
            lambda: services.rename_user(user=alice, username="nora"),
            lambda: services.rename_user(user=bob, username="Nora"),
        )

        assert [type(outcome) for outcome in outcomes].count(UsernameTaken) == 1
        assert User.objects.named("nora").count() == 1


class TestPurgeUnconfirmedUsers:
    def test_passes_by_who_confirms_at_that_moment(self):
        joined = timezone.now() - timedelta(days=8)
        nora = UserFactory(unconfirmed=True, date_joined=joined)

        with transaction.atomic():
            services.confirm_user(user=nora, email=nora.email)
            assert at_once(services.purge_unconfirmed_users) == [0]

        assert User.objects.get() == nora


class TestProposals:
    def test_of_one_address_at_once_end_in_one_link_that_works(self, mailoutbox):
        alice = UserFactory(username="alice")
        tabs = [Client(), Client()]
        for tab in tabs:
            tab.post("/auth/login/", {"login": "alice", "password": PASSWORD})
        form = {"action_add": "", "email": "new@example.org"}

        statuses = at_once(
            *(
                lambda tab=tab: tab.post("/auth/change-email/", form).status_code
                for tab in tabs
            )
        )

        assert set(statuses) <= {302, 422}
        assert len(mailoutbox) == 1
        tabs[0].post(link_in(mailoutbox[0], "/auth/confirm/"))
        alice.refresh_from_db()
        assert alice.email == "new@example.org"

    def test_of_two_addresses_at_once_leave_one(self):
        alice = UserFactory(username="alice")
        is_written = Event()

        def propose_slowly():
            with transaction.atomic():
                services.propose_address(user=alice, email="new@example.org")
                is_written.set()
                wait_until_somebody_waits()

        def propose_meanwhile():
            is_written.wait()
            services.propose_address(user=alice, email="newer@example.org")

        assert at_once(propose_slowly, propose_meanwhile) == [None, None]
        proposed = alice.emailaddress_set.get(verified=False)
        assert proposed.email == "newer@example.org"

    def test_of_what_became_their_own_at_that_moment_are_refused(self):
        alice = UserFactory(username="alice")
        User.objects.update(email="new@example.org")

        with pytest.raises(AddressTaken):
            services.propose_address(user=alice, email="new@example.org")


class TestPasswordChanges:
    def test_at_once_end_in_the_one_that_was_said_to_be_saved(self):
        alice = UserFactory(username="alice")
        passwords = ["a new battery staple", "another battery staple"]
        tabs = [Client(), Client()]
        for tab in tabs:
            tab.force_login(alice)

        statuses = at_once(
            *(
                lambda tab=tab, new=new: (
                    tab.post(
                        "/auth/change-password/",
                        {"oldpassword": PASSWORD, "password1": new, "password2": new},
                    ).status_code
                )
                for tab, new in zip(tabs, passwords, strict=True)
            )
        )

        assert statuses.count(302) == 1
        alice.refresh_from_db()
        assert alice.check_password(passwords[statuses.index(302)])


class TestLinks:
    """Each opened in two windows, and the buttons pressed at the same moment."""

    @pytest.fixture
    def alice(self):
        return UserFactory(username="alice")

    def test_to_a_new_password_work_once(self, alice, mailoutbox):
        Client().post("/auth/reset/", {"email": alice.email})
        link = link_in(mailoutbox[0], "/auth/reset/")
        passwords = ["a new battery staple", "another battery staple"]
        tabs = [Client(), Client()]
        forms = [tab.get(link).url for tab in tabs]

        statuses = at_once(
            *(
                lambda tab=tab, form=form, new=new: (
                    tab.post(form, {"password1": new, "password2": new}).status_code
                )
                for tab, form, new in zip(tabs, forms, passwords, strict=True)
            )
        )

        assert sorted(statuses) == [302, 404]
        alice.refresh_from_db()
        assert alice.check_password(passwords[statuses.index(302)])

    def test_to_a_new_address_work_once_and_tell_the_old_one_once(
        self, alice, mailoutbox
    ):
        tab = Client()
        tab.post("/auth/login/", {"login": "alice", "password": PASSWORD})
        tab.post("/auth/change-email/", {"action_add": "", "email": "n@example.org"})
        link = link_in(mailoutbox[0], "/auth/confirm/")

        statuses = at_once(*[lambda: Client().post(link).status_code] * 2)

        assert sorted(statuses) == [302, 404]
        assert [mail.to for mail in mailoutbox[1:]] == [["alice@example.com"]]


class TestEditMember:
    @pytest.fixture
    def two(self):
        return UserFactory.create_batch(2, role=roles.ADMINISTRATOR)

    def demote(self, actor, member):
        return lambda: services.edit_member(
            actor=actor, member=member, wanted={"role": roles.USER}, seen={}
        )

    def test_leaves_one_of_two_who_demote_each_other(self, two):
        ada, ben = two

        outcomes = at_once(self.demote(ada, ben), self.demote(ben, ada))

        kinds = sorted(type(outcome).__name__ for outcome in outcomes)
        assert kinds == ["PermissionDenied", "set"]
        assert User.objects.administrators().count() == 1

    def test_leaves_one_of_two_who_demote_themselves(self, two):
        outcomes = at_once(*(self.demote(person, person) for person in two))

        kinds = sorted(type(outcome).__name__ for outcome in outcomes)
        assert kinds == ["LastAdministrator", "set"]
        assert User.objects.administrators().count() == 1

    def test_gives_an_address_to_one_of_two(self, two):
        wanted = {"email": "x@example.org"}

        outcomes = at_once(
            *(
                lambda member=member: services.edit_member(
                    actor=two[0], member=member, wanted=wanted, seen={}
                )
                for member in two
            )
        )

        assert [type(outcome) for outcome in outcomes].count(AddressTaken) == 1
        assert User.objects.filter(**wanted).count() == 1


class TestSignOutMembers:
    def test_waits_for_a_session_that_is_just_used(self, alice, as_alice, moderator):
        def sign_out():
            try:
                ruling = Ruling(actor=moderator, reason="Spam.")
                return services.sign_out_members(ruling=ruling, members=[alice])
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                sessions = Session.objects.filter(user=alice)
                list(sessions.select_for_update())
                outcome = pool.submit(sign_out)
                wait_until_somebody_waits()
                # A trigger moves the member's last use too.
                sessions.update(last_seen_at=timezone.now() + timedelta(minutes=5))
            assert len(outcome.exception() or outcome.result()) == 1

        assert not Session.objects.exists()
