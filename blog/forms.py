from typing import Any, ClassVar

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from flasky_site.lib.fragments import remembered

from .markdown import render_comment, render_post
from .models import Comment, Post
from .widgets import ComposerWidget, Part


class ComposerForm(forms.ModelForm):
    """What every form for a text in Markdown has in common.

    A view that has stored the text puts ``form_id`` into ``extra_tags`` of its message:
    until the browser reads that, it keeps the text; see static/js/drafts.js.
    """

    form_id = "composer"
    button: ClassVar[Any] = _("Publish")
    # What the text will be.
    kind: ClassVar[str]

    @cached_property
    def helper(self) -> FormHelper:
        """Return how crispy draws what is inside the form; blog/_composer_form.html."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        send = Submit("publish", self.button, css_id=f"{self.form_id}-send")
        # For browsers without JavaScript; the others show what is typed as it is typed.
        preview = StrictButton(_("Preview"), type="submit", name="preview", value="yes")
        helper.layout = Layout(
            Part("blog/_preview.html"),
            "body",
            Part("blog/_markdown_help.html"),
            Div(send, preview, css_class="composer-actions"),
            Part("blog/_live_preview.html"),
        )
        return helper

    @property
    def is_preview(self) -> bool:
        """Return True when somebody wants to see the text, and not yet to send it."""
        return "preview" in self.data

    @cached_property
    def preview_html(self) -> str:
        """Return the very HTML that sending would store, "" for what cannot be sent."""
        if not self.is_valid():
            return ""
        return self.render_body(self.cleaned_data["body"])

    @staticmethod
    def render_body(text: str) -> str:
        """Return ``text`` as the HTML that this form's model stores."""
        raise NotImplementedError


class PostForm(ComposerForm):
    kind = "post"
    render_body = staticmethod(render_post)

    class Meta:
        model = Post
        fields = ("body",)
        labels: ClassVar = {"body": _("What’s on your mind?")}
        widgets: ClassVar = {"body": ComposerWidget(kind="post", rows=4)}


class CommentForm(ComposerForm):
    form_id = "comment-composer"
    button = _("Comment")
    kind = "comment"
    render_body = staticmethod(render_comment)

    class Meta:
        model = Comment
        fields = ("body",)
        labels: ClassVar = {"body": _("Your comment")}
        widgets: ClassVar = {"body": ComposerWidget(kind="comment", rows=3)}


_FRESH = {form.form_id: form for form in (PostForm, CommentForm)}


def show_fields(form: ComposerForm) -> SafeString:
    """Return what is inside ``form``; an empty one is the same for everybody."""
    if not form.is_bound and type(form) is _FRESH.get(form.form_id):
        return _fresh_fields(form.form_id)
    return render_crispy_form(form)


@remembered
def _fresh_fields(form_id: str) -> SafeString:
    return render_crispy_form(_FRESH[form_id]())
