import pytest

from accounts import roles, services
from accounts.models import Decision, User
from tests.factories import UserFactory


def role_of(user):
    return user.groups.get().name


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

    def test_writes_once_that_the_settings_made_an_administrator(
        self, newcomer, settings
    ):
        settings.FLASKY_ADMIN = ["newcomer@example.com"]

        for _twice in range(2):
            services.confirm_user(user=newcomer, email="newcomer@example.com")

        decision = Decision.objects.get()
        assert (decision.kind, decision.actor) == (Decision.Kind.CHANGE_ROLE, None)
        assert decision.before == {"role": roles.USER}

    def test_makes_nobody_one_who_has_only_claimed_the_address(self, settings):
        settings.FLASKY_ADMIN = ["boss@example.com"]

        claimant = UserFactory(email="boss@example.com", unconfirmed=True)

        assert role_of(claimant) == roles.USER
