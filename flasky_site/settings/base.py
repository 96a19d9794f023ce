"""What is true of Flasky everywhere: no secret, no host, no environment."""

from pathlib import Path

from .members import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# What a developer's machine makes while running: database, mails, pictures. Never
# committed.
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Lets our templates draw fields; see FORM_RENDERER.
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "markdownx",
    "django_tasks",
    "django_tasks_db",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "flasky_site.monitoring",
    "mail",
    "accounts",
    "blog",
    "social",
    "api",
    "flasky_site.operations",
]

MIDDLEWARE = [
    # The outermost, to see what all others answer.
    "flasky_site.monitoring.middleware.RequestMiddleware",
    "flasky_site.monitoring.middleware.ProbeMiddleware",
    # A page that is kept has been through all the others.
    "flasky_site.lib.visitors.middleware.VisitorPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Around what gives tags, which those of compressed answers are made from.
    "flasky_site.lib.compression.CompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "flasky_site.lib.middleware.BodySizeMiddleware",
    "flasky_site.lib.middleware.FormEncodingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Around all that may send a member elsewhere.
    "flasky_site.lib.middleware.HtmxRedirectMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionProtectionMiddleware",
    "accounts.middleware.SuspensionMiddleware",
    "accounts.middleware.ConfirmationGateMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
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
            "libraries": {
                "addresses": "flasky_site.lib.addresses",
                "fragments": "flasky_site.lib.fragments",
                "isolates": "flasky_site.lib.isolates",
                "moments": "flasky_site.lib.moments",
                "styles": "flasky_site.lib.styles",
                "undoing": "flasky_site.lib.undoing",
            },
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

# -- Cache ----------------------------------------------------------------------------

# What takes the place of Django's own where the cache is Redis.
REDIS_CACHE = "flasky_site.lib.redis_cache.RedisCache"

# -- Mail and work in the background ---------------------------------------------------

# Everything that is mailed goes into the outbox, in the transaction of what caused it,
# and from there to MAIL_BACKEND.
EMAIL_BACKEND = "mail.backend.OutboxEmailBackend"
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# At once, in the process that asks for it. Production has a queue and workers.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

DEFAULT_FROM_EMAIL = "Flasky <flasky@example.com>"

# -- The API -------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.CredentialsAuthentication",
        "api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.ScopePermission"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.ContentNegotiation",
    "DEFAULT_PARSER_CLASSES": ["api.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": [
        "api.renderers.JSONRenderer",
        "api.renderers.PageRenderer",
    ],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.exceptions.answer_exception",
    # ``Accept`` says it; one address has one answer.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Flasky",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "PREPROCESSING_HOOKS": ["api.schema.leave_out_doubles"],
    "POSTPROCESSING_HOOKS": ["api.schema.add_what_all_have_in_common"],
}
# How many requests in how many seconds: of an address without a token, of a member and
# of a token.
API_LIMITS = {"address": (300, 60), "member": (1200, 60), "token": (600, 60)}
API_POSTS_PER_PAGE = 20
API_COMMENTS_PER_PAGE = 30
API_PEOPLE_PER_PAGE = 50
# Whose scripts in browsers may use the API: nobody's, until the operator names them.
CORS_ALLOWED_ORIGINS: list[str] = []
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = ["ETag", "Location", "RateLimit", "RateLimit-Policy"]
CORS_EXPOSE_HEADERS += ["Retry-After"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type"]
CORS_ALLOW_HEADERS += ["if-match", "if-none-match"]

# -- Monitoring ----------------------------------------------------------------------

# Queries that take longer, in seconds, have a line in the log.
SLOW_DB_QUERY_SECONDS = 0.5
# Errors are sent to Sentry when this says where.
SENTRY_DSN = ""
# Who may read /metrics: who shows the token, or asks from one of these networks.
METRICS_TOKEN = ""
METRICS_ALLOWED_IPS: list[str] = []
# Proxies whose word counts about a visitor's address and the id of a request.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

# -- Language and time ---------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"

# -- Files and forms -----------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "flasky_site.lib.static_files.ShownAppDirectoriesFinder",
]
STATIC_ROOT = BASE_DIR / "staticfiles"
# What WhiteNoise leaves as it is: what is small already, and what only a developer's
# tools ask for, which took longer than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gz", "br", "woff", "woff2", "png", "map"]

# Pictures of members. There is no MEDIA_URL: nothing in here has an address of its own,
# and the view of accounts sends what it knows the name of.
MEDIA_ROOT = VAR_DIR / "media"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# markdownx gives its widget and the script of the live preview. Its addresses are never
# included: they take files from anybody.
MARKDOWNX_URLS_PATH = "/markdownx/markdownify/"
MARKDOWNX_MARKDOWNIFY_FUNCTION = "blog.markdown.render_post"
# Between the last key and the preview, in milliseconds; its script waits no less.
MARKDOWNX_SERVER_CALL_LATENCY = 500

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
# Addresses of pages stay on this site, and no window of another reaches into ours.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# What browsers may ask of a device for our pages: passkeys, and a token to be copied.
PERMISSIONS_POLICY = {
    "publickey-credentials-create": "self",
    "publickey-credentials-get": "self",
    "clipboard-write": "self",
    "accelerometer": [],
    "autoplay": [],
    "bluetooth": [],
    "camera": [],
    "clipboard-read": [],
    "display-capture": [],
    "encrypted-media": [],
    "geolocation": [],
    "gyroscope": [],
    "hid": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "serial": [],
    "usb": [],
    "xr-spatial-tracking": [],
}
# For ``img-src`` where Gravatar is switched on.
GRAVATAR_IMAGES = ["'self'", "https://secure.gravatar.com"]

# -- Flasky's own numbers ------------------------------------------------------------

# Who has not confirmed their address by then, the link having died long before, gives
# name and address free.
UNCONFIRMED_ACCOUNTS_KEPT_DAYS = 7

# A timeline is merged when it is read, at a cost that grows with the members followed:
# at five million posts, 5,000 who write little cost 18,000 pages of the database.
FOLLOWS_AT_MOST = 5000

# For so long, in seconds, visitors are sent the page that was made for one of them; 0
# makes each anew. What moderators decide and people delete is gone at once.
VISITOR_PAGES_CACHED_SECONDS = 5

POSTS_PER_PAGE = 20
COMMENTS_PER_PAGE = 30
MODERATED_PER_PAGE = 30
PEOPLE_PER_PAGE = 50
SESSIONS_PER_PAGE = 30
DECISIONS_PER_PAGE = 30

# Usernames and addresses are unique in any case, by a constraint over UPPER() that
# the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
