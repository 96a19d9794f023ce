"""allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import derive_login_method
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("E-mail address or username")
        login.widget.attrs.update(autocomplete="username", autocapitalize="none")
        password.help_text = ""
        self.fields["remember"].label = _("Keep me signed in for 30 days")
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, str]:
        """Return what to try: an address or a name, never both.

        Trying both costs a known address a second hash, and the time it takes tells
        that the address is known.
        """
        login = self.cleaned_data["login"]
        return {
            derive_login_method(login).value: login,
            "password": self.cleaned_data["password"],
        }


class RegistrationForm(allauth_forms.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Shown to administrators alone.")
        self.fields["username"].help_text = _(
            "How others see you: letters, digits, dots and underscores; 64 at most."
        )
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        # Django lists its four rules here; whoever breaks one is told which.
        self.fields["password1"].help_text = _(
            "At least 8 characters, and nothing that is easy to guess."
        )

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """Save in one transaction, so that half a member never stays behind."""
        with transaction.atomic():
            saved: tuple[User | None, Any] = super().try_save(request)
        return saved
