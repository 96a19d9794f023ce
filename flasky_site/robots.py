"""What programs that roam the web should leave alone (RFC 9309)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import reachable_unconfirmed
from flasky_site.lib.versions import versioned

# Beginnings of addresses that show nothing to strangers. It keeps no secret: who may
# see what is decided by the pages themselves.
PRIVATE = (
    "/admin/",
    "/api/",
    "/auth/",
    "/comment/",
    "/edit-profile/",
    "/edit/",
    "/follow/",
    "/moderate/",
    "/post/*/delete/",
    "/unfollow/",
)


@reachable_unconfirmed
@require_safe
@cache_control(public=True, max_age=3600)
@versioned
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {beginning}" for beginning in PRIVATE),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('blog:sitemap_index'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
