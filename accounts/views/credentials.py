"""Signing in and looking after passwords: allauth's views, our rules."""

from typing import Any

from allauth.account import views as allauth_views
from django.http import HttpResponse

from .mixins import UnprocessableFormMixin


class LoginView(UnprocessableFormMixin, allauth_views.LoginView):
    pass


class PasswordChangeView(UnprocessableFormMixin, allauth_views.PasswordChangeView):
    pass


class PasswordSetView(UnprocessableFormMixin, allauth_views.PasswordSetView):
    pass


class PasswordResetView(UnprocessableFormMixin, allauth_views.PasswordResetView):
    pass


class PasswordResetFromKeyView(
    UnprocessableFormMixin, allauth_views.PasswordResetFromKeyView
):
    def render_to_response(
        self, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Answer 404 for a link that is used, cut or too old."""
        if context.get("token_fail"):
            kwargs["status"] = 404
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response


class ReauthenticateView(UnprocessableFormMixin, allauth_views.ReauthenticateView):
    pass
