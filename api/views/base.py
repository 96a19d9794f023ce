"""What every address of the API does before and after its own work."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import parse_etags, quote_etag
from rest_framework import exceptions, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.models.tokens import ApiToken
from accounts.passwords import network_of
from api.authentication import token_in
from api.exceptions import PreconditionFailed, TooOften
from api.links import Links
from api.pagination import Listing, Part, part_of
from api.renderers import JSONRenderer
from api.throttling import Usage, take
from flasky_site.lib.http import PROBLEM_TYPE, json_error


class MemberRequest(Request):
    """The request of somebody who is signed in, as permissions let through."""

    user: User


class ApiViewSet(viewsets.ViewSet):
    """Counts, answers from what has not changed, and keeps answers to their owners."""

    serializer: type[serializers.Serializer]
    usage: Usage | None = None
    is_signed_in = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Nobody needs to say who they are to hear that there is no such act.
        if request.method not in self.allowed_methods:
            raise exceptions.MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks, and count it.

        Before a password is asked for, since that is costly: by the address. Tokens are
        counted by themselves and their owners, wherever they are used.
        """
        has_token = bool(token_in(request))
        if not has_token:
            self._count(address=network_of(request._request))
        try:
            self.is_signed_in = request.user.is_authenticated
        except exceptions.AuthenticationFailed:
            if has_token:
                self._count(address=network_of(request._request))
            raise
        if isinstance(request.auth, ApiToken):
            self._count(member=request.user.pk, token=request.auth.pk)
        elif self.is_signed_in:
            self._count(member=request.user.pk)

    def _count(self, **who: object) -> None:
        usage = take(**who)
        if self.usage is None or usage.left < self.usage.left:
            self.usage = usage
        if usage.is_over:
            raise TooOften(usage.seconds)

    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        return Response(status=204)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        if self.is_signed_in:
            patch_cache_control(answer, no_store=True)
        if self.usage is not None:
            for name, value in self.usage.headers().items():
                answer[name] = value
        if _is_json(answer):
            if answer.status_code >= 400:
                answer.content_type = PROBLEM_TYPE
            elif request.method in {"GET", "HEAD"} and answer.status_code == 200:
                answer.add_post_render_callback(self._answer_conditionally)
        return answer

    def _answer_conditionally(self, response: Response) -> HttpResponseBase | None:
        """Give the answer its ETag, and send none that is there already."""
        etag = etag_of(response.content)
        response["ETag"] = etag
        answer = get_conditional_response(
            self.request._request, etag=etag, response=response
        )
        if answer is None or answer is response:
            return None
        if answer.status_code == 412:
            answer = json_error(412)
        for name in ("Vary", "Cache-Control", "RateLimit", "RateLimit-Policy"):
            if name in response:
                answer[name] = response[name]
        return answer

    # -- For the views below --------------------------------------------------------

    def serialize(
        self, instance: Any, serializer: type[serializers.Serializer] | None = None
    ) -> dict[str, Any]:
        made = (serializer or self.serializer)(context=self.serializer_context)
        content: dict[str, Any] = made.to_representation(instance)
        return content

    @property
    def serializer_context(self) -> dict[str, Any]:
        return {"request": self.request, "view": self, "links": Links(self.request)}

    def read_body(
        self,
        serializer: type[serializers.Serializer] | None = None,
        *,
        partial: bool = False,
    ) -> dict[str, Any]:
        """Return what was sent. Raise ValidationError, which names the fields."""
        sent = (serializer or self.serializer)(
            data=self.request.data, partial=partial, context=self.serializer_context
        )
        sent.is_valid(raise_exception=True)
        content: dict[str, Any] = sent.validated_data
        return content

    def read_query(self, serializer: type[serializers.Serializer]) -> Mapping[str, Any]:
        """Return what stands behind the ?. Raise ValidationError, which names it."""
        content: Mapping[str, Any] = _reader(serializer).run_validation(
            self.request.query_params.dict()
        )
        return content

    def answer_list(
        self,
        listing: Listing,
        query: Mapping[str, Any],
        serializer: type[serializers.Serializer] | None = None,
    ) -> Response:
        part = part_of(listing, query, is_likely_empty=self._has_seen_nothing())
        made = (serializer or self.serializer)(context=self.serializer_context)
        results = [made.to_representation(row) for row in part.rows]
        return Response(part.envelope(self.request, results))

    def _has_seen_nothing(self) -> bool:
        """Say whether the caller has the answer of a list with nothing in it."""
        seen = self._tags_in("If-None-Match")
        nothing = JSONRenderer().render(Part().envelope(self.request, []))
        return bool(seen) and etag_of(nothing) in seen

    def has_match(self, content: Mapping[str, Any]) -> bool:
        """Say whether the caller named the state that ``content`` shows, in If-Match.

        Raise PreconditionFailed when they named another one, or this one in
        If-None-Match: "*" there would make what is not there yet, which this is.
        """
        wanted, unwanted = self._tags_in("If-Match"), self._tags_in("If-None-Match")
        if not wanted | unwanted:
            return False
        etag = etag_of(JSONRenderer().render(content))
        if unwanted & {"*", etag} or (wanted and not wanted & {"*", etag}):
            raise PreconditionFailed
        return etag in wanted

    def _tags_in(self, name: str) -> set[str]:
        """Return the tags in a header, in quotes; one that names none is no state's."""
        header = self.request.headers.get(name, "").strip()
        # A proxy that compresses makes a tag weak; it still names the same state.
        tags = {tag.removeprefix("W/") for tag in parse_etags(header)}
        return tags or ({""} if header else set())


class NotThere(ApiViewSet):
    """Addresses of the API that are none: 404, whoever asks and however."""

    renderer_classes = [JSONRenderer]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound

    def retrieve(self, request: Request, rest: str) -> Response:
        """Be an act, which a viewset needs one of."""
        raise exceptions.NotFound


@cache
def _reader(serializer: type[serializers.Serializer]) -> serializers.Serializer:
    """Return the one reader of these queries; making its fields anew takes longer than
    all that it reads.
    """
    return serializer()


def etag_of(content: bytes) -> str:
    return quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())


def _is_json(response: Response) -> bool:
    return isinstance(response.accepted_renderer, JSONRenderer)


def created(content: Mapping[str, Any]) -> Response:
    """Answer 201 with the address of what was made."""
    return Response(content, status=201, headers={"Location": content["url"]})


def nothing() -> Response:
    return Response(status=204)
