"""Signing in and looking after passwords: allauth's views, our rules."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.forms import default_token_generator
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.decorators import MemberRequest
from accounts.models import User
from flasky_site.lib.mixins import UnprocessableFormMixin

from .mixins import AtomicFormMixin


class LoginView(UnprocessableFormMixin, allauth_views.LoginView):
    pass


class PasswordChangeView(
    UnprocessableFormMixin, AtomicFormMixin, allauth_views.PasswordChangeView
):
    request: MemberRequest

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Take the password, unless another window changed it in the same moment."""
        user = User.objects.select_for_update().get(pk=self.request.user.pk)
        if user.password != self.request.user.password:
            form.add_error("oldpassword", _("This was changed a moment ago."))
            return self.form_invalid(form)
        return super().form_valid(form)


class PasswordSetView(
    UnprocessableFormMixin, AtomicFormMixin, allauth_views.PasswordSetView
):
    pass


class PasswordResetView(
    UnprocessableFormMixin, AtomicFormMixin, allauth_views.PasswordResetView
):
    pass


class PasswordResetFromKeyView(
    UnprocessableFormMixin, allauth_views.PasswordResetFromKeyView
):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Take the password, unless the link was used in the same moment."""
        user = User.objects.select_for_update().get(pk=self.reset_user.pk)
        if not default_token_generator.check_token(user, self.key):
            return self.render_to_response(self.get_context_data(token_fail=True))
        response: HttpResponse = super().form_valid(form)
        return response

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
