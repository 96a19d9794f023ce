"""Answers that are sent again only when they have changed.

Django's ConditionalGetMiddleware does the same for GET, after the answer is made; these
know HEAD as well, and one need not make the answer first.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def etag_of(*parts: Any) -> str:
    """Return a strong ETag of ``parts``, which say what they are by ``repr``."""
    # Not against anybody: whoever makes two alike changes nothing but their own.
    return f'"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def unless_known(
    request: HttpRequest, etag: str, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer 304 to who has the version ``etag`` already, else what ``make`` returns.

    There is no Last-Modified: when something is hidden or deleted, what remains is
    older than before, and who asked by date would keep what must go.
    """
    response = get_conditional_response(request, etag=etag) or make()
    response.headers["ETag"] = etag
    return response


def versioned(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give what ``view`` answers an ETag, for HEAD too, and 304 to who has it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        etag = etag_of(response.content)
        response.headers["ETag"] = etag
        known = get_conditional_response(request, etag=etag, response=response)
        return known or response

    return answer
