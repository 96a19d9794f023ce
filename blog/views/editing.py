"""Changing a text that is published."""

from copy import copy
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.utils.functional import cached_property

from accounts.decorators import MemberRequest
from blog.models import Comment, Post
from flasky_site.lib.shared_rows import SharedRowForm, SharedRowFormView
from flasky_site.lib.text import without_blank_ends


class TextEditView(LoginRequiredMixin, SharedRowFormView):
    """The form for one text, which may be open in another tab as well."""

    request: MemberRequest

    @cached_property
    def text(self) -> Post | Comment:
        """What is changed. Raise Http404 or PermissionDenied."""
        raise NotImplementedError

    def save_text(self, *, body: str, seen: str | None) -> Post | Comment:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        # The page shows what is published; validation writes into what it gets.
        return {**super().get_form_kwargs(), "instance": copy(self.text)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "text": self.text}

    def form_valid(self, form: Any) -> HttpResponse:
        if form.is_preview:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def save(self, form: SharedRowForm) -> set[str]:
        body = form.cleaned_data["body"]
        saved = self.save_text(body=body, seen=form.seen.get("body"))
        return set() if without_blank_ends(saved.body) == body else {"body"}
