"""allauth's forms in our words, and our own."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.email_verification import (
    send_verification_email_to_address,
)
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import services
from .models import User
from .pictures import cut_squares


class PlainFieldsMixin:
    """Says things once and in our words: no placeholders, one line on passwords."""

    fields: dict[str, Any]

    labels = {
        "email": _("E-mail address"),
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password (again)"),
    }
    help_texts = {
        # allauth puts a link here that our pages have below the form.
        "oldpassword": "",
        "password": "",
        # Django lists its four rules; whoever breaks one is told which.
        "password1": _("At least 8 characters, and nothing that is easy to guess."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainFieldsMixin, allauth_forms.LoginForm):
    labels = {
        "login": _("E-mail address or username"),
        "remember": _("Keep me logged in for 30 days"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(
            autocomplete="username", autocapitalize="none"
        )

    def user_credentials(self) -> dict[str, str]:
        """Return what to try: an address or a name, never both.

        Trying both costs a known address a second hash, and the time it takes tells
        that the address is known.
        """
        login = self.cleaned_data["login"]
        # No username holds an @.
        kind = "email" if "@" in login else "username"
        return {kind: login, "password": self.cleaned_data["password"]}


class RegistrationForm(PlainFieldsMixin, allauth_forms.SignupForm):
    labels = {"email": _("E-mail address")}
    help_texts = {
        **PlainFieldsMixin.help_texts,
        "email": _("Shown to administrators alone."),
        "username": _(
            "How others see you: letters, digits, dots and underscores; 64 at most."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocapitalize"] = "none"

    def validate_unique_email(self, value: str) -> str:
        """Note whether the address is taken, which the answer never tells.

        An address that somebody else has typed as their next one is not.
        """
        self.account_already_exists = User.objects.owning(value).exists()
        return value

    @transaction.atomic
    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """Save in one transaction, so that half a member never stays behind.

        For a taken address only the name is kept back, as long as a member would keep
        it who never confirms: else a second attempt would tell. Raise UsernameTaken.
        """
        if self.account_already_exists:
            # A free address costs a hash; without one here, the time would tell.
            make_password(self.cleaned_data["password1"])
            services.hold_username(username=self.cleaned_data["username"])
        saved: tuple[User | None, Any] = super().try_save(request)
        if saved[0]:
            services.refuse_reserved_username(user=saved[0])
        return saved


class AddEmailForm(PlainFieldsMixin, allauth_forms.AddEmailForm):
    labels = {"email": _("New e-mail address")}

    def save(self, request: HttpRequest) -> EmailAddress:
        address = services.propose_address(
            user=self.user, email=self.cleaned_data["email"]
        )
        # Not when another member asked for the same address a moment ago.
        self.did_send = send_verification_email_to_address(request, address)
        return address


class ChangePasswordForm(PlainFieldsMixin, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFieldsMixin, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(PlainFieldsMixin, allauth_forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """Find whose password it is.

        Not by an address that a member has typed as their next one and not proven:
        with one letter wrong it is a stranger's.
        """
        email: str = super().clean_email()
        self.users = list(User.objects.filter(is_active=True).owning(email))
        return email


class ResetPasswordKeyForm(PlainFieldsMixin, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainFieldsMixin, allauth_forms.ReauthenticateForm):
    pass


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("New picture"),
        help_text=_(
            "A JPEG, PNG, WebP or GIF of at most 5 MB and 40 million pixels. We show "
            "the square in its middle."
        ),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("There is nothing in this file. Choose another one."),
        },
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}
        ),
    )

    def clean_picture(self) -> dict[int, bytes]:
        """Return what was made of the picture, by the side in pixels."""
        return cut_squares(self.cleaned_data["picture"])
