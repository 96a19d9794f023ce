"""What is true of Flasky everywhere: no secret, no host, no environment."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# What a developer's machine makes while running: database, mails. Never committed.
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "accounts",
    "blog",
    "social",
    "api",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "flasky_site.lib.middleware.BodySizeMiddleware",
    "flasky_site.lib.middleware.FormEncodingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ConfirmationGateMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.LastSeenMiddleware",
    "flasky_site.lib.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "flasky_site.urls"
WSGI_APPLICATION = "flasky_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "flasky_site.lib.context.development",
            ],
            "libraries": {"moments": "flasky_site.lib.moments"},
        },
    },
]

# -- Databases -----------------------------------------------------------------------

# BEGIN IMMEDIATE: with SQLite's deferred default, a transaction that reads and then
# writes fails with "database is locked" as soon as two run at once. WAL lets readers
# go on while one writes.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
    ),
}
# No page may hold a connection for longer than 10 s; JIT costs more than our short
# queries ever win back.
POSTGRESQL_OPTIONS = {"options": "-c jit=off -c statement_timeout=10s"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Members -------------------------------------------------------------------------

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
ACCOUNT_USERNAME_VALIDATORS = "accounts.validators.username_validators"

# The addresses whose owners become Administrator once they have confirmed them.
FLASKY_ADMIN: list[str] = []

# -- Mail ----------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = "Flasky <flasky@example.com>"

# -- Language and time ---------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"

# -- Files and forms -----------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"

CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# A post of 20,000 characters is at most 240 kB when every one of them is percent-
# encoded in four bytes; 1 MB leaves room for the rest of the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# -- Safety --------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "flasky_site.error_pages.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# -- Flasky's own numbers ------------------------------------------------------------

POSTS_PER_PAGE = 20
COMMENTS_PER_PAGE = 30

# Usernames and addresses are unique in any case, by a constraint over UPPER() that
# the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
