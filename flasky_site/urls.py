"""The composition root: includes, nothing else."""

from django.conf import settings
from django.urls import include, path

from flasky_site.dev_mail.views import mail_list
from flasky_site.lib.desk import desk
from flasky_site.monitoring.views import healthz, metrics, readyz
from flasky_site.robots import robots

handler400 = "flasky_site.error_pages.bad_request"
handler403 = "flasky_site.error_pages.permission_denied"
handler404 = "flasky_site.error_pages.page_not_found"
handler500 = "flasky_site.error_pages.server_error"
# Django knows no such handler; allauth's rate limits ask for it.
handler429 = "flasky_site.error_pages.too_many_requests"

urlpatterns = [
    # First, since programs ask most and an address is looked for from the top.
    path("api/", include("api.urls")),
    path("", include("social.urls")),
    path("", include("blog.urls")),
    path("", include("accounts.urls")),
    path("auth/", include("accounts.auth_urls")),
    path("admin/", desk.urls),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("dev/mail/", mail_list, name="dev_mail"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns += [path("__debug__/", include("debug_toolbar.urls"))]
