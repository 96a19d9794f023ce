from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeopleSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Find people by how their name begins"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = "people-search"
        self.helper.form_method = "get"
        self.helper.form_action = reverse("social:people")
        self.helper.attrs = {"role": "search", "novalidate": True}
        self.helper.disable_csrf = True
        self.helper.layout = Layout("q", Submit("", _("Search")))

    def clean_q(self) -> str:
        """Take "@alice" for "alice", as usernames are shown."""
        text: str = self.cleaned_data["q"]
        return text.removeprefix("@") or text
