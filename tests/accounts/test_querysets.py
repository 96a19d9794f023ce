import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from tests.factories import UserFactory


@pytest.mark.django_db
class TestVisibleTo:
    def test_shows_confirmed_members_to_strangers(self, alice):
        assert list(User.objects.visible_to(AnonymousUser())) == [alice]

    def test_hides_members_who_have_not_confirmed(self, newcomer):
        assert not User.objects.visible_to(AnonymousUser()).exists()

    def test_hides_members_who_are_gone(self, alice):
        UserFactory(is_active=False)

        assert list(User.objects.visible_to(alice)) == [alice]


@pytest.mark.django_db
class TestOwning:
    def test_finds_who_has_the_address_in_any_case(self, alice, newcomer):
        assert User.objects.owning("ALICE@example.com").get() == alice
        assert User.objects.owning(newcomer.email).get() == newcomer

    def test_finds_nobody_who_has_only_typed_it(self, alice):
        EmailAddress.objects.create(user=alice, email="typed@example.com")

        assert not User.objects.owning("typed@example.com").exists()


@pytest.mark.django_db
class TestNamed:
    def test_finds_a_name_in_any_case(self, alice):
        assert User.objects.named("aLiCe").get() == alice

    def test_takes_wildcards_literally(self, alice):
        assert not User.objects.named("al%").exists()
        assert not User.objects.named("al_ce").exists()
