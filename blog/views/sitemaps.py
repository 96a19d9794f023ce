"""What search engines ask for. It is the same for everybody, as feeds are."""

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import reachable_unconfirmed
from blog import sitemaps
from flasky_site.lib.versions import versioned

_XML = "application/xml; charset=utf-8"

_kept_for_an_hour = cache_control(public=True, max_age=3600)


@reachable_unconfirmed
@require_safe
@_kept_for_an_hour
@versioned
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Name every file, also when there is but one: whoever reads it does not mind."""
    parts = {
        "blog:post_sitemap": sitemaps.post_parts(),
        "blog:member_sitemap": sitemaps.member_parts(),
    }
    addresses = [
        request.build_absolute_uri(reverse(name, args=[number]))
        for name, numbers in parts.items()
        for number in numbers
    ]
    return HttpResponse(sitemaps.index_xml(addresses), content_type=_XML)


@reachable_unconfirmed
@require_safe
@_kept_for_an_hour
@versioned
def post_sitemap(request: HttpRequest, part: int) -> HttpResponse:
    before, after = _around(request, "blog:post_detail", 0)
    posts = sitemaps.posts_in(part)
    return _answer([(f"{before}{pk}{after}", changed) for pk, changed in posts])


@reachable_unconfirmed
@require_safe
@_kept_for_an_hour
@versioned
def member_sitemap(request: HttpRequest, part: int) -> HttpResponse:
    before, after = _around(request, "social:profile", "x")
    names = sitemaps.members_in(part)
    return _answer([(f"{before}{name}{after}", None) for name in names])


def _around(request: HttpRequest, name: str, example: int | str) -> tuple[str, str]:
    """Return what stands before and after the argument in addresses called ``name``.

    Asking for each of ten thousand addresses takes five times as long as all the rest.
    """
    before, _, after = reverse(name, args=[example]).rpartition(str(example))
    return request.build_absolute_uri(before), after


def _answer(pages: Sequence[tuple[str, datetime | None]]) -> HttpResponse:
    if not pages:
        raise Http404
    return HttpResponse(sitemaps.sitemap_xml(pages), content_type=_XML)
