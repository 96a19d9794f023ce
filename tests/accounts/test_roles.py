import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts import roles
from accounts.models import User

PERMISSIONS = [
    "social.add_follow",
    "blog.add_comment",
    "blog.add_post",
    "blog.moderate",
    "accounts.administer",
]


@pytest.mark.django_db
class TestRolePermissions:
    @pytest.mark.parametrize(
        ("person", "count"),
        [("alice", 3), ("moderator", 4), ("administrator", 5), ("newcomer", 0)],
    )
    def test_give_each_role_its_row_of_the_table(self, request, person, count):
        user = User.objects.get(pk=request.getfixturevalue(person).pk)

        assert [user.has_perm(name) for name in PERMISSIONS] == [
            position < count for position in range(5)
        ]

    def test_give_strangers_nothing(self):
        assert not any(AnonymousUser().has_perm(name) for name in PERMISSIONS)

    def test_are_repaired_by_migrating(self):
        group = Group.objects.get(name=roles.USER)
        group.permissions.set(Permission.objects.all()[:20])
        Group.objects.get(name=roles.MODERATOR).delete()

        call_command("migrate", verbosity=0)

        for role, names in roles.ROLE_PERMISSIONS.items():
            held = Group.objects.get(name=role).permissions.all()
            assert {f"{p.content_type.app_label}.{p.codename}" for p in held} == names

    def test_do_not_grow_by_a_permission_of_a_single_member(self, alice):
        alice.user_permissions.add(Permission.objects.get(codename="administer"))

        assert not User.objects.get(pk=alice.pk).has_perm("accounts.administer")


@pytest.mark.django_db
class TestMembership:
    def test_of_a_second_role_is_refused_by_the_database(self, alice):
        membership = User.groups.through(
            user=alice, group=Group.objects.get(name=roles.MODERATOR)
        )

        with pytest.raises(IntegrityError), transaction.atomic():
            membership.save()
