import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command


@pytest.fixture
def answer(monkeypatch):
    """Type something when the command asks."""
    return lambda text: monkeypatch.setattr("builtins.input", lambda prompt: text)


@pytest.mark.django_db
class TestResetSecondFactor:
    def test_does_it_when_one_is_sure(self, alice, secret, answer, capsys):
        answer("Alice")

        call_command("reset_second_factor", "ALICE")

        assert not Authenticator.objects.exists()
        assert "password alone" in capsys.readouterr().out

    def test_does_nothing_otherwise(self, alice, secret, answer, mailoutbox):
        answer("yes")

        call_command("reset_second_factor", "alice")

        assert Authenticator.objects.exists()
        assert not mailoutbox

    def test_asks_nothing_when_told_so(self, alice, secret, mailoutbox):
        call_command("reset_second_factor", "alice", no_input=True)

        assert not Authenticator.objects.exists()
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize("username", ["nobody", "alice"])
    def test_says_when_there_is_nothing_to_do(self, alice, username):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", username, no_input=True)
