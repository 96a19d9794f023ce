"""What schemathesis makes up out of the document: no 5xx, and nothing undescribed.

``FLASKY_API_CASES`` is how many cases each act gets from each kind of caller.
"""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from blog.models import Comment, Post
from flasky_site.wsgi import application
from tests.factories import CommentFactory, PostFactory
from tests.factories.sequences import go_on_behind
from tests.factories.tokens import token_of

CASES = int(os.environ.get("FLASKY_API_CASES", "10"))
CALLERS = ["anonymous", "member", "moderator"]
# Characters that no text may hold.
CONTROL = dict.fromkeys([*range(32), 127, *range(0x80, 0xA0), 0xFFFD], "x")

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


@schema.hook
def map_path_parameters(context, path_parameters):
    """Look for things that are there, more often than not."""
    for name, value in (path_parameters or {}).items():
        if isinstance(value, int) and not isinstance(value, bool):
            path_parameters[name] = abs(value) % 3
    return path_parameters


@schema.hook
def map_headers(context, headers):
    """Name the state that is there: hardly any made-up tag would."""
    if headers and "If-Match" in headers:
        headers["If-Match"] = "*"
    return headers


@schema.hook
def map_body(context, body):
    """Leave something to be seen in texts, which no pattern can ask for."""
    if isinstance(body, dict):
        for name, text in body.items():
            if isinstance(text, str) and text and name != "expires_at":
                body[name] = f"x{text.translate(CONTROL)[1:]}"
    return body


@pytest.fixture(autouse=True)
def _connection_of_the_test():
    """Let no request close the connection that the test's transaction is on.

    Django's own test client does the same; requests come through WSGI here.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def authorization(request, alice, moderator, settings):
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, (1_000_000, 60))
    for number in range(3):
        author = alice if number else moderator
        post = PostFactory(id=number, author=author)
        CommentFactory(id=number, post=post, author=author)
    go_on_behind(Post, Comment)
    if request.param == "anonymous":
        return {}
    user = alice if request.param == "member" else moderator
    return {"Authorization": f"Bearer {token_of(user)[1]}"}


@pytest.mark.django_db
@pytest.mark.parametrize("authorization", CALLERS, indirect=True)
@schema.parametrize()
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
def test_gets_an_answer_that_the_document_describes(case, authorization):
    # Schemathesis asks for compressed answers, and does not read them from WSGI.
    headers = {"Accept-Encoding": "identity", **authorization}
    case.call_and_validate(headers=headers)
