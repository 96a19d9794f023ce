"""Changing one's address: allauth's view, our rules."""

from typing import Any

from allauth.account import views as allauth_views
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from flasky_site.lib.mixins import UnprocessableFormMixin

from .confirmation import SENT_A_MOMENT_AGO


class EmailView(UnprocessableFormMixin, allauth_views.EmailView):
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change, and write the mail about it, in one transaction or not at all."""
        self.did_send = True
        response: HttpResponse = super().post(request, *args, **kwargs)
        if not self.did_send:
            messages.warning(request, SENT_A_MOMENT_AGO)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.did_send = form.did_send
        return response

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send the link again; allauth says nothing when that was too soon."""
        response = super()._action_send(request, *args, **kwargs)
        self.did_send = self._did_send_verification_email
        return response
