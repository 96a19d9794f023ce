"""The document: OpenAPI 3.1, made of what the views say of themselves."""

from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from .descriptions import Description, Serializer

_WRITING = {"POST", "PUT", "PATCH"}
_PROBLEM = "application/problem+json"
# What may go wrong, and what it means.
_SAID = {
    "400": "What was sent is not right; `errors` says which fields.",
    "401": "Nobody, or not who they say.",
    "403": "Not allowed.",
    "404": "Not there, or not to be seen.",
    "406": "No such form of answer.",
    "409": "A rule says no.",
    "412": "It is not as `If-Match` says.",
    "413": "Too large.",
    "415": "Send `application/json`.",
    "429": "Too often; `Retry-After` says how many seconds to wait.",
}
_ALWAYS = ("400", "401", "403", "406", "429")
_ON_BODIES = ("413", "415")


class Schema(AutoSchema):
    # One of ours; the stubs know of DRF's own schemas alone.
    view: Any

    @property
    def described(self) -> Description:
        described: Description = getattr(self.view, self.view.action).described
        return described

    def get_summary(self) -> str:
        return self.described.summary

    def get_description(self) -> str:  # type: ignore[override]
        return ""

    def get_operation_id(self) -> str:
        """Return "post_comments_create", by the names of the address and the act."""
        name = self.view.serializer.__name__.removesuffix("Serializer").lower()
        parts = [
            part
            for part in self.path.removeprefix("/api/v1/").split("/")
            if part and not part.startswith("{")
        ]
        action = self.view.action
        if parts and parts[-1] == action:
            parts.pop()
        return "_".join([*(parts or [name]), action])

    def get_tags(self) -> list[str]:
        first = self.path.removeprefix("/api/v1/").split("/")[0]
        return [first or "root"]

    def get_auth(self) -> list[dict[str, list[str]]]:
        ways: list[dict[str, list[str]]] = [{"basic": []}, {"bearer": []}]
        is_public = self.method == "GET" and not getattr(self.view, "is_private", False)
        return [{}, *ways] if is_public else ways

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = []
        if self.described.query:
            parameters.append(self.described.query)
        if self.described.match:
            parameters.append(
                OpenApiParameter(
                    "If-Match",
                    location=OpenApiParameter.HEADER,
                    description="The ETag of what is to be changed.",
                )
            )
        return parameters

    def get_request_serializer(self) -> Any:
        if self.method not in _WRITING or self.described.status == 204:
            return None
        return self.described.body or self.view.serializer

    def get_response_serializers(self) -> Any:
        if self.described.status == 204:
            return {204: None}
        answer = self.described.answer or self.view.serializer
        if self.view.action == "list":
            answer = _envelope_of(answer)
        return {self.described.status: answer}

    def _is_list_view(self, serializer: Any = None) -> bool:
        # Lists come in an envelope, which is one thing.
        return False


@cache
def _envelope_of(serializer: Serializer) -> Any:
    name = serializer.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}List",
        {
            "count": serializers.IntegerField(
                allow_null=True, help_text="null where there are too many to count."
            ),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": serializer(many=True),
        },
    )


def leave_out_doubles(endpoints: list[Any]) -> list[Any]:
    """Describe each address once: as v1, and a single thing without the last slash."""
    paths = {endpoint[0] for endpoint in endpoints}
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith("/api/v1/")
        and endpoint[0].removesuffix("/") not in paths - {endpoint[0]}
    ]


def add_what_all_have_in_common(
    result: dict[str, Any], **kwargs: Any
) -> dict[str, Any]:
    """Say what may go wrong everywhere, and how one shows who one is."""
    components = result["components"]
    components["securitySchemes"] = {
        "basic": {"type": "http", "scheme": "basic"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    components["schemas"]["Problem"] = _problem_schema()
    for name, schema in components["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    for address, operations in result["paths"].items():
        for method, operation in operations.items():
            for status in _failures_of(method, operation, address):
                operation["responses"][status] = _failure(status)
    return result


def _failures_of(method: str, operation: dict[str, Any], address: str) -> list[str]:
    statuses = [*_ALWAYS]
    if "{" in address:
        statuses.append("404")
    if method == "get":
        statuses.append("412")
    if "requestBody" in operation:
        statuses += _ON_BODIES
    if method != "get":
        statuses.append("409")
    parameters = operation.get("parameters", [])
    if any(parameter["name"] == "If-Match" for parameter in parameters):
        statuses.append("412")
    return sorted({*statuses})


def _failure(status: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _SAID[status], "content": {_PROBLEM: {"schema": schema}}}


def _problem_schema() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("type", "title", "error", "detail")}
    return {
        "type": "object",
        "description": "What is wrong, by RFC 9457. `error` is a word to rely on, "
        "`detail` a sentence for people.",
        "properties": {
            **texts,
            "status": {"type": "integer"},
            "errors": {
                "type": "object",
                "description": "Sentences by field.",
                "additionalProperties": {},
            },
        },
        "required": ["type", "title", "status", "error"],
    }
