"""The form that makes a token."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.fields import LineFormField

from .models.tokens import Scope

_DAYS = [(7, _("In a week")), (30, _("In 30 days")), (90, _("In 90 days"))]
_DAYS += [(365, _("In a year"))]


class TokenForm(forms.Form):
    name = LineFormField(
        label=_("Name"),
        max_length=64,
        help_text=_("What it is for, so that you know later which one to revoke."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(
        label=_("It expires"), choices=_DAYS, coerce=int, initial=30
    )

    def token_fields(self) -> dict[str, Any]:
        """Return what ``create_token`` takes besides the member."""
        return {
            "name": self.cleaned_data["name"],
            "scopes": self.cleaned_data["scopes"],
            "expires_at": self._expires_at(),
        }

    def _expires_at(self) -> datetime:
        return timezone.now() + timedelta(days=self.cleaned_data["days"])
