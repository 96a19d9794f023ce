"""What somebody is asked before they decide about a member or a text."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.fields import ParagraphsFormField

from .models import REASON_MAX_LENGTH

# What ends later than this is for good.
_LONGEST = timedelta(days=10 * 366)


class ReasonForm(forms.Form):
    reason = ParagraphsFormField(
        label=_("Reason"),
        max_length=REASON_MAX_LENGTH,
        help_text=_("The member reads it. It stays in the record."),
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(
            attrs={"rows": 2, "data-left": _("{count} characters left")}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class SuspensionForm(ReasonForm):
    """Its ``cleaned_data`` has ``until``, None for good."""

    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        help_text=_("A day and a time, in UTC."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    for_good = forms.BooleanField(label=_("For good"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for_good, until = cleaned.pop("for_good"), cleaned.get("until")
        if "until" not in cleaned:
            return cleaned
        if for_good == bool(until):
            self.add_error("until", gettext("Say until when, or choose “For good”."))
        elif until and until - timezone.now() > _LONGEST:
            self.add_error(
                "until", gettext("Choose “For good” for more than ten years.")
            )
        return cleaned
