import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts import roles, services
from accounts.exceptions import AboveYourself, LastAdministrator
from accounts.models import Decision, ReservedUsername, Session, User
from tests.clients import is_logged_in
from tests.factories import FollowFactory, PostFactory, UserFactory
from tests.threads import at_once


def close(actor, member):
    services.close_account(actor=actor, member=member)


def is_closed(member):
    return not User.objects.get(pk=member.pk).is_active


@pytest.mark.django_db
class TestCloseAccount:
    def test_signs_the_member_out_everywhere_and_keeps_them_out(
        self, as_alice, alice, log_in_as
    ):
        log_in_as(Client(), alice)

        close(None, alice)

        assert not Session.objects.filter(user=alice).exists()
        assert as_alice.get("/edit-profile/").status_code == 302
        assert not is_logged_in(log_in_as(Client(), alice))

    @pytest.mark.parametrize("by", ["administrator", "operator"])
    def test_writes_once_who_did_it(self, administrator, alice, by):
        actor = administrator if by == "administrator" else None

        for _twice in range(2):
            close(actor, alice)

        decision = Decision.objects.get()
        assert (decision.actor, decision.member) == (actor, alice)
        assert decision.before == {"is_active": True}

    def test_leaves_other_members_alone(self, as_bob, administrator, alice):
        close(administrator, alice)

        assert is_closed(alice)
        assert as_bob.get("/edit-profile/").status_code == 200

    def test_twice_is_once(self, administrator, alice):
        close(administrator, alice)
        close(administrator, alice)

        assert is_closed(alice)

    @pytest.mark.parametrize("actor", ["bob", "moderator"])
    def test_refuses_who_is_no_administrator(self, actor, alice, request):
        with pytest.raises(PermissionDenied):
            close(request.getfixturevalue(actor), alice)

        assert not is_closed(alice)

    def test_refuses_whose_own_account_was_closed_a_moment_ago(
        self, administrator, alice
    ):
        other = UserFactory(role=roles.ADMINISTRATOR)
        close(other, administrator)

        with pytest.raises(PermissionDenied):
            close(administrator, other)

        assert not is_closed(other)

    def test_lets_nobody_act_on_somebody_above_them(
        self, moderator, administrator, monkeypatch
    ):
        extended = roles.ROLE_PERMISSIONS[roles.MODERATOR] | {"accounts.administer"}
        monkeypatch.setitem(roles.ROLE_PERMISSIONS, roles.MODERATOR, extended)
        services.repair_roles()
        UserFactory(role=roles.ADMINISTRATOR)

        with pytest.raises(AboveYourself):
            close(moderator, administrator)

        assert not is_closed(administrator)

    def test_keeps_the_last_administrator_from_the_operator_too(
        self, as_administrator, administrator
    ):
        UserFactory(role=roles.ADMINISTRATOR, is_active=False)
        UserFactory(role=roles.ADMINISTRATOR, unconfirmed=True)

        with pytest.raises(LastAdministrator):
            close(None, administrator)

        assert not is_closed(administrator)
        assert as_administrator.get("/edit-profile/").status_code == 200

    def test_lets_one_of_two_administrators_go(self, administrator):
        UserFactory(role=roles.ADMINISTRATOR)

        close(None, administrator)

        assert is_closed(administrator)


@pytest.mark.side_by_side
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_leaves_one_of_two_administrators_who_close_each_other(self):
        ada, ben = UserFactory.create_batch(2, role=roles.ADMINISTRATOR)

        outcomes = at_once(lambda: close(ada, ben), lambda: close(ben, ada))

        assert {type(outcome) for outcome in outcomes} == {type(None), PermissionDenied}
        assert User.objects.administrators().count() == 1

    def test_leaves_one_of_two_administrators_whom_the_operator_closes(self):
        ada, ben = UserFactory.create_batch(2, role=roles.ADMINISTRATOR)

        outcomes = at_once(lambda: close(None, ben), lambda: close(None, ada))

        assert {type(outcome) for outcome in outcomes} == {
            type(None),
            LastAdministrator,
        }
        assert User.objects.administrators().count() == 1


@pytest.mark.django_db
class TestRemoveAccount:
    def test_frees_names_and_address_and_deletes_the_files(
        self, alice, django_capture_on_commit_callbacks
    ):
        services.rename_user(user=alice, username="alicia")
        User.objects.filter(pk=alice.pk).update(avatar="a" * 32)
        file = default_storage.save(
            f"avatars/{alice.pk}/{'a' * 32}-64.webp", ContentFile(b"x")
        )
        close(None, alice)

        with django_capture_on_commit_callbacks(execute=True):
            assert services.remove_account(member=alice)

        assert not default_storage.exists(file)
        assert not ReservedUsername.objects.exists()
        UserFactory(username="alice", email="alice@example.com")
        UserFactory(username="alicia")

    @pytest.mark.parametrize("leave", ["post", "follower"])
    def test_waits_for_what_was_left_at_the_last_moment(self, alice, leave):
        close(None, alice)
        if leave == "post":
            PostFactory(author=alice)
        else:
            FollowFactory(followed=alice)

        assert not services.remove_account(member=alice)

        assert is_closed(alice)

    def test_leaves_who_is_back_alone(self, alice):
        assert services.remove_account(member=alice)

        assert User.objects.filter(pk=alice.pk).exists()

    def test_twice_is_once(self, alice):
        close(None, alice)

        assert services.remove_account(member=alice)
        assert services.remove_account(member=alice)
