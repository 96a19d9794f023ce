import pytest
from allauth.mfa.models import Authenticator

from accounts import services
from accounts.exceptions import NoSecondFactor
from accounts.models import Decision, User
from mail.models import OutgoingMail
from tests.second_factors import give_app

Type = Authenticator.Type


def add(user, kind):
    return Authenticator.objects.create(user=user, type=kind, data={})


def since(user):
    return User.objects.get(pk=user.pk).second_factor_since


@pytest.mark.django_db
class TestNoteSecondFactors:
    def test_notes_the_moment_of_the_first(self, alice):
        assert since(alice) is None

        add(alice, Type.TOTP)
        first = since(alice)
        add(alice, Type.WEBAUTHN)

        assert first is not None
        assert since(alice) == first

    def test_does_not_count_recovery_codes(self, alice):
        add(alice, Type.RECOVERY_CODES)

        assert since(alice) is None

    def test_forgets_the_moment_with_the_last(self, alice):
        app, passkey = add(alice, Type.TOTP), add(alice, Type.WEBAUTHN)
        add(alice, Type.RECOVERY_CODES)

        app.delete()
        assert since(alice) is not None
        passkey.delete()

        assert since(alice) is None

    def test_leaves_others_alone(self, alice, bob):
        add(alice, Type.TOTP)

        assert since(bob) is None

    def test_does_not_keep_a_member_from_being_deleted(self, alice, secret):
        alice.delete()

        assert not Authenticator.objects.exists()


@pytest.mark.django_db
class TestResetSecondFactors:
    def test_takes_all_away_and_tells_the_member(self, alice, secret, mailoutbox):
        services.reset_second_factors(user=alice)

        assert not Authenticator.objects.exists()
        assert since(alice) is None
        assert [mail.to for mail in mailoutbox] == [[alice.email]]
        assert mailoutbox[0].subject.startswith("[Flasky] ")
        assert mailoutbox[0].alternatives[0].mimetype == "text/html"

    def test_leaves_others_theirs(self, alice, bob, secret):
        give_app(bob)

        services.reset_second_factors(user=alice)

        assert since(bob) is not None

    def test_refuses_where_there_is_none(self, alice):
        with pytest.raises(NoSecondFactor):
            services.reset_second_factors(user=alice)

        assert not OutgoingMail.objects.exists()

    def test_writes_what_there_was_into_the_record(self, alice, secret):
        services.reset_second_factors(user=alice)

        decision = Decision.objects.get()
        assert (decision.kind, decision.actor) == (Decision.Kind.RESET_FACTORS, None)
        assert decision.member == alice
        assert decision.before == {"factors": ["recovery_codes", "totp"]}
