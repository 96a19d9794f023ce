"""Sends visitors the page that another visitor was sent a moment ago."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from flasky_site.lib.decorators import shared_parameters_of
from flasky_site.lib.middleware import GetResponse

from .pages import CONDITIONS, KeptPage, answer_with, is_shareable, make_page
from .store import Place, age_of, near_pages, store

# As CookieStorage of django.contrib.messages calls it: what a member who has just
# logged out is told.
_MESSAGES = "messages"
# What would let the answer differ from the one that everybody gets.
_PERSONAL = ("HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", *CONDITIONS)
_ONE_NUMBER = re.compile(r"([a-z]+)=-?[0-9]{1,9}")
# How long a visitor waits, in seconds, for the page that another one has begun, and how
# often they look.
_PATIENCE, _PAUSE = 2.0, 0.02


class VisitorPagesMiddleware:
    """Keeps what views marked ``kept_for_visitors`` answer to visitors.

    It stands outermost, so that a page that is kept costs little more than to look it
    up. A page is made for a request without cookies and the like, so that nothing of
    who happened to ask for it is in it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.VISITOR_PAGES_CACHED_SECONDS
        if not seconds or not _is_visitor(request):
            return self.get_response(request)
        try:
            place = _place_of(request)
        except DisallowedHost:
            # Refused further in, with all the headers that an answer has.
            return self.get_response(request)
        near = near_pages.find(place)
        match = near.match if near else _match_of(request, place.query)
        generation = store.generation() if match else None
        if match is None or generation is None:
            return self.get_response(request)
        if near and near.page.generation == generation:
            request.resolver_match = match
            return _answer(near.page, request)
        return self._answer_from_afar(request, place, generation, match)

    def _answer_from_afar(
        self, request: HttpRequest, place: Place, generation: int, match: ResolverMatch
    ) -> HttpResponse:
        seconds = settings.VISITOR_PAGES_CACHED_SECONDS
        page = store.find(place)
        holds = page is not None and page.generation == generation
        if page and holds and age_of(page) < seconds:
            near_pages.keep(place, page, seconds=seconds, match=match)
        elif request.method == "GET" and store.begin(place):
            with _ending(place):
                return self._make(request, place, generation, page)
        elif not holds:
            page = _wait_for(place) if request.method == "GET" else None
        if page is None:
            return self.get_response(request)
        request.resolver_match = match
        return _answer(page, request)

    def _make(
        self,
        request: HttpRequest,
        place: Place,
        generation: int,
        before: KeptPage | None,
    ) -> HttpResponse:
        with _without_what_is_personal(request):
            response = self.get_response(request)
        if not is_shareable(response):
            return response
        page = make_page(response, generation=generation, before=before)
        store.keep(place, page, seconds=settings.VISITOR_PAGES_CACHED_SECONDS)
        return _answer(page, request)


def _place_of(request: HttpRequest) -> Place:
    query = request.META.get("QUERY_STRING", "")
    return Place(request.scheme or "", request.get_host(), request.path, query)


def _is_visitor(request: HttpRequest) -> bool:
    """Say whether nothing in ``request`` could make the answer somebody's own."""
    asked = request.META
    cookies = asked.get("HTTP_COOKIE", "")
    return (
        request.method in {"GET", "HEAD"}
        # Not read as cookies, which costs more: a name that merely holds ours costs its
        # owner a page that is made for them.
        and (not cookies or settings.SESSION_COOKIE_NAME not in cookies)
        and (not cookies or _MESSAGES not in cookies)
        and "HTTP_AUTHORIZATION" not in asked
        and "HTTP_HX_REQUEST" not in asked
    )


def _match_of(request: HttpRequest, query: str) -> ResolverMatch | None:
    """Return the view behind an address whose pages are kept, None for all others."""
    if request.path.startswith(settings.STATIC_URL):
        return None
    number = _ONE_NUMBER.fullmatch(query)
    if query and not number:
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    parameters = shared_parameters_of(match.func)
    if parameters is None or (number and number[1] not in parameters):
        return None
    return match


def _wait_for(place: Place) -> KeptPage | None:
    """Return the page that another visitor has made meanwhile, if it is there in time.

    None too when what they were sent could not be kept.
    """
    until = time.monotonic() + _PATIENCE
    is_being_made = True
    while is_being_made and time.monotonic() < until:
        time.sleep(_PAUSE)
        # In this order: it is kept before it is said to be done.
        is_being_made = store.is_being_made(place)
        page = store.find(place)
        if page and page.generation == store.generation():
            return page
    return None


@contextmanager
def _ending(place: Place) -> Iterator[None]:
    try:
        yield
    finally:
        store.end(place)


@contextmanager
def _without_what_is_personal(request: HttpRequest) -> Iterator[None]:
    """Take from ``request`` what a kept page must not depend on, and give it back."""
    taken = {name: request.META.pop(name) for name in _PERSONAL if name in request.META}
    _read_anew(request)
    try:
        yield
    finally:
        request.META.update(taken)
        _read_anew(request)


def _read_anew(request: HttpRequest) -> None:
    """Forget what was read from the headers."""
    for name in ("headers", "COOKIES"):
        request.__dict__.pop(name, None)


def _answer(page: KeptPage, request: HttpRequest) -> HttpResponse:
    response: HttpResponseBase = answer_with(page, request)
    # A 304 is one as well.
    return cast(HttpResponse, response)
