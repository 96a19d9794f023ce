from datetime import timedelta

import pytest
from allauth.core.context import request_context
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import roles, services
from accounts.exceptions import (
    AboveYourself,
    LastAdministrator,
    NotYourself,
    SuspensionOver,
)
from accounts.models import Decision, Session, User
from accounts.services import Ruling
from mail.models import OutgoingMail
from tests.factories import UserFactory


@pytest.fixture
def ruling(moderator):
    return Ruling(actor=moderator, reason="Spam.")


@pytest.fixture
def high_ruling(administrator):
    return Ruling(actor=administrator, reason="It is time.")


def suspend(ruling, *members, until=None):
    return services.suspend_members(ruling=ruling, members=members, until=until)


@pytest.mark.django_db
class TestSuspendMembers:
    def test_keeps_them_out_for_good(self, ruling, bob):
        suspend(ruling, bob)

        bob.refresh_from_db()
        assert bob.is_suspended
        assert bob.suspension_reason == "Spam."

    def test_ends_by_itself(self, ruling, bob):
        suspend(ruling, bob, until=timezone.now() + timedelta(days=1))
        assert bob in User.objects.suspended()

        User.objects.filter(pk=bob.pk).update(suspended_until=timezone.now())

        bob.refresh_from_db()
        assert not bob.is_suspended
        assert bob not in User.objects.suspended()

    def test_takes_every_right_away(self, ruling, bob):
        suspend(ruling, bob)

        assert not User.objects.get(pk=bob.pk).has_perm("blog.add_post")

    def test_records_each_and_what_was_before(self, ruling, alice, bob):
        until = timezone.now() + timedelta(days=1)
        suspend(ruling, bob, until=until)

        decisions = suspend(ruling, alice, bob)

        assert [decision.before["suspended"] for decision in decisions] == [False, True]
        assert decisions[1].before["until"] == until.isoformat()

    def test_does_nothing_the_second_time(self, ruling, bob):
        suspend(ruling, bob)

        assert suspend(ruling, bob) == []
        assert Decision.objects.count() == 1

    def test_refuses_an_end_that_is_over(self, ruling, bob):
        with pytest.raises(SuspensionOver):
            suspend(ruling, bob, until=timezone.now())

    def test_refuses_all_when_one_stands_higher(self, ruling, bob, administrator):
        with pytest.raises(AboveYourself):
            suspend(ruling, bob, administrator)

        assert not User.objects.suspended().exists()
        assert not Decision.objects.exists()

    def test_refuses_oneself(self, ruling, moderator):
        with pytest.raises(NotYourself):
            suspend(ruling, moderator)

    def test_refuses_who_is_no_moderator_any_more(self, ruling, moderator, bob):
        services.assign_role(user=moderator, role=roles.USER)

        with pytest.raises(PermissionDenied):
            suspend(ruling, bob)

    def test_keeps_the_last_administrator(self, administrator):
        with pytest.raises(LastAdministrator):
            suspend(Ruling(actor=None, reason=""), administrator)

    def test_counts_no_suspended_administrator_as_one(self, high_ruling, administrator):
        suspend(high_ruling, UserFactory(role=roles.ADMINISTRATOR))

        with pytest.raises(LastAdministrator):
            services.change_roles(
                ruling=high_ruling, members=[administrator], role=roles.USER
            )

    def test_costs_the_same_and_one_statement_each(
        self, ruling, django_assert_max_num_queries
    ):
        members = UserFactory.create_batch(30)

        with django_assert_max_num_queries(20 + 30):
            suspend(ruling, *members)


@pytest.mark.django_db
class TestLiftSuspensions:
    def test_lets_them_in_again(self, ruling, bob):
        suspend(ruling, bob)

        services.lift_suspensions(ruling=ruling, members=[bob])

        bob.refresh_from_db()
        assert not bob.is_suspended
        assert bob.suspension_reason == ""

    def test_does_nothing_for_who_is_in(self, ruling, bob):
        assert services.lift_suspensions(ruling=ruling, members=[bob]) == []


@pytest.mark.django_db
class TestConfirmMembers:
    def test_takes_the_address_for_theirs(self, high_ruling, newcomer):
        services.confirm_members(ruling=high_ruling, members=[newcomer])

        newcomer.refresh_from_db()
        assert newcomer.is_confirmed
        assert newcomer.emailaddress_set.get().verified

    def test_is_for_administrators_alone(self, ruling, newcomer):
        with pytest.raises(PermissionDenied):
            services.confirm_members(ruling=ruling, members=[newcomer])


@pytest.mark.django_db
class TestUnconfirmMembers:
    def test_has_them_prove_it_again(self, ruling, bob):
        services.unconfirm_members(ruling=ruling, members=[bob])

        bob.refresh_from_db()
        assert not bob.is_confirmed
        assert bob.unconfirmed_at is not None
        assert not bob.emailaddress_set.get().verified


@pytest.mark.django_db
class TestResendConfirmations:
    def test_sends_a_link_to_who_has_none(self, ruling, bob, newcomer, rf):
        with request_context(rf.get("/")):
            decisions = services.resend_confirmations(
                ruling=ruling, members=[bob, newcomer]
            )

        assert [decision.member for decision in decisions] == [newcomer]
        assert OutgoingMail.objects.get().recipients == newcomer.email


@pytest.mark.django_db
class TestChangeRoles:
    def test_gives_the_role(self, high_ruling, bob):
        services.change_roles(ruling=high_ruling, members=[bob], role=roles.MODERATOR)

        assert User.objects.with_role().get(pk=bob.pk).role == roles.MODERATOR
        assert Decision.objects.get().before == {"role": roles.USER}

    def test_is_for_administrators_alone(self, ruling, bob):
        with pytest.raises(PermissionDenied):
            services.change_roles(ruling=ruling, members=[bob], role=roles.MODERATOR)

    def test_keeps_the_last_administrator(self, high_ruling, administrator):
        with pytest.raises(LastAdministrator):
            services.change_roles(
                ruling=high_ruling, members=[administrator], role=roles.USER
            )


@pytest.mark.django_db
class TestSignOutMembers:
    def test_ends_every_session(self, ruling, as_bob, bob):
        services.sign_out_members(ruling=ruling, members=[bob])

        assert not Session.objects.filter(user=bob).exists()
        assert Decision.objects.get().before == {"sessions": 1}
