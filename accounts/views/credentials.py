"""Signing in and looking after passwords and addresses: allauth's views, our rules."""

from allauth.account import views as allauth_views

from .mixins import UnprocessableFormMixin


class LoginView(UnprocessableFormMixin, allauth_views.LoginView):
    pass


class EmailView(UnprocessableFormMixin, allauth_views.EmailView):
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
    pass


class ReauthenticateView(UnprocessableFormMixin, allauth_views.ReauthenticateView):
    pass
