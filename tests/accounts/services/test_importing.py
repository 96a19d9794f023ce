import pytest
from allauth.account.models import EmailAddress

from accounts import roles, services
from accounts.models import User


def new(username):
    return User(username=username, email=f"{username}@Example.com")


@pytest.mark.django_db
class TestImportUsers:
    def test_gives_each_the_role_and_a_proven_address(self):
        services.import_users(users=[new("nora"), new("kit")], role=roles.MODERATOR)

        members = User.objects.with_role().order_by("id")
        assert [(user.username, user.role) for user in members] == [
            ("nora", roles.MODERATOR),
            ("kit", roles.MODERATOR),
        ]
        assert all(user.is_staff and user.gravatar_hash for user in members)
        proven = EmailAddress.objects.filter(verified=True, primary=True)
        assert set(proven.values_list("user__username", "email")) == {
            ("nora", "nora@example.com"),
            ("kit", "kit@example.com"),
        }

    def test_makes_nobody_an_administrator_by_their_address(self, settings):
        settings.FLASKY_ADMIN = ["nora@example.com"]

        services.import_users(users=[new("nora")], role=roles.USER)

        assert User.objects.with_role().get().role == roles.USER

    def test_costs_as_much_for_many_as_for_one(self, django_assert_max_num_queries):
        users = [new(f"member{number}") for number in range(30)]

        with django_assert_max_num_queries(6):
            services.import_users(users=users, role=roles.USER)
