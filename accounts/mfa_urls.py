"""Second factors under /auth/2fa/, by the names that allauth asks for.

Its page to download recovery codes is left out: they are shown once, with a link that
holds the file.
"""

from allauth.mfa.webauthn.views import list_webauthn
from django.urls import path

from .views import second_factors as views

urlpatterns = [
    path("", views.IndexView.as_view(), name="mfa_index"),
    path("authenticate/", views.AuthenticateView.as_view(), name="mfa_authenticate"),
    path(
        "reauthenticate/", views.ReauthenticateView.as_view(), name="mfa_reauthenticate"
    ),
    path("totp/activate/", views.ActivateTOTPView.as_view(), name="mfa_activate_totp"),
    path(
        "totp/deactivate/",
        views.DeactivateTOTPView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "recovery-codes/",
        views.ViewRecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/generate/",
        views.GenerateRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("webauthn/", list_webauthn, name="mfa_list_webauthn"),
    path("webauthn/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "webauthn/login/", views.LoginPasskeyView.as_view(), name="mfa_login_webauthn"
    ),
    path(
        "webauthn/reauthenticate/",
        views.ReauthenticatePasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "webauthn/keys/<int:pk>/edit/",
        views.EditPasskeyView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "webauthn/keys/<int:pk>/remove/",
        views.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
]
