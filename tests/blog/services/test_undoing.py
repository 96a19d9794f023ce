from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import roles
from accounts import services as accounts
from accounts.models import User
from accounts.services import Ruling
from blog import services
from tests.factories import CommentFactory, PostFactory

pytestmark = pytest.mark.django_db


def decide(service, actor, **what):
    return service(ruling=Ruling(actor=actor, reason="Spam."), **what)


def undo(actor, decisions):
    ruling = Ruling(actor=actor, reason="A mistake.", undoes=decisions)
    return services.undo_decisions(ruling=ruling, decisions=decisions)


class TestUndoDecisions:
    def test_leaves_a_suspension_that_took_the_place_of_the_first(
        self, moderator, administrator, bob
    ):
        until = timezone.now() + timedelta(days=7)
        about = {"members": [bob]}
        first = decide(accounts.suspend_members, moderator, until=until, **about)
        decide(accounts.suspend_members, administrator, until=None, **about)

        assert undo(moderator, first) == []

        bob.refresh_from_db()
        assert (bob.is_suspended, bob.suspended_until) == (True, None)

    def test_goes_back_to_the_suspension_before(self, moderator, bob):
        until = timezone.now() + timedelta(days=7)
        about = {"members": [bob]}
        decide(accounts.suspend_members, moderator, until=until, **about)
        second = decide(accounts.suspend_members, moderator, until=None, **about)

        undo(moderator, second)

        bob.refresh_from_db()
        assert bob.suspended_until == until

    @pytest.mark.parametrize(
        ("factory", "argument", "away", "back", "state"),
        [
            (PostFactory, "posts", "hide_posts", "restore_posts", "is_hidden"),
            (
                CommentFactory,
                "comments",
                "disable_comments",
                "enable_comments",
                "is_disabled",
            ),
        ],
    )
    def test_leaves_a_text_that_was_decided_about_since(
        self, factory, argument, away, back, state, moderator, administrator
    ):
        text, other = factory.create_batch(2)
        first = decide(getattr(services, away), moderator, **{argument: [text, other]})
        for name in (back, away):
            decide(getattr(services, name), administrator, **{argument: [text]})

        (undone,) = undo(moderator, first)

        text.refresh_from_db()
        assert getattr(text, state)
        assert undone.target_id == other.pk

    def test_leaves_a_role_that_was_given_since(self, administrator, bob):
        about = {"members": [bob]}
        first = decide(
            accounts.change_roles, administrator, role=roles.MODERATOR, **about
        )
        accounts.edit_member(
            actor=administrator,
            member=bob,
            wanted={"role": roles.ADMINISTRATOR},
            seen={"role": roles.MODERATOR},
        )

        assert undo(administrator, first) == []

        assert User.objects.with_role().get(pk=bob.pk).role == roles.ADMINISTRATOR

    def test_confirms_no_address_that_came_in_place_of_the_first(
        self, moderator, administrator, bob
    ):
        first = decide(accounts.unconfirm_members, moderator, members=[bob])
        accounts.edit_member(
            actor=administrator,
            member=bob,
            wanted={"email": "another@example.com"},
            seen={"email": bob.email},
        )

        assert undo(moderator, first) == []

        bob.refresh_from_db()
        assert not bob.is_confirmed

    def test_heeds_no_change_of_something_else(self, moderator, administrator, bob):
        first = decide(accounts.unconfirm_members, moderator, members=[bob])
        accounts.edit_member(
            actor=administrator, member=bob, wanted={"name": "Rob"}, seen={"name": ""}
        )

        assert len(undo(moderator, first)) == 1

    def test_confirms_no_address_by_way_of_undoing_twice(
        self, moderator, administrator, newcomer
    ):
        by_hand = decide(accounts.confirm_members, administrator, members=[newcomer])
        undone = undo(administrator, by_hand)

        with pytest.raises(PermissionDenied):
            undo(moderator, undone)

        newcomer.refresh_from_db()
        assert not newcomer.is_confirmed
