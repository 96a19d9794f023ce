"""The account pages under /auth/, by the names that allauth asks for."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from .decorators import reachable_suspended
from .views import (
    addresses,
    confirmation,
    credentials,
    registration,
    sessions,
    suspension,
    tokens,
)

urlpatterns = [
    path("2fa/", include("accounts.mfa_urls")),
    path("register/", registration.RegistrationView.as_view(), name="account_signup"),
    path("login/", credentials.LoginView.as_view(), name="account_login"),
    path("logout/", reachable_suspended(allauth_views.logout), name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("suspended/", suspension.suspended, name="account_suspended"),
    path("unconfirmed/", confirmation.unconfirmed, name="account_unconfirmed"),
    path(
        "confirm/resend/",
        confirmation.resend_confirmation,
        name="account_resend_confirmation",
    ),
    path(
        "confirm/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(
        "confirm/<str:key>/",
        confirmation.ConfirmEmailView.as_view(),
        name="account_confirm_email",
    ),
    path(
        "reauthenticate/",
        credentials.ReauthenticateView.as_view(),
        name="account_reauthenticate",
    ),
    path("change-email/", addresses.EmailView.as_view(), name="account_email"),
    path(
        "change-password/",
        credentials.PasswordChangeView.as_view(),
        name="account_change_password",
    ),
    path(
        "set-password/",
        credentials.PasswordSetView.as_view(),
        name="account_set_password",
    ),
    path("sessions/", sessions.session_list, name="account_sessions"),
    path(
        "sessions/end-others/",
        sessions.end_other_sessions,
        name="account_end_other_sessions",
    ),
    path(
        "sessions/<str:handle>/end/",
        sessions.end_session,
        name="account_end_session",
    ),
    path("tokens/", tokens.token_list, name="account_tokens"),
    path(
        "tokens/<int:token_id>/revoke/",
        tokens.revoke_token,
        name="account_token_revoke",
    ),
    path(
        "reset/", credentials.PasswordResetView.as_view(), name="account_reset_password"
    ),
    path(
        "reset/sent/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        credentials.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
]
