import pytest

from flasky_site.lib.sealing import UnsealError, seal, unseal

SECRET = "a secret – with ünïcode"


class TestSeal:
    def test_hides_the_text(self):
        assert "secret" not in seal(SECRET, purpose="mail")

    def test_makes_something_else_each_time(self):
        assert seal(SECRET, purpose="mail") != seal(SECRET, purpose="mail")


class TestUnseal:
    def test_gives_the_text_back(self):
        assert unseal(seal(SECRET, purpose="mail"), purpose="mail") == SECRET

    def test_reads_what_an_older_key_sealed(self, settings):
        sealed = seal(SECRET, purpose="mail")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "the next key"

        assert unseal(sealed, purpose="mail") == SECRET

    def test_refuses_another_purpose(self):
        with pytest.raises(UnsealError):
            unseal(seal(SECRET, purpose="mail"), purpose="totp")

    def test_refuses_another_key(self, settings):
        sealed = seal(SECRET, purpose="mail")
        settings.SECRET_KEY = "another site's key"

        with pytest.raises(UnsealError):
            unseal(sealed, purpose="mail")

    @pytest.mark.parametrize("damaged", ["", "plain text", "gAAAAAB", "ü"])
    def test_refuses_what_is_damaged(self, damaged):
        with pytest.raises(UnsealError):
            unseal(damaged, purpose="mail")
