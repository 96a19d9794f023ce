from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Post


class PostForm(forms.ModelForm):
    """The composer."""

    class Meta:
        model = Post
        fields = ("body",)
        labels: ClassVar = {"body": _("What’s on your mind?")}
        help_texts: ClassVar = {
            "body": _(
                "Markdown works: **bold**, *italic*, [a link](https://…), `code`."
            )
        }
        widgets: ClassVar = {
            "body": forms.Textarea(
                attrs={
                    "rows": 4,
                    # The words of the count that site.js keeps.
                    "data-left": _("{count} characters left"),
                }
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = "composer"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("body", Submit("publish", _("Publish")))
