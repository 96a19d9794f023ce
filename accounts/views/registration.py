"""Becoming a member."""

from typing import Any

from allauth.account import views as allauth_views
from django.db import IntegrityError
from django.http import HttpResponse

from accounts.exceptions import UsernameTaken
from flasky_site.lib.mixins import UnprocessableFormMixin

from .mixins import AtomicFormMixin


class RegistrationView(
    UnprocessableFormMixin, AtomicFormMixin, allauth_views.SignupView
):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except (IntegrityError, UsernameTaken):
            return self._lost_race()
        return response

    def _lost_race(self) -> HttpResponse:
        """Ask again: somebody took the name or the address a moment ago."""
        form = self.get_form_class()(**self.get_form_kwargs())
        if not form.is_valid():
            return self.form_invalid(form)
        response: HttpResponse = super().form_valid(form)
        return response
