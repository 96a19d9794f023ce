import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories import UserFactory


@pytest.mark.django_db
class TestUser:
    @pytest.mark.parametrize(
        "clash",
        [
            {"username": "ALICE", "email": "other@example.com"},
            {"username": "other", "email": "Alice@Example.com"},
        ],
    )
    def test_is_unique_by_name_and_by_address_in_any_case(self, alice, clash):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(**clash)

    def test_keeps_its_name_as_it_was_typed(self):
        assert UserFactory(username="McAlice").username == "McAlice"

    def test_never_writes_back_counts_that_it_read_before(self, alice):
        stale = User.objects.get(pk=alice.pk)
        User.objects.filter(pk=alice.pk).update(post_count=7)

        stale.name = "Alice"
        stale.save()

        alice.refresh_from_db()
        assert (alice.name, alice.post_count) == ("Alice", 7)

    def test_saves_what_was_loaded_and_nothing_that_was_deferred(self, alice):
        partial = User.objects.only("username").get(pk=alice.pk)
        User.objects.filter(pk=alice.pk).update(name="Alice")

        partial.save()

        alice.refresh_from_db()
        assert alice.name == "Alice"

    def test_is_called_by_name_or_else_by_username(self):
        assert User(username="al", name="Al B").display_name == "Al B"
        assert User(username="al").display_name == "al"
