"""allauth's forms for second factors, in our words and with what they leave open."""

import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import RegistrationResponse

from .forms import PlainFieldsMixin
from .models import User

# A credential has about 1 kB; some devices add a certificate or two.
_LONGEST_CREDENTIAL = 20_000
_LONGEST_NAME = 64

# What fido2 raises, sooner or later, for what is no credential or a forged one.
_MALFORMED = (
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


@contextmanager
def _refusing_what_is_malformed() -> Iterator[None]:
    try:
        yield
    except _MALFORMED:
        raise get_adapter().validation_error("incorrect_code") from None


class FreshCodeMixin(PlainFieldsMixin):
    """Takes each code once.

    allauth forgets a code after one period, while the tolerance for slow clocks lets it
    pass for longer, and does not remember the code that an app was set up with.
    """

    user: User

    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            autocomplete="one-time-code", inputmode="numeric"
        )

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        key = f"mfa-code-used-{self.user.pk}-{normalize_user_code(code)}"
        if not cache.add(key, True, timeout=periods * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(FreshCodeMixin, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(FreshCodeMixin, base_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(FreshCodeMixin, totp_forms.ActivateTOTPForm):
    labels = {"code": _("The six digits that the app shows")}


class CredentialField(forms.CharField):
    """What a browser says about a passkey, in JSON: an object that holds something."""

    widget = forms.HiddenInput
    default_error_messages = {"required": _("Your browser sent no passkey. Try again.")}

    def __init__(self) -> None:
        super().__init__(max_length=_LONGEST_CREDENTIAL)

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        with _refusing_what_is_malformed():
            credential = json.loads(text)
        # allauth checks nothing that is empty, and would keep it.
        if not credential or not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential


class PasskeyNameMixin(PlainFieldsMixin):
    labels = {
        "name": _("Name"),
        "passwordless": _("Log me in without a password"),
    }
    help_texts = {
        "name": _("So that you know it again: “My phone”, say, or “Blue key”."),
        "passwordless": _(
            "Your device then asks for your finger, your face or its PIN. Without the "
            "tick the passkey is a second step after the password."
        ),
    }


class AddPasskeyForm(PasskeyNameMixin, webauthn_forms.AddWebAuthnForm):
    # Not required: the device keeps the passkey already when the form is sent.
    name = forms.CharField(max_length=_LONGEST_NAME, required=False)
    credential = CredentialField()
    passwordless = forms.BooleanField(required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        with _refusing_what_is_malformed():
            cleaned: dict[str, Any] = super().clean()
            if cleaned.get("credential"):
                cleaned["credential"] = _what_was_checked(cleaned["credential"])
        return cleaned


def _what_was_checked(credential: dict[str, Any]) -> dict[str, Any]:
    """Return what a registration is later read for, without all else that was sent."""
    registration = RegistrationResponse.from_dict(credential)
    properties = registration.client_extension_results.get("credProps")
    is_passkey = isinstance(properties, Mapping) and properties.get("rk") is True
    return {
        "type": "public-key",
        "id": registration.id,
        "rawId": registration.id,
        "response": dict(registration.response),
        "clientExtensionResults": {"credProps": {"rk": is_passkey}},
    }


class EditPasskeyForm(PasskeyNameMixin, webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(max_length=_LONGEST_NAME)


class CheckedCredentialMixin:
    """Refuses what is no credential, or a forged one, with a sentence."""

    def clean_credential(self) -> Authenticator:
        with _refusing_what_is_malformed():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticatePasskeyForm(
    CheckedCredentialMixin, webauthn_forms.AuthenticateWebAuthnForm
):
    credential = CredentialField()


class LoginPasskeyForm(CheckedCredentialMixin, webauthn_forms.LoginWebAuthnForm):
    credential = CredentialField()


class ReauthenticatePasskeyForm(
    CheckedCredentialMixin, webauthn_forms.ReauthenticateWebAuthnForm
):
    credential = CredentialField()
