"""The way to a collection for those who left out its last slash."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt

from accounts.decorators import reachable_unconfirmed

# The same as 301, but that method and body come along.
_PERMANENT_REDIRECT = 308


@reachable_unconfirmed
@csrf_exempt
def to_collection(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(
        f"{request.path}/{'?' + query if query else ''}"
    )
    if request.method not in {"GET", "HEAD"}:
        response.status_code = _PERMANENT_REDIRECT
    return response
