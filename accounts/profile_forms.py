"""The forms that say who a member is, for themselves and for administrators."""

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.shared_rows import SharedRowForm

from .exceptions import AddressTaken, UsernameTaken
from .models import ReservedUsername, User
from .roles import ROLE_PERMISSIONS

PROFILE_LABELS = {"about_me": _("About me")}
PROFILE_HELP_TEXTS = {
    "name": _("Shown in place of the username; 64 characters at most."),
    "location": _("A town, a country, a shed; 64 characters at most."),
    "about_me": _("Plain text, 2,000 characters at most, with your line breaks."),
}
PROFILE_WIDGETS = {
    "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    "location": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    "about_me": forms.Textarea(
        # The words of the count that site.js keeps.
        attrs={"rows": 5, "dir": "auto", "data-left": _("{count} characters left")}
    ),
}


class ProfileForm(SharedRowForm):
    class Meta:
        model = User
        fields = ("name", "location", "about_me")
        labels: ClassVar = PROFILE_LABELS
        help_texts: ClassVar = PROFILE_HELP_TEXTS
        widgets: ClassVar = PROFILE_WIDGETS


class MemberForm(SharedRowForm):
    """The administrator's form. Its instance is loaded ``with_role``."""

    fields_of_rules: ClassVar = {UsernameTaken: "username", AddressTaken: "email"}
    field_order = ("email", "is_confirmed", "username", "role")

    is_confirmed = forms.BooleanField(
        label=_("Confirmed"),
        required=False,
        help_text=_(
            "The address is proven to be theirs. Without this they reach their account "
            "pages alone, and nobody sees their profile; we send them a link."
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, _(role)) for role in ROLE_PERMISSIONS],
        help_text=_(
            "Users write, comment and follow. Moderators also hide what others wrote. "
            "Administrators also edit members and see their addresses."
        ),
    )

    class Meta:
        model = User
        fields = ("email", "username", "name", "location", "about_me")
        labels: ClassVar = {"email": _("E-mail address"), **PROFILE_LABELS}
        help_texts: ClassVar = {
            "email": _(
                "For logging in and for mail. When it changes, the former one is told, "
                "and links that went there do not work any more."
            ),
            "username": _(
                "Letters, digits, dots and underscores; 64 at most. The former name "
                "stays theirs and leads to the new one."
            ),
            **PROFILE_HELP_TEXTS,
        }
        widgets: ClassVar = {
            "username": forms.TextInput(attrs={"autocapitalize": "none"}),
            **PROFILE_WIDGETS,
        }

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        initial = {"is_confirmed": instance.is_confirmed, "role": instance.role}
        super().__init__(*args, **{**kwargs, "instance": instance, "initial": initial})
        for name in ("email", "username", "name"):
            # It is not the administrator's own that the browser should offer.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        if User.objects.others_owning(email, but=self.instance.pk).exists():
            raise ValidationError(AddressTaken.message, code="taken")
        return email

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        others = User.objects.named(username).exclude(pk=self.instance.pk)
        kept = ReservedUsername.objects.named(username).kept_from(self.instance)
        if others.exists() or kept.exists():
            raise ValidationError(UsernameTaken.message, code="taken")
        return username

    def shown(self, name: str, value: Any) -> str:
        if name == "is_confirmed":
            return str(_("yes") if value else _("no"))
        return str(_(value)) if name == "role" else super().shown(name, value)
