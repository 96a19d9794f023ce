from datetime import timedelta
from random import Random

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import ReservedUsername
from social.fake.usernames import free_usernames
from tests.factories import UserFactory


def free(*wanted):
    return free_usernames(wanted, Random(1))


@pytest.mark.django_db
class TestFreeUsernames:
    def test_gives_what_is_wanted(self):
        assert free("nora", "kit") == ["nora", "kit"]

    def test_gives_nothing_for_nothing(self):
        assert free() == []

    def test_gives_no_name_twice(self):
        names = free(*["nora"] * 300)

        assert len(set(names)) == 300
        assert names[0] == "nora"
        assert all(name.startswith("nora") for name in names)

    def test_leaves_members_their_names_in_any_case(self):
        UserFactory(username="Nora")

        assert free("nora") != ["nora"]

    def test_leaves_reserved_names_alone(self):
        soon = timezone.now() + timedelta(days=1)
        ReservedUsername.objects.create(username="Nora", held_until=soon)

        assert free("nora") != ["nora"]
        assert free("admin") != ["admin"]

    def test_leaves_addresses_to_their_owners(self):
        alice = UserFactory(username="alice", email="nora@example.com")
        EmailAddress.objects.create(user=alice, email="kit@example.com")

        names = free("nora", "kit")

        assert not {"nora", "kit"} & set(names)

    def test_asks_once_about_all_of_them(self, django_assert_num_queries):
        with django_assert_num_queries(4):
            free(*(f"nora_{number}" for number in range(100)))
