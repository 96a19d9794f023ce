import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import CommentFactory, FollowFactory, PostFactory


@pytest.fixture
def answer(monkeypatch):
    """Type something when the command asks."""
    return lambda text: monkeypatch.setattr("builtins.input", lambda prompt: text)


@pytest.mark.django_db
class TestDeleteMember:
    def test_says_what_will_go_and_does_it_when_one_is_sure(
        self, alice, answer, capsys
    ):
        PostFactory.create_batch(3, author=alice)
        CommentFactory.create_batch(2, author=alice)
        FollowFactory(followed=alice)
        answer("Alice")

        call_command("delete_member", "ALICE")

        said = capsys.readouterr().out
        assert "alice@example.com" in said
        for part in ("3 posts", "2 comments", "1 followers", "0 whom", "is gone."):
            assert part in said
        assert not User.objects.filter(pk=alice.pk).exists()

    def test_does_nothing_otherwise(self, alice, answer):
        answer("yes")

        call_command("delete_member", "alice")

        assert User.objects.get(pk=alice.pk).is_active

    def test_begins_again_with_who_has_no_page_any_more(self, alice):
        User.objects.filter(pk=alice.pk).update(is_active=False)

        call_command("delete_member", "alice", no_input=True)

        assert not User.objects.filter(pk=alice.pk).exists()

    @pytest.mark.parametrize("username", ["nobody", "ada"])
    def test_refuses_nobody_and_the_last_administrator(self, administrator, username):
        with pytest.raises(CommandError):
            call_command("delete_member", username, no_input=True)

        assert User.objects.get(pk=administrator.pk).is_active
