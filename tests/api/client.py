"""A client whose every answer has to be one that the document describes."""

import base64
import json
import re

import jsonschema
from django.test import Client

from api.views.documents import JSON, document

ROOT = "/api/v1/"


def described(address, method):
    """Return the operation behind ``address``, None where the document has none."""
    content = json.loads(document(JSON))
    path = re.sub("^/api/v1.0/", ROOT, address)
    for template, operations in content["paths"].items():
        pattern = re.sub(r"\{\w+\}", "[0-9]+", template)
        if re.fullmatch(pattern.removesuffix("/") + "/?", path):
            return content, operations.get(method.lower())
    return content, None


def check(response):
    """Fail when the document does not say that this may come back, in this form."""
    request = response.wsgi_request
    method = "GET" if request.method == "HEAD" else request.method
    content, operation = described(request.path, method)
    if operation is None or response.status_code in {301, 304, 308}:
        return
    answers = operation["responses"]
    status = str(response.status_code)
    assert status in answers, f"{method} {request.path} answered {status}"
    forms = answers[status].get("content", {})
    media_type = response.headers.get("Content-Type", "")
    if not response.content:
        return
    if media_type.startswith("text/html"):
        return
    assert media_type in forms, f"{media_type} for {status}"
    schema = {**forms[media_type]["schema"], "components": content["components"]}
    jsonschema.validate(
        response.json(),
        schema,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


def basic(name, password=""):
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return f"Basic {pair}"


class ApiClient(Client):
    """Speaks JSON. Paths are those behind /api/v1/ unless they begin with a slash."""

    def __init__(self, authorization="", **defaults):
        headers = {"Accept": "application/json"}
        if authorization:
            headers["Authorization"] = authorization
        super().__init__(headers={**headers, **defaults.pop("headers", {})}, **defaults)

    def generic(self, method, path, *args, **kwargs):
        path = path if path.startswith(("/", "http:")) else ROOT + path
        response = super().generic(method, path, *args, **kwargs)
        check(response)
        return response

    def send(self, method, path, content=None, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.generic(
            method, path, json.dumps(content), "application/json", headers=names
        )

    def get(self, path, data=None, **extra):
        path = path if path.startswith(("/", "http:")) else ROOT + path
        return super().get(path, data, **extra)
