"""Authenticator apps, passkeys and recovery codes: allauth's views, our rules."""

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import get_adapter
from allauth.account.mixins import NextRedirectMixin
from allauth.mfa import app_settings
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from csp.decorators import csp_update
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.decorators import MemberRequest
from accounts.exceptions import SecondFactorChanged
from accounts.forms import LoginForm
from accounts.models import User
from accounts.second_factor import is_held_back, note_shown
from flasky_site.lib.mixins import UnprocessableFormMixin

Type = Authenticator.Type


def _kinds_of(user: User) -> dict[str, bool]:
    """Return what ``user`` has, as templates ask for it."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {"has_app": Type.TOTP in kinds, "has_passkey": Type.WEBAUTHN in kinds}


class ConfirmedOwnerMixin:
    """Sends members who have not proven their address to do that first.

    Else somebody could register with another's address and shut its owner out.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_confirmed:
            return redirect("account_unconfirmed")
        response: HttpResponseBase = super().dispatch(  # type: ignore[misc]
            request, *args, **kwargs
        )
        return response


class ChangeMixin:
    """Makes a change and writes the mail about it in one transaction."""

    request: MemberRequest
    notification: str

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                # Two windows take turns, and the second sees what the first has left.
                User.objects.select_for_update().get(pk=self.request.user.pk)
                self.look_again()
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                get_adapter().tell_of_second_factor(
                    self.notification, self.request.user
                )
        except IntegrityError:
            raise SecondFactorChanged from None
        return response

    def look_again(self) -> None:
        """Raise Http404 when what is to be changed went away meanwhile."""


class AdditionMixin(ConfirmedOwnerMixin, ChangeMixin):
    """Counts what somebody has just set up as shown."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note_shown(self.request, self.request.user)
        return response


class CheckedFormMixin:
    """Answers a form that is not valid with 422, and shows the one that was checked.

    allauth would make a second one and check that against a new challenge, or go to
    another page.
    """

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form)
        response: HttpResponse = self.render_to_response(  # type: ignore[attr-defined]
            context, status=422
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, **kwargs}


class IndexView(base_views.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        codes = context["authenticators"].get(Type.RECOVERY_CODES)
        total = app_settings.RECOVERY_CODE_COUNT
        used = codes.instance.data["used_mask"].bit_count() if codes else total
        return {
            **context,
            "is_held_back": is_held_back(self.request),
            "total_code_count": total,
            "unused_code_count": total - used,
        }


class AuthenticateView(UnprocessableFormMixin, base_views.AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = _kinds_of(self.stage.login.user)
        return {**context, **kinds, "is_passkey_first": not kinds["has_app"]}


class ReauthenticateView(UnprocessableFormMixin, base_views.ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, **_kinds_of(self.request.user)}


@method_decorator(never_cache, name="dispatch")
# The picture to scan is part of the page.
@method_decorator(csp_update({"img-src": ["'self'", "data:"]}), name="dispatch")
class ActivateTOTPView(
    AdditionMixin, UnprocessableFormMixin, totp_views.ActivateTOTPView
):
    notification = "mfa/email/totp_activated"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        parts = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return {**context, "secret_parts": parts}


class DeactivateTOTPView(
    ChangeMixin, UnprocessableFormMixin, totp_views.DeactivateTOTPView
):
    notification = "mfa/email/totp_deactivated"

    def look_again(self) -> None:
        get_object_or_404(Authenticator, pk=self.authenticator.pk)


class GenerateRecoveryCodesView(
    ChangeMixin, UnprocessableFormMixin, recovery_views.GenerateRecoveryCodesView
):
    notification = "mfa/email/recovery_codes_generated"


@method_decorator(never_cache, name="dispatch")
class ViewRecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """Shows the codes once, and after that how many are left.

    That they were shown is noted at a GET, as allauth has it: the page is where one is
    sent after setting up a factor, and asking twice would only train people to press.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "download": self._download(context["unused_codes"])}

    def _download(self, codes: list[str]) -> str:
        """Return the codes as an address of their own: a second page would be empty."""
        title = _("Recovery codes of %(name)s at %(site)s") % {
            "name": self.request.user.get_username(),
            "site": self.request.get_host(),
        }
        text = "\n".join([title, "", *codes, ""])
        return f"data:text/plain;charset=utf-8,{quote(text)}"


class AddPasskeyView(AdditionMixin, CheckedFormMixin, webauthn_views.AddWebAuthnView):
    notification = "mfa/email/webauthn_added"


class EditPasskeyView(UnprocessableFormMixin, webauthn_views.EditWebAuthnView):
    pass


class RemovePasskeyView(ChangeMixin, webauthn_views.RemoveWebAuthnView):
    notification = "mfa/email/webauthn_removed"


class ReauthenticatePasskeyView(
    CheckedFormMixin, webauthn_views.ReauthenticateWebAuthnView
):
    pass


class LoginPasskeyView(
    CheckedFormMixin, NextRedirectMixin, webauthn_views.LoginWebAuthnView
):
    """Answers the script of the log-in page, and takes what the browser says."""

    template_name = "account/login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # As after a password, when nobody asked to be kept signed in.
        self.request.session.set_expiry(0)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = LoginForm(request=self.request)
        return {**context, "form": form, "passkey_form": context["form"]}
