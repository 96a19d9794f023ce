"""Where allauth's second factors ask us."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.sealing import UnsealError, seal, unseal

from .exceptions import SecondFactorUnreadable
from .models import User

PURPOSE = "mfa"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not work. Try again."),
        "cannot_generate_recovery_codes": _(
            "Set up an authenticator app or a passkey first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what ``encrypt`` sealed. Raise SecondFactorUnreadable."""
        try:
            return unseal(encrypted_text, purpose=PURPOSE)
        except UnsealError:
            raise SecondFactorUnreadable from None

    def get_totp_label(self, user: User) -> str:
        """Name the member: the address may change, and is nobody else's business."""
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": app_settings.TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": user.display_name}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        if not count:
            return gettext("My passkey")
        return gettext("Passkey %(number)s") % {"number": count + 1}
