import pytest
from django.contrib.auth.models import Group

from accounts import roles, services
from accounts.models import User


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

    def test_leaves_nobody_a_superuser_below_administrator(self):
        chief = User.objects.create_superuser("chief", "chief@example.com")

        services.assign_role(user=chief, role=roles.ADMINISTRATOR)
        assert User.objects.get(pk=chief.pk).is_superuser

        services.assign_role(user=chief, role=roles.MODERATOR)
        assert not User.objects.get(pk=chief.pk).has_perm("accounts.administer")

    def test_makes_nobody_a_superuser(self, alice):
        services.assign_role(user=alice, role=roles.ADMINISTRATOR)

        assert not User.objects.get(pk=alice.pk).is_superuser

    def test_knows_no_other_roles(self, alice):
        with pytest.raises(Group.DoesNotExist):
            services.assign_role(user=alice, role="Emperor")

        assert role_of(alice) == roles.USER
