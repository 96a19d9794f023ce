"""The composition root: includes, nothing else."""

from django.conf import settings
from django.urls import include, path

from flasky_site.dev_mail.views import mail_list

handler400 = "flasky_site.error_pages.bad_request"
handler403 = "flasky_site.error_pages.permission_denied"
handler404 = "flasky_site.error_pages.page_not_found"
handler500 = "flasky_site.error_pages.server_error"
# Django knows no such handler; allauth's rate limits ask for it.
handler429 = "flasky_site.error_pages.too_many_requests"

urlpatterns = [
    path("", include("social.urls")),
    path("", include("blog.urls")),
    path("", include("accounts.urls")),
    path("auth/", include("accounts.auth_urls")),
    path("dev/mail/", mail_list, name="dev_mail"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns += [path("__debug__/", include("debug_toolbar.urls"))]
