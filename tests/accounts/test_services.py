from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import roles, services
from accounts.models import User
from tests.factories import UserFactory


def role_of(user):
    return user.groups.get().name


@pytest.mark.django_db
class TestAssignRole:
    def test_replaces_the_role_that_was(self, alice):
        services.assign_role(user=alice, role=roles.MODERATOR)

        assert role_of(alice) == roles.MODERATOR

    def test_opens_the_admin_to_staff_and_closes_it_again(self, alice):
        services.assign_role(user=alice, role=roles.ADMINISTRATOR)
        assert User.objects.get(pk=alice.pk).is_staff

        services.assign_role(user=alice, role=roles.USER)
        assert not User.objects.get(pk=alice.pk).is_staff

    def test_knows_no_other_roles(self, alice):
        with pytest.raises(Group.DoesNotExist):
            services.assign_role(user=alice, role="Emperor")

        assert role_of(alice) == roles.USER


@pytest.mark.django_db
class TestNewMember:
    def test_is_a_user(self):
        assert role_of(User.objects.create_user("new", "new@example.com")) == roles.USER

    def test_is_an_administrator_when_made_as_superuser(self):
        root = User.objects.create_superuser("chief", "chief@example.com")

        assert role_of(root) == roles.ADMINISTRATOR
        assert root.is_staff
        assert root.is_confirmed
        assert root.emailaddress_set.get().verified

    def test_needs_no_address_when_made_as_superuser(self):
        root = User.objects.create_superuser("chief")

        assert root.is_confirmed


@pytest.mark.django_db
class TestConfirmUser:
    def test_notes_the_moment_once(self, newcomer):
        services.confirm_user(user=newcomer, email=newcomer.email)
        first = newcomer.confirmed_at
        services.confirm_user(user=newcomer, email=newcomer.email)

        newcomer.refresh_from_db()
        assert newcomer.confirmed_at == first
        assert role_of(newcomer) == roles.USER

    def test_makes_the_owner_of_the_administrator_s_address_one(
        self, newcomer, settings
    ):
        settings.FLASKY_ADMIN = ["boss@example.com", "Newcomer@Example.com"]

        services.confirm_user(user=newcomer, email="newcomer@example.com")

        assert role_of(newcomer) == roles.ADMINISTRATOR

    def test_makes_nobody_one_who_has_only_claimed_the_address(self, settings):
        settings.FLASKY_ADMIN = ["boss@example.com"]

        claimant = UserFactory(email="boss@example.com", unconfirmed=True)

        assert role_of(claimant) == roles.USER


@pytest.mark.django_db
class TestNoteSeen:
    def test_moves_the_moment_in_one_query(self, alice, django_assert_num_queries):
        alice.last_seen_at = timezone.now() - timedelta(hours=1)
        alice.save()

        with django_assert_num_queries(1):
            services.note_seen(user=alice)

        alice.refresh_from_db()
        assert timezone.now() - alice.last_seen_at < timedelta(seconds=30)

    def test_leaves_a_later_moment_that_somebody_noted_meanwhile(self, alice):
        stale = User.objects.get(pk=alice.pk)
        stale.last_seen_at = timezone.now() - timedelta(hours=1)
        before = User.objects.get(pk=alice.pk).last_seen_at

        services.note_seen(user=stale)

        alice.refresh_from_db()
        assert alice.last_seen_at == before

    def test_does_nothing_within_a_minute(self, alice, django_assert_num_queries):
        with django_assert_num_queries(0):
            services.note_seen(user=alice)
