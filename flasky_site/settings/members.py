"""How members prove who they are: a part of ``base``, which takes all of it in."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# In seconds. A link may wait in the outbox, or at a server that takes mail slowly.
PASSWORD_RESET_TIMEOUT = 4 * 3600

SESSION_ENGINE = "accounts.sessions"
# What a session does when its browser or network changes: "basic" asks for the password
# before the next dangerous act, "strong" ends.
SESSION_PROTECTION = "basic"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.RegistrationForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
# "mandatory" makes registration answer alike for free and taken addresses. Members
# who have not confirmed may log in all the same: accounts.stages sees to that, and
# accounts.middleware to what they reach.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An open browser that somebody finds is not enough to take an account away.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Flasky] "
ACCOUNT_SESSION_COOKIE_AGE = 30 * 24 * 3600  # For those who said yes.
# Beside those of allauth.
ACCOUNT_RATE_LIMITS = {
    "change_avatar": "10/m/user",
    # One typist asks for two previews a second, and may have a second window.
    "preview": "40/10s/user",
}
ACCOUNT_USERNAME_VALIDATORS = "accounts.validators.username_validators"

# What stands for members who gave no picture: "drawn" here, or "gravatar", which shows
# everybody's browser to another company.
AVATARS = "drawn"
GRAVATAR_HASH = "sha256"

# The addresses whose owners become Administrator once they have confirmed them.
FLASKY_ADMIN: list[str] = []

# -- Second factors ------------------------------------------------------------------

MFA_ADAPTER = "accounts.mfa_adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.mfa_forms.AuthenticateForm",
    "reauthenticate": "accounts.mfa_forms.ReauthenticateForm",
    "activate_totp": "accounts.mfa_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.mfa_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.mfa_forms.EditPasskeyForm",
    "authenticate_webauthn": "accounts.mfa_forms.AuthenticatePasskeyForm",
    "login_webauthn": "accounts.mfa_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "accounts.mfa_forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Flasky"
# Phones whose clock is half a minute off get in too.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
# Whoever finds an open browser must not read them there a second time.
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Members have no addresses but their own, and that is confirmed before they get here
# (accounts.views.second_factors). allauth's rule would also stop whoever waits for the
# link to their next address, and keep members with a factor from changing theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Moderators and administrators need a second factor to leave the account pages.
STAFF_SECOND_FACTOR = False
