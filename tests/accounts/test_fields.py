import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.gravatar import hash_address
from accounts.models import User
from tests.factories import UserFactory

NEW = "new@example.org"


@pytest.mark.django_db
class TestAddressHashField:
    def stored(self, user):
        return User.objects.values_list("gravatar_hash", flat=True).get(pk=user.pk)

    def test_is_there_from_the_beginning(self, alice):
        assert self.stored(alice) == hash_address("alice@example.com")

    def test_follows_a_save_of_everything(self, alice):
        alice.email = NEW

        alice.save()

        assert self.stored(alice) == hash_address(NEW)

    def test_follows_a_save_of_the_address_alone(self, alice):
        alice.email = NEW

        alice.save(update_fields=["email"])

        assert self.stored(alice) == hash_address(NEW)
        assert alice.gravatar_hash == hash_address(NEW)

    def test_follows_allauth(self, alice):
        address = EmailAddress.objects.create(user=alice, email=NEW, verified=True)

        address.set_as_primary()

        assert self.stored(alice) == hash_address(NEW)

    def test_follows_a_bulk_insert(self):
        User.objects.bulk_create([User(username="new", email=NEW)])

        assert User.objects.get().gravatar_hash == hash_address(NEW)

    def test_is_forgotten_when_a_queryset_changes_addresses(self, alice):
        User.objects.update(email=NEW)

        assert self.stored(alice) == ""

    def test_is_forgotten_in_a_bulk_update_of_addresses(self, alice):
        alice.email = NEW

        User.objects.bulk_update([alice], ["email"])

        assert self.stored(alice) == ""

    def test_stays_when_something_else_is_saved(self, alice):
        User.objects.update(gravatar_hash="kept")

        alice.save(update_fields=["name"])
        User.objects.update(name="Alice")

        assert self.stored(alice) == "kept"


@pytest.mark.django_db
class TestLineField:
    def test_is_cleaned_by_whatever_way_it_is_saved(self, alice):
        made = UserFactory(name=" A\u202el ")
        User.objects.filter(pk=alice.pk).update(name="\u200bAlice\n")

        assert User.objects.get(pk=made.pk).name == "Al"
        assert User.objects.get(pk=alice.pk).name == "Alice"

    def test_refuses_control_characters_by_whatever_way(self, alice):
        with pytest.raises(ValidationError):
            User.objects.filter(pk=alice.pk).update(location="\x1b[2J")


@pytest.mark.django_db
class TestParagraphsField:
    def test_is_cleaned_by_whatever_way_it_is_saved(self):
        made = UserFactory(about_me="One\r\nTwo \r\n")

        assert User.objects.get(pk=made.pk).about_me == "One\nTwo"

    def test_is_measured_without_a_form_too(self):
        with pytest.raises(ValidationError):
            User(about_me="x" * 2001).clean_fields(
                exclude={"username", "email", "password", "last_login"}
            )
