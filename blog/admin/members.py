"""Members on the desk, with what they wrote."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import SUSPEND, MemberAdmin
from accounts.decision_forms import SuspensionForm
from accounts.models import User
from blog import services
from blog.models import Comment, Post
from flasky_site.lib.desk import desk

TEXTS_SHOWN = 5


class AuthorSuspensionForm(SuspensionForm):
    hides_posts = forms.BooleanField(
        label=_("Hide all their posts too"), required=False
    )


_SUSPEND = replace(
    SUSPEND, service=services.suspend_authors, form_class=AuthorSuspensionForm
)


@admin.register(User, site=desk)
class AuthorAdmin(MemberAdmin):
    acts = (_SUSPEND, *(act for act in MemberAdmin.acts if act != SUSPEND))

    def page_context(self, request: Any, row: Any) -> dict[str, Any]:
        texts = {
            name: model._default_manager.visible_to(request.user)
            .filter(author=row)
            .with_desk_row(request.user)
            .order_by("-id")[:TEXTS_SHOWN]
            for name, model in (("posts", Post), ("comments", Comment))
        }
        return {**super().page_context(request, row), **texts}
