"""The API about itself: where things are, and the document."""

from collections.abc import Callable
from functools import cache, wraps

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.decorators import reachable_unconfirmed
from api.descriptions import describe
from api.links import Links
from flasky_site.lib.http import json_error

from .base import ApiViewSet

View = Callable[[HttpRequest], HttpResponseBase]
YAML, JSON = "application/vnd.oai.openapi", "application/json"


class RootSerializer(serializers.Serializer):
    """Where things are."""

    users_url = serializers.URLField()
    me_url = serializers.URLField()
    posts_url = serializers.URLField()
    comments_url = serializers.URLField()
    tokens_url = serializers.URLField()
    schema_url = serializers.URLField()
    docs_url = serializers.URLField()


class RootViewSet(ApiViewSet):
    """Where to begin."""

    serializer = RootSerializer

    @describe("Find out where things are")
    def retrieve(self, request: Request) -> Response:
        root = Links(request).root
        collections = ["users", "posts", "comments", "tokens", "schema", "docs"]
        addresses = {f"{name}_url": f"{root}{name}/" for name in collections}
        return Response({**addresses, "me_url": f"{root}users/me"})


@cache
def document(media_type: str) -> bytes:
    """Return the OpenAPI document, which is the same for everybody."""
    content = SchemaGenerator().get_schema(request=None, public=True)
    made_by = OpenApiYamlRenderer if media_type == YAML else OpenApiJsonRenderer
    rendered: bytes = made_by().render(content, media_type, {})
    return rendered


def _for_reading(view: View) -> View:
    """Answer other methods as all addresses of the API do, to whoever comes."""

    @reachable_unconfirmed
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"}:
            return view(request)
        is_asking = request.method == "OPTIONS"
        response = HttpResponse(status=204) if is_asking else json_error(405)
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response

    return answer


@_for_reading
def schema(request: HttpRequest) -> HttpResponse:
    """The document as YAML, or as JSON for whoever prefers that."""
    preferred = request.get_preferred_type([YAML, "application/yaml", JSON])
    media_type = JSON if preferred == JSON else YAML
    response = HttpResponse(document(media_type), content_type=media_type)
    response["Vary"] = "Accept"
    return response


@_for_reading
# Swagger draws its small pictures from addresses that hold them.
@csp_update({"img-src": ["'self'", "data:"]})
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")
