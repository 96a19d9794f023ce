"""What an open home page asks for now and then: whether there are new posts."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import unattended
from flasky_site.lib.cursors import parse_id
from social.tabs import shows_followed
from social.timelines import NEWS_LIMIT, count_news


@unattended
@require_safe
@never_cache
def new_posts(request: HttpRequest) -> HttpResponse:
    """Answer with a link to what came after the id ``after``, or with nothing."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    after = parse_id(request.GET.get("after")) or 0
    count = count_news(request.user, after, followed=shows_followed(request))
    if not count:
        return HttpResponse(status=204)
    context = {"count": min(count, NEWS_LIMIT), "has_more": count > NEWS_LIMIT}
    return render(request, "social/_news.html", context)
