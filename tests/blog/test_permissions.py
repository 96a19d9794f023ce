import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog import permissions
from tests.factories import CommentFactory, PostFactory


@pytest.fixture
def everybody(alice, bob, moderator, administrator):
    """Alice wrote what it is about."""
    return {
        "stranger": AnonymousUser(),
        "author": alice,
        "member": bob,
        "moderator": moderator,
        "administrator": administrator,
    }


def those_who(can, everybody, thing):
    return {name for name, user in everybody.items() if can(user, thing)}


MEMBERS = {"author", "member", "moderator", "administrator"}


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize(
        "can", [permissions.can_create_post, permissions.can_preview]
    )
    def test_is_for_members(self, everybody, can):
        assert {name for name, user in everybody.items() if can(user)} == MEMBERS


@pytest.mark.django_db
class TestPosts:
    EDITORS = {"author", "administrator"}

    @pytest.mark.parametrize(
        ("can", "expected"),
        [
            (permissions.can_edit_post, EDITORS),
            (permissions.can_delete_post, EDITORS),
            (permissions.can_close_comments, {"author"}),
            (permissions.can_comment, MEMBERS),
        ],
    )
    def test_belong_to_their_authors(self, everybody, alice, can, expected):
        assert those_who(can, everybody, PostFactory(author=alice)) == expected

    @pytest.mark.parametrize(
        "state",
        [{"is_closed": True}, {"is_hidden": True}, {"deleted_at": timezone.now()}],
    )
    def test_take_comments_from_nobody_once_they_are_away(
        self, everybody, alice, state
    ):
        post = PostFactory(author=alice, **state)

        assert not those_who(permissions.can_comment, everybody, post)

    @pytest.mark.parametrize(
        "can", [permissions.can_edit_post, permissions.can_close_comments]
    )
    def test_stay_as_they_are_once_they_are_deleted(self, everybody, alice, can):
        post = PostFactory(author=alice, deleted_at=timezone.now())

        assert not those_who(can, everybody, post)


@pytest.mark.django_db
class TestComments:
    @pytest.mark.parametrize(
        "can", [permissions.can_edit_comment, permissions.can_delete_comment]
    )
    def test_belong_to_their_authors(self, everybody, alice, can):
        comment = CommentFactory(author=alice)

        assert those_who(can, everybody, comment) == {"author", "administrator"}

    def test_stay_as_they_are_once_they_are_deleted(self, everybody, alice):
        comment = CommentFactory(author=alice, deleted_at=timezone.now())

        assert not those_who(permissions.can_edit_comment, everybody, comment)
