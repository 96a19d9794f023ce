from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services
from accounts.exceptions import UsernameTaken
from accounts.models import ReservedUsername, User


def reserved_names():
    return {row.username: row.user for row in ReservedUsername.objects.all()}


def let_holds_expire():
    ReservedUsername.objects.update(held_until=timezone.now())


@pytest.mark.django_db
class TestRenameUser:
    def test_keeps_the_former_name_back_for_its_owner(self, alice):
        services.rename_user(user=alice, username="alicia")

        alice.refresh_from_db()
        assert alice.username == "alicia"
        assert reserved_names() == {"alice": alice}

    def test_lets_the_owner_take_a_former_name_back(self, alice):
        services.rename_user(user=alice, username="alicia")
        services.rename_user(user=alice, username="Alice")

        assert reserved_names() == {"alicia": alice}

    def test_keeps_back_every_former_name(self, alice):
        services.rename_user(user=alice, username="alicia")
        services.rename_user(user=alice, username="alina")

        assert reserved_names() == {"alice": alice, "alicia": alice}

    def test_keeps_nothing_back_when_only_the_case_changes(self, alice):
        services.rename_user(user=alice, username="Alice")

        alice.refresh_from_db()
        assert alice.username == "Alice"
        assert reserved_names() == {}

    def test_refuses_the_name_of_another_member_in_any_case(self, alice, bob):
        with pytest.raises(UsernameTaken):
            services.rename_user(user=bob, username="ALICE")

        assert User.objects.get(pk=bob.pk).username == "bob"

    def test_refuses_the_former_name_of_another_member_in_any_case(self, alice, bob):
        services.rename_user(user=alice, username="alicia")

        with pytest.raises(UsernameTaken):
            services.rename_user(user=bob, username="ALICE")

        assert User.objects.get(pk=bob.pk).username == "bob"

    def test_takes_a_name_whose_hold_has_expired(self, alice):
        services.hold_username(username="Alicia")
        let_holds_expire()

        services.rename_user(user=alice, username="alicia")

        assert reserved_names() == {"alice": alice}


@pytest.mark.django_db
class TestHoldUsername:
    def test_keeps_a_name_back_for_nobody_and_for_a_while(self, alice):
        services.hold_username(username="nora")

        held = ReservedUsername.objects.get()
        assert held.user is None
        assert held.held_until < timezone.now() + timedelta(days=7)
        assert held.held_until > timezone.now() + timedelta(days=6)
        with pytest.raises(UsernameTaken):
            services.rename_user(user=alice, username="Nora")

    def test_refuses_a_name_that_is_held_or_borne(self, alice):
        services.hold_username(username="nora")

        for username in ("NORA", "Alice"):
            with pytest.raises(UsernameTaken):
                services.hold_username(username=username)

        assert reserved_names() == {"nora": None}

    def test_begins_anew_when_an_earlier_hold_has_expired(self):
        services.hold_username(username="nora")
        let_holds_expire()

        services.hold_username(username="Nora")

        assert list(reserved_names()) == ["Nora"]

    def test_refuses_a_former_name(self, alice):
        services.rename_user(user=alice, username="alicia")

        with pytest.raises(UsernameTaken):
            services.hold_username(username="alice")


@pytest.mark.django_db
class TestPurgeExpiredHolds:
    def test_forgets_what_is_held_no_longer_and_nothing_else(self, alice):
        services.hold_username(username="nora")
        let_holds_expire()
        services.hold_username(username="olga")
        services.rename_user(user=alice, username="alicia")

        assert services.purge_expired_holds() == 1

        assert reserved_names() == {"olga": None, "alice": alice}


@pytest.mark.django_db
class TestReservedUsername:
    def test_is_unique_in_any_case(self, alice):
        ReservedUsername.objects.create(username="old", user=alice)

        with pytest.raises(IntegrityError), transaction.atomic():
            ReservedUsername.objects.create(username="OLD", user=alice)

    def test_is_free_again_when_its_owner_is_gone(self, alice):
        services.rename_user(user=alice, username="alicia")

        alice.delete()

        assert reserved_names() == {}
