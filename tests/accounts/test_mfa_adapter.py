import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from accounts.exceptions import SecondFactorUnreadable
from accounts.mfa_adapter import MFAAdapter
from tests.second_factors import recovery_codes_of, totp_code


def stored_columns():
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return str(cursor.fetchall())


def app_of(user):
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).wrap()


@pytest.mark.django_db
class TestEncrypt:
    def test_keeps_the_secret_of_an_app_out_of_the_database(self, secret):
        assert secret not in stored_columns()

    def test_keeps_recovery_codes_out_of_the_database(self, alice, secret):
        rows = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
        seed = MFAAdapter().decrypt(rows.get().data["seed"])

        assert seed not in stored_columns()
        assert not any(code in stored_columns() for code in recovery_codes_of(alice))


@pytest.mark.django_db
class TestDecrypt:
    def test_reads_what_an_older_key_sealed(self, alice, secret, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "the next key"

        assert app_of(alice).validate_code(totp_code(secret))
        assert len(recovery_codes_of(alice)) == 10

    def test_says_so_when_the_key_is_gone(self, alice, secret, settings):
        settings.SECRET_KEY = "another site's key"

        with pytest.raises(SecondFactorUnreadable):
            app_of(alice).validate_code(totp_code(secret))


@pytest.mark.django_db
class TestBuildTotpUrl:
    def test_names_the_site_and_the_member_without_the_address(self, alice):
        url = MFAAdapter().build_totp_url(alice, "ABC")

        assert url == "otpauth://totp/alice?secret=ABC&issuer=Flasky"


@pytest.mark.django_db
class TestGenerateAuthenticatorName:
    def test_counts_what_is_there(self, alice):
        kind = Authenticator.Type.WEBAUTHN
        first = MFAAdapter().generate_authenticator_name(alice, kind)
        Authenticator.objects.create(user=alice, type=kind, data={})

        assert first == "My passkey"
        assert MFAAdapter().generate_authenticator_name(alice, kind) == "Passkey 2"
