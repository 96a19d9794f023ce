"""The composer's forms for a text that is already published."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from flasky_site.lib.shared_rows import SharedRowForm

from .forms import CommentForm, PostForm


class PostEditForm(SharedRowForm, PostForm):
    button = _("Save the post")

    class Meta(PostForm.Meta):
        labels: ClassVar = {"body": _("Text")}


class CommentEditForm(SharedRowForm, CommentForm):
    button = _("Save the comment")

    class Meta(CommentForm.Meta):
        labels: ClassVar = {"body": _("Text")}
